// The boxes that say which cameras are shown: statuses and categories. None ticked means all.
export class Filters {
  // `onChange()` after somebody ticked one.
  constructor(onChange) {
    this.form = document.querySelector("#saringan");
    this.clear = this.form.querySelector("[data-part=clear]");
    this.form.addEventListener("change", () => {
      this.#mark();
      onChange();
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.clear.addEventListener("click", () => {
      this.set({});
      onChange();
      this.form.querySelector("input").focus({ preventScroll: true });
    });
    this.#mark();
  }

  get now() {
    const ticked = (name) => [...this.form.querySelectorAll(`[data-filter=${name}]:checked`)].map(({ value }) => value);
    return { statuses: ticked("statuses"), categories: ticked("categories") };
  }

  // Unknown words, from an old or a wrong link, tick nothing.
  set({ statuses = [], categories = [] }) {
    for (const box of this.form.querySelectorAll("[data-filter]")) box.checked = [...statuses, ...categories].includes(box.value);
    this.#mark();
  }

  #mark() {
    const { statuses, categories } = this.now;
    const some = statuses.length + categories.length > 0;
    this.clear.hidden = !some;
    document.querySelector("#tersaring").hidden = !some;
  }
}
