// Keeps the screen on while somebody wants it, where the browser can. It lets go by itself when the page is hidden; then again.
export function keepAwake() {
  let wanted = false;
  let lock = null;

  async function settle() {
    if (!("wakeLock" in navigator)) return;
    if (wanted && !lock && document.visibilityState === "visible") {
      try {
        const mine = await navigator.wakeLock.request("screen");
        if (!wanted || lock) return mine.release();
        lock = mine;
        lock.addEventListener("release", () => {
          lock = null;
        });
      } catch {
        // the battery is low, or the system says no: the screen goes off as it always does
      }
    } else if (!wanted && lock) {
      lock.release();
    }
  }

  document.addEventListener("visibilitychange", settle);
  return {
    want(on) {
      wanted = on;
      settle();
    },
  };
}
