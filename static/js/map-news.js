// What the socket tells, put into what the map shows. Each function changes the answer in place and says whether anything changed, and
// whether the answer can no longer be trusted, so that it must be asked for anew.
const isPlace = ({ level }) => level === "kecamatan" || level === "kelurahan";
const codeAt = (level, code) => (level === "kecamatan" ? code.slice(0, 8) : code);
const passes = (words, word) => !words.length || words.includes(word);

// Changes of whole places: { kelurahan, category, from, to, n }.
export function placesChanged(answer, changes, { statuses, categories }) {
  let [changed, stale] = [false, false];
  for (const { kelurahan, category, from, to, n } of changes) {
    if (!passes(categories, category) || (!passes(statuses, from) && !passes(statuses, to))) continue;
    const id = isPlace(answer) ? codeAt(answer.level, kelurahan) : null;
    const cluster = answer.clusters.find((one) => one.id === id);
    if (!cluster) {
      stale = true; // one camera by itself, or a place that had none
      continue;
    }
    for (const counts of [cluster, answer.totals]) {
      if (passes(statuses, from)) counts[from] -= n;
      if (passes(statuses, to)) counts[to] += n;
    }
    changed = true;
    stale ||= cluster.online < 0 || cluster.offline < 0 || cluster.unknown < 0 || cluster.online + cluster.offline + cluster.unknown < 2;
  }
  return { changed, stale };
}

// Single cameras: CameraStatus[].
export function camerasChanged(answer, cameras, { statuses }) {
  let [changed, stale] = [false, false];
  for (const { id, status } of cameras) {
    const camera = answer.cameras.find((one) => one.id === id);
    if (!camera) {
      stale = true; // one of a ring, or one that the filter now lets through
    } else if (camera.status !== status) {
      answer.totals[camera.status] -= 1;
      if (passes(statuses, status)) answer.totals[status] += 1;
      else answer.cameras = answer.cameras.filter((one) => one !== camera);
      camera.status = status;
      changed = true;
    }
  }
  return { changed, stale };
}
