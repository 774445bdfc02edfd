// The switch of the Ketua RT, without a reload. Without this script the same form is simply posted.
import { ask, cameraPath } from "./api.js";
import { isBecauseLoggedOut } from "./session.js";
import { clock } from "./time.js";
import { gettext, interpolate } from "./words.js";

const words = (form, value) => form.querySelector(`input[value="${value}"]`)?.dataset.words ?? value;

function note(form, text, kind) {
  const output = form.querySelector("output");
  output.textContent = text;
  output.dataset.kind = kind;
}

function show(form, visibility) {
  const radio = form.querySelector(`input[value="${visibility}"]`);
  if (radio) radio.checked = true;
  form.dataset.now = visibility;
  form.closest("details").querySelector("[data-part=visibility]").textContent = words(form, visibility);
}

function remember(form, old, now, reason) {
  const list = form.parentElement.querySelector("[data-part=history]");
  const row = document.createElement("li");
  row.textContent = `${clock(new Date())}, ${gettext("Anda")}: ${words(form, old)} → ${words(form, now)}${reason && ` (“${reason}”)`}`;
  list.prepend(row);
  list.parentElement.hidden = false;
}

async function submit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const [old, wanted] = [form.dataset.now, form.elements.visibility.value];
  const reason = form.elements.reason.value.trim();
  const button = form.querySelector("button");
  button.disabled = true;
  note(form, gettext("Menyimpan…"), "");
  try {
    const camera = await ask(`${cameraPath(form.dataset.id)}visibility/`, {
      method: "POST", body: { visibility: wanted, reason },
    });
    show(form, camera.visibility);
    if (old !== camera.visibility) remember(form, old, camera.visibility, reason);
    form.elements.reason.value = "";
    note(form, interpolate(gettext("Tersimpan dan langsung berlaku: %(level)s."), { level: words(form, camera.visibility) }), "good");
  } catch (refusal) {
    note(form, (await isBecauseLoggedOut(refusal.status)) ? gettext("Belum tersimpan. Silakan masuk lagi; pilihan Anda tetap di sini.") : refusal.detail, "bad");
  }
  button.disabled = false;
}

export function useSwitches() {
  document.querySelectorAll("form[data-switch]").forEach((form) => form.addEventListener("submit", submit));
}

// Somebody switched this camera, perhaps another head: the form shows what holds now.
export function showVisibility(camera) {
  const form = document.querySelector(`form[data-switch][data-id="${CSS.escape(camera.id)}"]`);
  if (form && form.dataset.now !== camera.visibility) show(form, camera.visibility);
}
