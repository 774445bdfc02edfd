// A round: one camera after the other, in one hand. Every mark counts at once on the phone and goes to the portal behind it.
import { keepCards } from "./cards.js";
import { createQueue } from "./mark-queue.js";
import { createStage } from "./round-stage.js";
import { isBecauseLoggedOut } from "./session.js";
import { gettext, interpolate, ngettext } from "./words.js";

const page = document.querySelector("#ronda");
const data = JSON.parse(document.querySelector("#data-ronda").textContent);
const part = (name, root = page) => root.querySelector(`[data-part="${name}"]`);
const articles = new Map([...page.querySelectorAll("article.stop")].map((article) => [article.dataset.camera, article]));
const stages = new Map(data.stops.map((stop) => [stop.camera, createStage(articles.get(stop.camera), stop)]));
const sent = new Map(data.stops.map((stop) => [stop.camera, stop.verdict]));
const WORDS = {
  "": gettext("belum"), aman: gettext("Aman"), lapor: gettext("Dilaporkan"), mati: gettext("Kamera mati"), lewat: gettext("Dilewati"),
};
let current = null;

const queue = createQueue({
  round: data.round,
  person: data.person,
  onChange: paint,
  onSent: ({ camera, verdict }) => sent.set(camera, verdict),
  onRefused: refused,
  onLoggedOut: () => isBecauseLoggedOut(401),
});

// What holds of every camera: what the portal has, and what is still on its way to it.
function verdicts() {
  const found = new Map(sent);
  for (const { camera, verdict } of queue.waiting()) found.set(camera, verdict);
  return found;
}

function paint() {
  const found = verdicts();
  const waiting = queue.waiting();
  const done = [...found.values()].filter(Boolean).length;
  part("counted").textContent = interpolate(gettext("%(done)s dari %(all)s kamera"), { done, all: found.size });
  part("bar").value = done;
  part("sending").textContent = waiting.length
    ? interpolate(ngettext("%(n)s tanda menunggu, tersimpan di ponsel ini", "%(n)s tanda menunggu, tersimpan di ponsel ini", waiting.length), { n: waiting.length })
    : "";
  for (const [camera, verdict] of found) {
    const row = page.querySelector(`[data-go="${CSS.escape(camera)}"]`);
    const tag = row.querySelector(".tag");
    tag.dataset.verdict = verdict;
    tag.textContent = WORDS[verdict];
    tag.toggleAttribute("data-waiting", waiting.some((mark) => mark.camera === camera));
    if (camera === current) row.setAttribute("aria-current", "step");
    else row.removeAttribute("aria-current");
  }
  const early = part("stop-early");
  if (early) early.hidden = done === found.size;
}

// Shows one camera, or with null what was found; `quietly` leaves the focus where it is.
function show(camera, { quietly = false } = {}) {
  if (current !== null) stages.get(current).leave();
  current = camera;
  for (const [id, article] of articles) article.hidden = id !== camera;
  page.querySelector("#ringkasan").hidden = camera !== null;
  paint();
  if (camera !== null) stages.get(camera).enter();
  if (quietly) return;
  scrollTo({ top: 0 });
  const title = camera === null ? part("finished") : articles.get(camera).querySelector("h2");
  title.focus({ preventScroll: true });
}

function next() {
  const found = verdicts();
  const order = data.stops.map((stop) => stop.camera);
  const from = current === null ? 0 : order.indexOf(current);
  const turned = [...order.slice(from), ...order.slice(0, from)];
  show(turned.find((camera) => !found.get(camera)) ?? null);
}

function verdictOf(button) {
  if (button?.name === "lapor") return { verdict: "lapor", category: button.value };
  if (button?.name === "lewat" && button.value === "mati") return { verdict: "mati" };
  if (button?.name === "lewat") return { verdict: "lewat", why: button.value };
  return { verdict: "aman" };
}

function submit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const note = form.elements.note.value.trim();
  part("refused", form).hidden = true;
  form.querySelectorAll("details").forEach((choice) => {
    choice.open = false;
  });
  form.elements.note.value = "";
  const camera = form.elements.camera.value;
  queue.add({ camera, note, ...verdictOf(event.submitter) });
  navigator.vibrate?.(20);
  next();
}

// The portal did not take a mark, and says why: the camera is open again.
function refused(mark, refusal) {
  const form = articles.get(mark.camera)?.querySelector("form");
  if (!form) return;
  const words = part("refused", form);
  words.textContent = refusal.detail;
  words.hidden = false;
  form.elements.note.value = mark.note;
  show(mark.camera);
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.dataset.go);
});
page.querySelectorAll("form[data-finding]").forEach((form) => form.addEventListener("submit", submit));
// One choice at a time, and none left open behind another.
page.addEventListener("keydown", (event) => {
  if (event.key === "Escape") page.querySelectorAll("details.choose[open]").forEach((choice) => (choice.open = false));
});
// The log-in came back, perhaps in another tab.
document.addEventListener("masuk", ({ detail }) => detail && queue.flush());

keepCards({
  onHealth: (health) => stages.get(health.id)?.hear(health),
  onAccess: (id) => stages.get(id)?.changed(),
  onCamera: (camera) => stages.get(camera.id)?.settle(),
});

const asked = new URLSearchParams(location.search).get("kamera");
const found = verdicts();
const first = articles.has(asked) ? asked : (data.stops.find((stop) => !found.get(stop.camera))?.camera ?? null);
show(first, { quietly: true });
queue.flush();
