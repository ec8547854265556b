// The facets of the search page: made once, so that the focus stays where it is; later only numbers and marks change.

import { element } from "./search-view.js";

const FEW = 10, SHOWN = 8;
const UNKNOWN = "okant";
const FOLDED = ["question", "county", "edition"];
const ORDER = ["kind", "topic", "area", "question", "country", "county", "year", "edition"];

export class Narrow {
  constructor(holder, view, { labels, counts, counties, topics }, act) {
    Object.assign(this, { view, labels, act, boxes: {}, refresh: [] });
    this.values = this.allValues(counts, counties, topics);
    const parts = ORDER.filter((facet) => this.values[facet].length).map((facet) => (facet === "year" ? this.years() : this.facet(facet)));
    holder.querySelectorAll(".k-facet, .k-facet-fold").forEach((old) => old.remove());
    holder.append(...parts);
  }

  // Every value of a facet in its lasting order: as the labels come, topics by size, years from the newest.
  allValues(counts, counties, topics) {
    const unknownLast = (facet, known) => [...known, ...(counts[facet][UNKNOWN] ? [UNKNOWN] : [])];
    const bySize = (facet) => (a, b) => counts[facet][b] - counts[facet][a] || (a < b ? -1 : 1);
    const used = (facet) => Object.keys(counts[facet]).filter((value) => value !== UNKNOWN);
    const structure = (key) => key.replace(/-\d+$/, "");
    const sizes = {};
    for (const [key, count] of Object.entries(counts.area)) sizes[structure(key)] = (sizes[structure(key)] ?? 0) + count;
    const areas = Object.keys(this.labels.area).sort((a, b) => (sizes[structure(b)] ?? 0) - (sizes[structure(a)] ?? 0) || (a < b ? -1 : 1));
    return {
      kind: ["gold_star", "example", "strength"].filter((kind) => counts.kind[kind]), topic: unknownLast("topic", topics), area: unknownLast("area", areas),
      question: unknownLast("question", used("question").sort(new Intl.Collator("sv", { numeric: true }).compare)), country: used("country").sort(bySize("country")),
      county: unknownLast("county", [...new Set(counties.map(([, county]) => county).filter(Boolean))]), year: used("year").sort().reverse(), edition: used("edition").sort(),
    };
  }

  label(facet, value) {
    if (value === UNKNOWN || value === "unknown") return this.view.words[`unknown.${facet}`] ?? value;
    if (facet === "topic") return this.view.topics[value]?.[0] ?? value;
    if (facet === "edition") return this.view.say("edition", { n: value });
    return this.labels[facet]?.[value] ?? value;
  }

  onlyKnown(chosen) {
    return Object.fromEntries(Object.entries(chosen).map(([facet, value]) => [facet, Array.isArray(value) ? value.filter((one) => this.values[facet].includes(one)) : value]));
  }

  facet(facet) {
    this.boxes[facet] = {};
    const rows = this.values[facet].map((value) => this.row(facet, value));
    const folded = FOLDED.includes(facet);
    const legend = element("legend", { className: folded ? "k-visually-hidden" : "" }, this.view.say(`facet.${facet}`));
    const made = element("fieldset", { className: "k-facet" }, legend, ...rows);
    if (rows.length > FEW) this.collapse(made, rows);
    return folded ? element("details", { className: "k-facet-fold" }, element("summary", {}, this.view.say(`facet.${facet}`)), made) : made;
  }

  row(facet, value) {
    const box = element("input", { type: "checkbox", name: facet, value });
    const count = element("span", { className: "k-count" });
    box.addEventListener("change", () => this.act.choose(facet, value, box.checked));
    this.boxes[facet][value] = { box, count };
    return element("label", {}, box, element("span", { textContent: this.label(facet, value) }), count);
  }

  collapse(made, rows) {
    const more = element("button", { type: "button", className: "k-link", "aria-expanded": "false" });
    const show = (all) => {
      rows.forEach((row, place) => { row.hidden = !all && place >= SHOWN && !row.querySelector("input").checked; });
      more.setAttribute("aria-expanded", String(all));
      more.textContent = all ? this.view.say("show_fewer") : this.view.say("show_all", { n: rows.length });
    };
    const open = () => more.getAttribute("aria-expanded") === "true";
    more.addEventListener("click", () => show(!open()));
    this.refresh.push(() => show(open()));
    made.append(more);
  }

  // A range: from and to, each year with how many hits it has.
  years() {
    const select = (end) => {
      const made = element("select", { name: end, "aria-label": this.view.say(`year.${end}`) }, element("option", { value: "", textContent: this.view.say(`year.any.${end}`) }));
      for (const year of end === "from" ? [...this.values.year].reverse() : this.values.year) made.append(element("option", { value: year }));
      made.addEventListener("change", () => this.act.range(end, made.value));
      return made;
    };
    this.ends = { from: select("from"), to: select("to") };
    const labels = Object.entries(this.ends).map(([end, made]) => element("label", {}, element("span", {}, this.view.say(`year.${end}`)), made));
    return element("fieldset", { className: "k-facet k-years" }, element("legend", {}, this.view.say("facet.year")), ...labels);
  }

  showCounts(counts) {
    const say = (value) => this.view.say("number", { n: value ?? 0 });
    for (const [facet, boxes] of Object.entries(this.boxes)) {
      for (const [value, { count }] of Object.entries(boxes)) count.textContent = say(counts[facet][value]);
    }
    for (const made of Object.values(this.ends ?? {})) {
      for (const option of made.options) if (option.value) option.textContent = `${option.value} (${say(counts.year[option.value])})`;
    }
  }

  showChosen(chosen) {
    for (const [facet, boxes] of Object.entries(this.boxes)) {
      for (const [value, { box }] of Object.entries(boxes)) box.checked = chosen[facet].includes(value);
    }
    for (const [end, made] of Object.entries(this.ends ?? {})) made.value = chosen[end] ?? "";
    for (const fold of FOLDED) if (chosen[fold].length && this.boxes[fold]) Object.values(this.boxes[fold])[0].box.closest("details").open = true;
    this.refresh.forEach((show) => show());
  }

  // One removable mark for each choice: [name, what to do when it is removed].
  chips(chosen) {
    const named = Object.keys(this.boxes).flatMap((facet) => chosen[facet].map((value) => [this.label(facet, value), () => this.act.choose(facet, value, false)]));
    const ends = ["from", "to"].filter((end) => chosen[end]).map((end) => [this.view.say(`year.chip.${end}`, { year: chosen[end] }), () => this.act.range(end, "")]);
    return [...named, ...ends].map(([name, remove]) => {
      const button = element("button", { type: "button", "aria-label": this.view.say("remove", { name }) }, name, element("span", { "aria-hidden": "true", textContent: " ×" }));
      button.addEventListener("click", remove);
      return element("li", {}, button);
    });
  }
}
