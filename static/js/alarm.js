// The page of one alarm stays true while it is open.
import { stateOf } from "./alarm-words.js";

const page = document.querySelector("[data-alarm]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);

document.addEventListener("kentongan", ({ detail: alarm }) => {
  if (String(alarm.id) !== page.dataset.alarm) return;
  page.dataset.state = alarm.state;
  part("state").textContent = stateOf(alarm);
  const list = part("coming");
  const known = [...list.children].map((row) => row.textContent);
  for (const name of alarm.coming.filter((one) => !known.some((text) => text === one || text.startsWith(`${one}, `)))) {
    list.append(Object.assign(document.createElement("li"), { textContent: name }));
  }
  part("nobody").hidden = list.children.length > 0;
  if (alarm.state === "ended") part("open")?.remove();
});
