// The page of tonight: sends what rounds of before left on this phone, whose own pages may never be opened again.
import { createQueue } from "./mark-queue.js";
import { isBecauseLoggedOut } from "./session.js";
import { gettext, interpolate, ngettext } from "./words.js";

const says = document.querySelector("[data-part=left]");
const { person } = says.dataset;
const prefix = `ronda:${person}:`;
const queues = [];
const refusals = [];

function tell() {
  const n = queues.reduce((sum, queue) => sum + queue.waiting().length, 0);
  const waiting = interpolate(ngettext("%(n)s tanda dari ronda sebelumnya sedang dikirim.", "%(n)s tanda dari ronda sebelumnya sedang dikirim.", n), { n });
  const refused = refusals.map((why) => interpolate(gettext("Satu tanda tidak diterima: %(why)s"), { why }));
  says.textContent = [n ? waiting : "", ...refused].filter(Boolean).join(" ");
  says.hidden = !says.textContent;
}

function roundsLeft() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  } catch {
    return []; // a browser that keeps nothing
  }
}

for (const round of roundsLeft()) {
  const queue = createQueue({
    round,
    person,
    onChange: tell,
    onSent: () => {},
    onRefused: (mark, problem) => {
      // With what was written, which stands nowhere else any more.
      refusals.push(mark.note ? `${problem.detail} “${mark.note}”` : problem.detail);
    },
    onLoggedOut: () => isBecauseLoggedOut(401),
  });
  queues.push(queue);
  queue.flush();
}
tell();
