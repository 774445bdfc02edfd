// The kentongan of an RT: held for two seconds it rings. Without this script the form asks once more on a page of its own.
import { ask } from "./api.js";
import { hold } from "./hold.js";
import { usePush } from "./push.js";
import { gettext } from "./words.js";

const SECONDS = 2;

function useButton(form) {
  const button = form.querySelector("[data-hold]");
  const words = button.querySelector("[data-part=words]");
  const says = form.querySelector("[data-part=says]");
  const rest = gettext("Tahan 2 detik untuk membunyikan");
  const say = (text, kind = "") => {
    says.textContent = text;
    says.dataset.kind = kind;
  };
  words.textContent = rest;

  async function ring() {
    button.disabled = true;
    words.textContent = gettext("Membunyikan…");
    try {
      const { kind, note, key } = Object.fromEntries(new FormData(form));
      const body = { rt: Number(form.dataset.kentongan), kind, note, key };
      const alarm = await ask(form.dataset.api, { method: "POST", body, timeout: 8000 });
      navigator.vibrate?.(300);
      location.href = alarm.url;
    } catch (refusal) {
      button.disabled = false;
      words.textContent = rest;
      const away = gettext("Tidak ada sambungan. Coba lagi, atau telepon 112.");
      say(refusal.status === 0 ? away : refusal.detail, "bad");
    }
  }

  hold(button, {
    seconds: SECONDS,
    onBegin() {
      words.textContent = gettext("Tahan terus…");
      say("");
    },
    onCancel() {
      words.textContent = rest;
      say(gettext("Dibatalkan. Tahan sampai lingkarannya penuh."));
    },
    onDone: ring,
  });
}

document.querySelectorAll("form[data-kentongan]").forEach(useButton);
usePush();
// A page that the browser had kept has a button that has rung already, and its key.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
