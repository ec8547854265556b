// A field with a list of suggestions below it, for keyboard, pointer and screen reader alike (ARIA combobox pattern).

import { element } from "./search-view.js";

export class Combobox {
  // `choose` is told which option was taken; `wanted` is called when the field wants suggestions.
  constructor(field, { label, choose, wanted }) {
    Object.assign(this, { field, choose, wanted, options: [], active: -1 });
    this.list = element("div", { id: `${field.id}-forslag`, className: "k-suggestions", role: "listbox", "aria-label": label, hidden: true });
    const said = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(said)) field.setAttribute(name, value);
    field.parentElement.append(this.list);
    field.addEventListener("focus", () => this.wanted());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps its focus while a suggestion is pressed, or the list would be gone before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  // Groups of options: [{ title, options: [{ name, note, href, lang, … }], action }].
  show(groups) {
    this.options = groups.flatMap(({ options }) => options);
    this.active = -1;
    let number = 0;
    const parts = groups.filter(({ options }) => options.length).map(({ title, options, action }) => {
      const heading = title && element("div", { className: "k-suggestions__title", role: "presentation" }, title, action ?? null);
      return element("div", { role: "group", "aria-label": title ?? "" }, heading, ...options.map((option) => this.option(option, number++)));
    });
    this.list.replaceChildren(...parts);
    this.open(parts.length > 0 && document.activeElement === this.field);
  }

  option(option, number) {
    const name = element("span", { className: "k-suggestions__name" }, ...option.name);
    if (option.lang) name.lang = option.lang;
    const made = element("div", { id: `${this.list.id}-${number}`, className: "k-suggestion", role: "option", "aria-selected": "false" }, name,
      option.note ? element("small", {}, option.note) : null);
    made.addEventListener("click", () => this.take(number));
    return made;
  }

  open(on) {
    this.list.hidden = !on;
    this.field.setAttribute("aria-expanded", String(on));
    if (!on) this.mark(-1);
  }

  close() { this.open(false); }

  get isOpen() { return !this.list.hidden; }

  mark(number) {
    this.active = number;
    this.list.querySelectorAll("[role=option]").forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    const marked = this.list.querySelector("[aria-selected=true]");
    if (marked) this.field.setAttribute("aria-activedescendant", marked.id);
    else this.field.removeAttribute("aria-activedescendant");
    marked?.scrollIntoView({ block: "nearest" });
  }

  take(number) {
    const option = this.options[number];
    this.close();
    this.choose(option);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      if (!this.isOpen) this.open(true);
      const places = this.options.length + 1;
      this.mark(((this.active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && this.isOpen && this.active >= 0) {
      event.preventDefault();
      this.take(this.active);
    }
  }
}
