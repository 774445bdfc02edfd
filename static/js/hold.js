// A button that is held: `onDone` after `seconds`, nothing when it is let go before. By finger, mouse, or the space and enter keys.
// A click without any of them (a screen reader's, a voice's) is left to the form, which asks once more on its own page.
export function hold(button, { seconds, onBegin, onCancel, onDone }) {
  const ring = button.querySelector(".fill");
  let began = null;
  let frame = null;
  let held = false;

  const paint = (share) => ring.setAttribute("stroke-dashoffset", String(100 - 100 * share));

  function step() {
    const share = Math.min(1, (performance.now() - began) / (seconds * 1000));
    paint(share);
    if (share < 1) {
      frame = requestAnimationFrame(step);
      return;
    }
    stop();
    onDone();
  }

  function stop() {
    cancelAnimationFrame(frame);
    began = null;
    button.removeAttribute("data-held");
    paint(0);
  }

  function begin() {
    held = true;
    if (began !== null || button.disabled) return;
    began = performance.now();
    button.setAttribute("data-held", "");
    onBegin();
    frame = requestAnimationFrame(step);
  }

  function cancel() {
    if (began === null) return;
    stop();
    onCancel();
  }

  const isKey = (event) => event.key === " " || event.key === "Enter";
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    begin();
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) button.addEventListener(name, cancel);
  button.addEventListener("keydown", (event) => {
    if (!isKey(event)) return;
    event.preventDefault();
    if (!event.repeat) begin();
  });
  button.addEventListener("keyup", (event) => {
    if (!isKey(event)) return;
    event.preventDefault();
    cancel();
  });
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("visibilitychange", cancel);
  button.addEventListener("click", (event) => {
    if (held) event.preventDefault();
    held = false;
  });
}
