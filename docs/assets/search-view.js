// What the search page shows. Everything that comes from data becomes text, never markup.

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// `2010-4` is area 4 of the structure of 2010.
const structureOf = (key) => key?.replace(/-\d+$/, "");

export class View {
  constructor(site, { words, labels, facets, addresses, language }) {
    Object.assign(this, { site, words, labels, values: facets, addresses });
    this.numbers = new Intl.NumberFormat(language);
    this.boxes = {};
    this.refresh = [];
    this.structure = structureOf(facets.area[0]);
  }

  say(key, filled = {}) {
    const form = "n" in filled && `${key}.other` in this.words ? `${key}.${filled.n === 1 ? "one" : "other"}` : key;
    return this.words[form].replace(/\{(\w+)\}/g, (_, name) => (typeof filled[name] === "number" ? this.numbers.format(filled[name]) : filled[name]));
  }

  label(facet, value) {
    return this.labels[facet]?.[value] ?? this.words[value === "okant" ? `unknown.${facet}` : ""] ?? value;
  }

  onlyKnown(chosen) {
    return Object.fromEntries(Object.entries(chosen).map(([facet, values]) => [facet, values.filter((value) => this.values[facet].includes(value))]));
  }

  link(address, ...children) {
    return element("a", { href: new URL(address.replace(/^\//, ""), this.site).href }, ...children);
  }

  // Facets: made once, so that the focus stays where it is; later only numbers and marks change.
  makeFacets(holder, choose) {
    for (const [facet, values] of Object.entries(this.values)) {
      if (values.length) holder.append(this.facet(facet, values, choose));
    }
  }

  facet(facet, values, choose) {
    this.boxes[facet] = {};
    const rows = values.map((value) => this.row(facet, value, choose));
    const made = element("fieldset", { className: "k-facet" }, element("legend", { textContent: this.say(`facet.${facet}`) }), ...rows);
    if (rows.length > 10) this.collapse(made, rows);
    return made;
  }

  row(facet, value, choose) {
    const box = element("input", { type: "checkbox", name: facet, value });
    const count = element("span", { className: "k-count" });
    box.addEventListener("change", () => choose(facet, value, box.checked));
    this.boxes[facet][value] = { box, count, row: null };
    return (this.boxes[facet][value].row = element("label", {}, box, element("span", { textContent: this.label(facet, value) }), count));
  }

  collapse(made, rows) {
    const more = element("button", { type: "button", className: "k-link", "aria-expanded": "false" });
    const show = (all) => {
      rows.forEach((row, place) => { row.hidden = !all && place >= 8 && !row.querySelector("input").checked; });
      more.setAttribute("aria-expanded", String(all));
      more.textContent = all ? this.say("show_fewer") : this.say("show_all", { n: rows.length });
    };
    const open = () => more.getAttribute("aria-expanded") === "true";
    more.addEventListener("click", () => show(!open()));
    this.refresh.push(() => show(open()));
    made.append(more);
  }

  showCounts(counts, chosen) {
    for (const [facet, boxes] of Object.entries(this.boxes)) {
      for (const [value, { box, count }] of Object.entries(boxes)) {
        box.checked = chosen[facet].includes(value);
        count.textContent = this.numbers.format(counts[facet][value] ?? 0);
      }
    }
    this.refresh.forEach((show) => show());
  }

  chips(chosen, remove) {
    const all = Object.entries(chosen).flatMap(([facet, values]) => values.map((value) => [facet, value]));
    return all.map(([facet, value]) => {
      const name = this.label(facet, value);
      const button = element("button", { type: "button", "aria-label": this.say("remove", { name }) }, name, element("span", { "aria-hidden": "true", textContent: " ×" }));
      button.addEventListener("click", () => remove(facet, value));
      return element("li", {}, button);
    });
  }

  marked(pieces) {
    return pieces.map(([text, marked]) => (marked ? element("mark", { textContent: text }) : text));
  }

  hit(record) {
    const title = this.link(record.address, ...this.marked(record.title));
    title.lang = record.language;
    const topics = (record.topics ?? []).map((topic) => element("li", {}, this.link(this.addresses[topic], this.label("topic", topic))));
    return element("li", { className: "k-hit" },
      element("h3", {}, title),
      element("p", { className: "k-meta" }, this.meta(record), ...this.star(record)),
      record.excerpt.length ? element("p", { className: "k-excerpt", lang: record.language }, ...this.marked(record.excerpt)) : null,
      topics.length ? element("ul", { className: "k-topics", "aria-label": this.say("topics") }, ...topics) : null);
  }

  meta(record) {
    const place = `${record.name} ${record.year ?? `(${this.say("no_year")})`}, ${this.label("country", record.country)}`;
    return [place, ...this.rests(record), record.role_model && this.say("role_model")].filter(Boolean).join(" · ");
  }

  // What the practice rests on: its question's percent where one is printed, else its area's points.
  rests({ area, area_key, edition, question, percent, percent_is_of, kind }) {
    const strength = kind === "strength" && this.label("kind", kind);
    if (!area) return [strength];
    const other = area_key && structureOf(area_key) !== this.structure && this.say("edition", { n: edition });
    const where = [strength, this.say("in_area", { n: String(area) }), other];
    if (percent_is_of === "question") return [...where, this.say("in_question", { n: question }), this.say("percent", { n: percent })];
    return [...where, percent_is_of === "area" && this.say("points_of", { n: percent })];
  }

  star(record) {
    if (!record.gold_star) return [];
    const sign = element("span", { textContent: "★", "aria-hidden": "true" });
    return [" ", element("span", { className: "k-star" }, sign, ` ${this.label("kind", "gold_star")}`)];
  }

  button(text, act) {
    const made = element("button", { type: "button", className: "k-link", textContent: text });
    made.addEventListener("click", act);
    return made;
  }

  listed(links) {
    return links.flatMap((link, place) => (place ? [", ", link] : [link]));
  }
}
