// The stars of the page: put on and taken off without a reload. Without this script the same forms are simply posted.
import { ask } from "./api.js";
import { isBecauseLoggedOut } from "./session.js";
import { gettext } from "./words.js";

function show(form, starred) {
  const button = form.querySelector("button");
  button.setAttribute("aria-pressed", starred);
  button.value = starred ? "0" : "1";
}

async function submit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector("button");
  const starred = button.value === "1";
  const path = `/api/v1/favourites/${encodeURIComponent(form.dataset.star)}/`;
  const stars = document.querySelectorAll(`form[data-star="${CSS.escape(form.dataset.star)}"]`);
  stars.forEach((one) => show(one, starred)); // at once; taken back where the portal says no
  form.querySelector("output").textContent = "";
  try {
    await ask(path, { method: starred ? "PUT" : "DELETE" });
  } catch (refusal) {
    stars.forEach((one) => show(one, !starred));
    const lost = await isBecauseLoggedOut(refusal.status);
    form.querySelector("output").textContent = lost ? gettext("Silakan masuk lagi") : refusal.detail;
  }
}

export function useStars() {
  document.querySelectorAll("form[data-star]").forEach((form) => form.addEventListener("submit", submit));
}
