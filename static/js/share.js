// Shares the address of a page: by the phone's own sheet, else by copying it. One listener serves buttons that come later, too.
import { gettext } from "./words.js";

const whatsapp = (title, url) => `https://wa.me/?text=${encodeURIComponent(`${title} ${url}`)}`;

function say(button, words, link) {
  button.nextElementSibling?.matches(".share-says") && button.nextElementSibling.remove();
  const says = document.createElement("small");
  says.className = "share-says";
  says.setAttribute("role", "status");
  button.after(says);
  says.append(words, " ");
  const other = document.createElement("a");
  other.href = link;
  other.rel = "external noopener";
  other.textContent = gettext("Kirim lewat WhatsApp");
  says.append(other);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed, or not over plain HTTP
  }
}

export async function share(button) {
  const url = new URL(button.dataset.share || location.href, location.href).href;
  const title = button.dataset.title || document.title;
  if (navigator.share) {
    try {
      await navigator.share({ title, url });
      return;
    } catch (refusal) {
      if (refusal.name === "AbortError") return; // the person closed the sheet
    }
  }
  const words = (await copied(url)) ? gettext("Tautan disalin.") : url;
  say(button, words, whatsapp(title, url));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-share]");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  share(button);
});
