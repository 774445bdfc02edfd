// The form of a wall: the order of its cameras, by buttons.
for (const order of document.querySelectorAll(".wall-order")) {
  order.hidden = false;
  order.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const row = order.closest("li");
    const other = button?.dataset.part === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!button || !other) return;
    if (button.dataset.part === "up") other.before(row);
    else other.after(row);
    button.focus();
  });
}
