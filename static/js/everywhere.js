// On every page: what a visitor may need anywhere. Loaded `async`, since modules otherwise run in order and the page's own would wait.
import "./share.js";
import { becomeInstallable } from "./pwa.js";

becomeInstallable();
try {
  if (!document.querySelector("meta[name=akun]")) sessionStorage.removeItem("langganan-dikirim"); // push.js
} catch {
  // nothing may be kept here
}
// What was used today counts every page; it is told of what was loaded before it, too.
if (document.readyState === "complete") import("./usage.js");
else addEventListener("load", () => import("./usage.js"));
