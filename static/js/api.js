// Questions to the portal. Every failure is a Refusal that can be shown to people: `status` 0 means that nobody answered.
import { gettext } from "./words.js";

export class Refusal extends Error {
  constructor(status, code, detail, retryAfter = null) {
    super(detail);
    Object.assign(this, { status, code, detail, retryAfter });
  }
}

function token() {
  // The cookie first: a page that was open while somebody logged in again holds an old one.
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export async function ask(path, { method = "GET", body, timeout = 15000, keepalive = false } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = token();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method, headers, keepalive, credentials: "same-origin",
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: keepalive ? undefined : AbortSignal.timeout(timeout),
    });
  } catch {
    throw new Refusal(0, "network", gettext("Portal tidak dapat dihubungi. Coba lagi sebentar lagi."));
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const detail = answer.detail ?? gettext("Portal sedang bermasalah. Coba lagi sebentar lagi.");
  const pause = Number(response.headers.get("Retry-After"));
  throw new Refusal(response.status, answer.code ?? "error", detail, pause > 0 ? pause : null);
}

export const cameraPath = (id) => `/api/v1/cameras/${encodeURIComponent(id)}/`;
