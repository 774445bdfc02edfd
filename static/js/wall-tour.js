// The tour: turns the page every few seconds while it is on, nothing holds it, and the tab is looked at.
export function createTour({ seconds, onTurn }) {
  let on = false;
  let held = false;
  let timer = null;

  function settle() {
    clearInterval(timer);
    timer = null;
    if (on && !held && document.visibilityState === "visible") timer = setInterval(onTurn, seconds * 1000);
  }

  document.addEventListener("visibilitychange", settle);
  return {
    isOn: () => on,
    turnOn(wish) {
      on = wish;
      settle();
    },
    // While somebody looks closely at one.
    hold(wish) {
      held = wish;
      settle();
    },
    // Somebody turned the page: the next turn is a whole while away.
    again: settle,
  };
}
