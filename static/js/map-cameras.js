// The cameras that the map knows, kept true by the socket. `onChange(ids)` is called at most once in 300 ms with what changed.
import { ask, cameraPath } from "./api.js";
import { listen } from "./socket.js";

export class Cameras {
  features = new Map();
  health = new Map();
  #changed = new Set();
  #timer = null;

  constructor(onChange) {
    this.onChange = onChange;
  }

  async load(path) {
    const { features } = await ask(path);
    this.features = new Map(features.map((feature) => [feature.properties.id, feature]));
    for (const [id, health] of this.health) this.#apply(id, health);
    listen({
      onSnapshot: (all) => this.#snapshot(all),
      onStatus: (all) => all.forEach((health) => this.#heard(health)),
      onAccess: (id) => this.refetch(id),
    });
  }

  collection = () => ({ type: "FeatureCollection", features: [...this.features.values()] });

  async refetch(id) {
    try {
      const camera = await ask(cameraPath(id));
      const { name, place, category, status, watchable } = camera;
      this.features.set(id, {
        type: "Feature",
        geometry: { type: "Point", coordinates: [camera.longitude, camera.latitude] },
        properties: { id, name, place, category, status, watchable },
      });
    } catch (refusal) {
      if (refusal.status !== 404) return;
      this.features.delete(id);
    }
    this.#mark(id);
  }

  // What the snapshot does not name is gone for this person; what it names and we lack has been opened meanwhile.
  #snapshot(all) {
    const named = new Set(all.map(({ id }) => id));
    for (const id of this.features.keys()) if (!named.has(id)) this.refetch(id);
    for (const health of all) this.features.has(health.id) ? this.#heard(health) : this.refetch(health.id);
  }

  #heard(health) {
    this.health.set(health.id, health);
    if (this.#apply(health.id, health)) this.#mark(health.id);
  }

  #apply(id, { status }) {
    const feature = this.features.get(id);
    if (!feature || feature.properties.status === status) return false;
    feature.properties.status = status;
    return true;
  }

  #mark(id) {
    this.#changed.add(id);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const changed = [...this.#changed];
      this.#changed.clear();
      this.onChange(changed);
    }, 300);
  }
}
