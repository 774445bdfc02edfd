// Passkeys: fingerprint, screen lock or a security key, for logging in and as a second factor.
// A form with data-passkey says what it needs; what the browser answers goes into its field "credential".
import { gettext } from "./words.js";


const fromText = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const keys = (list) => list?.map((key) => ({ ...key, id: fromText(key.id) }));

const ask = {
  async create({ creation_options: { publicKey } }, form) {
    const passwordless = Boolean(form.elements.passwordless?.checked);
    const selection = { ...publicKey.authenticatorSelection, residentKey: passwordless ? "required" : "discouraged", requireResidentKey: passwordless };
    if (passwordless) selection.userVerification = "required";
    return navigator.credentials.create({
      publicKey: {
        ...publicKey,
        authenticatorSelection: selection,
        challenge: fromText(publicKey.challenge),
        user: { ...publicKey.user, id: fromText(publicKey.user.id) },
        excludeCredentials: keys(publicKey.excludeCredentials),
      },
    });
  },
  async get({ request_options: { publicKey } }) {
    return navigator.credentials.get({
      publicKey: { ...publicKey, challenge: fromText(publicKey.challenge), allowCredentials: keys(publicKey.allowCredentials) },
    });
  },
  async login(_, form) {
    const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("options");
    return ask.get(await answer.json());
  },
};

function asJSON(credential) {
  const { response } = credential;
  const told = { clientDataJSON: toText(response.clientDataJSON) };
  if (response.attestationObject) {
    told.attestationObject = toText(response.attestationObject);
    told.transports = response.getTransports?.() ?? [];
  } else {
    told.authenticatorData = toText(response.authenticatorData);
    told.signature = toText(response.signature);
    told.userHandle = response.userHandle ? toText(response.userHandle) : null;
  }
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    response: told,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  const source = form.dataset.source && document.getElementById(form.dataset.source);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const says = form.querySelector("[data-says]");
    try {
      const credential = await ask[form.dataset.passkey](source ? JSON.parse(source.textContent) : null, form);
      form.elements.credential.value = asJSON(credential);
      form.submit();
    } catch {
      says.textContent = gettext("Perangkat ini tidak jadi memastikan Anda. Coba lagi, atau pakai cara yang lain.");
    }
  });
}
