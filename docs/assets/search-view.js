// What the search page shows. Everything that comes from data becomes text, never markup.

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// The words of the site, filled in: `{n}` as its language writes numbers, one and many told apart.
export function speaker(words, language) {
  const numbers = new Intl.NumberFormat(language);
  return (key, filled = {}) => {
    const form = "n" in filled && `${key}.other` in words ? `${key}.${filled.n === 1 ? "one" : "other"}` : key;
    return words[form].replace(/\{(\w+)\}/g, (_, name) => (typeof filled[name] === "number" ? numbers.format(filled[name]) : filled[name]));
  };
}

export const marked = (pieces) => pieces.map(([text, isMarked]) => (isMarked ? element("mark", { textContent: text }) : text));

export const listed = (items) => items.flatMap((item, place) => (place ? [", ", item] : [item]));

export class View {
  constructor(site, { words, language, topics }) {
    Object.assign(this, { site, words, topics, say: speaker(words, language) });
  }

  href(address) { return new URL(address.replace(/^\//, ""), this.site).href; }

  link(address, ...children) { return element("a", { href: this.href(address) }, ...children); }

  topic(identity) { return this.link(this.topics[identity][1], this.topics[identity][0]); }

  button(text, act) {
    const made = element("button", { type: "button", className: "k-link", textContent: text });
    made.addEventListener("click", act);
    return made;
  }

  hit(record) {
    const title = this.link(record.address, ...marked(record.title));
    title.lang = record.language;
    const topics = (record.topics ?? []).map((topic) => element("li", {}, this.topic(topic)));
    return element("li", { className: "k-hit" },
      element("h3", {}, title),
      element("p", { className: "k-meta" }, this.place(record)),
      record.excerpt.length ? element("p", { className: "k-excerpt", lang: record.language }, ...marked(record.excerpt)) : null,
      element("p", { className: "k-why" }, ...listed(this.why(record))),
      topics.length ? element("ul", { className: "k-topics", "aria-label": this.say("topics") }, ...topics) : null);
  }

  place({ name, year, country, kind }) {
    const when = year ? String(year) : `(${this.say("no_year")})`;
    const strength = kind === "strength" ? ` · ${this.say("kind.strength")}` : "";
    return `${name} ${when}, ${this.say(`country.${country}`)}${strength}`;
  }

  // What the place in the list rests on: the score of the very question or area, stars, who points here, the year.
  why(record) {
    const star = record.gold_star && element("span", { className: "k-star" }, element("span", { textContent: "★", "aria-hidden": "true" }), ` ${this.say("kind.gold_star")}`);
    return [this.score(record), star, record.role_model && this.say("role_model"), record.year && String(record.year)].filter(Boolean);
  }

  score({ area, question, about, percent, percent_is_of, edition, area_key }) {
    if (!area) return "";
    const number = question && percent_is_of !== "area" ? question : this.say("in_area", { n: String(area) });
    const other = edition !== "unknown" && area_key && !area_key.startsWith("2010") ? ` (${this.say("edition", { n: edition })})` : "";
    const name = [number, question && percent_is_of === "area" ? "" : about].filter(Boolean).join(" ") + other;
    if (percent === undefined) return name;
    return `${name.replace(/\?$/, "")}: ${this.say(percent_is_of === "question" ? "percent" : "points_of", { n: percent })}`;
  }
}
