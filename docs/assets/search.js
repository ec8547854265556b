// The page /exempel/: reads the question from the address, asks the worker, shows the answer.
// Typing replaces the address, choosing adds a step to the history, so that "back" undoes a choice.

import { begun } from "./search-begin.js";
import { Combobox } from "./search-combobox.js";
import { forget, recent, remember } from "./search-memory.js";
import { View, element, listed } from "./search-view.js";

const SITE = new URL("../", import.meta.url);
const NAMES = { kind: "slag", area: "omrade", question: "fraga", topic: "amne", country: "land", county: "lan", edition: "modell" };
const ENDS = { from: "fran", to: "till" };
const ORDERS = { match: "", percent: "procent", year: "nyast" };
const PAGE = 10;
const LONGEST_QUERY = 200;
const LONGEST_ECHO = 60;
const SUGGESTED = 6;

const form = document.querySelector("form[data-find]");
const page = document.querySelector(".k-find");
const at = (selector) => page.querySelector(selector);
const parts = {
  field: form.querySelector("input"), also: at(".k-also"), facets: at(".k-facets"), summary: at(".k-facets > summary"),
  status: at(".k-status"), order: at("select"), towns: at(".k-towns"), chips: at(".k-chips"), hint: at(".k-hint"), instead: at(".k-instead"), hits: at(".k-hits"), more: at(".k-more"),
};

let state = read();
let worker, view, narrow, wanted, counts, asked = 0, pending = { number: 0 };

// The address ------------------------------------------------------------------------------------------------------------

function year(said) { return /^\d{4}$/.test(said ?? "") ? said : ""; }

function read() {
  const given = new URLSearchParams(location.search);
  const chosen = Object.fromEntries(Object.entries(NAMES).map(([facet, name]) => [facet, [...new Set(given.getAll(name))]]));
  const years = given.getAll("ar").map(year).filter(Boolean).sort();     // how single years were told before
  chosen.from = year(given.get(ENDS.from)) || years[0] || "";
  chosen.to = year(given.get(ENDS.to)) || years.at(-1) || "";
  const order = Object.keys(ORDERS).find((key) => ORDERS[key] === (given.get("ordning") ?? "")) ?? "match";
  const query = (given.get("q") ?? "").slice(0, LONGEST_QUERY);
  return { query, exact: given.get("exakt") === "1", chosen, order, shown: history.state?.shown ?? PAGE };
}

function written() {
  const said = new URLSearchParams();
  if (state.query) said.set("q", state.query);
  for (const [facet, name] of Object.entries(NAMES)) for (const value of state.chosen[facet]) said.append(name, value);
  for (const [end, name] of Object.entries(ENDS)) if (state.chosen[end]) said.set(name, state.chosen[end]);
  if (state.exact) said.set("exakt", "1");
  if (ORDERS[state.order]) said.set("ordning", ORDERS[state.order]);
  return location.pathname + (said.size ? `?${said}` : "");
}

function write(step) {
  try {
    history[step ? "pushState" : "replaceState"]({ shown: state.shown }, "", written());
  } catch {
    // Some browsers refuse many changes in a short time; the next one will be written.
  }
}

// What the reader does ---------------------------------------------------------------------------------------------------

function change(changes, { step = true } = {}) {
  state = { ...state, shown: PAGE, ...changes };
  write(step);
  ask();
}

function choose(facet, value, on) {
  const others = state.chosen[facet].filter((one) => one !== value);
  change({ chosen: { ...state.chosen, [facet]: on ? [...others, value] : others } });
}

const range = (end, value) => change({ chosen: { ...state.chosen, [end]: value } });

const nothingChosen = () => ({ ...Object.fromEntries(Object.keys(NAMES).map((facet) => [facet, []])), from: "", to: "" });

const choices = () => Object.values(state.chosen).flat().filter(Boolean).length;

const typedQuery = () => parts.field.value.slice(0, LONGEST_QUERY);

// Asked at once: the worker drops what was asked before, so that no pause is needed.
function typed() {
  change({ query: typedQuery() }, { step: false });
  suggest();
}

function search(query) {
  parts.field.value = query;
  remember(query);
  change({ query, exact: false }, { step: query !== state.query });
}

function sent(event) {
  event.preventDefault();
  suggestions.close();
  search(typedQuery());
}

function showMore() {
  const first = parts.hits.children.length;
  state = { ...state, shown: state.shown + PAGE };
  write(false);
  ask(() => parts.hits.children[first]?.querySelector("a").focus());
}

function back() {
  state = read();
  keepKnown();
  parts.field.value = state.query;
  ask();
}

// An address may name values that no document has (any more); they are left out.
function keepKnown() {
  if (narrow) state = { ...state, chosen: narrow.onlyKnown(state.chosen) };
}

// Suggestions: topics that begin so; the latest searches and common topics where nothing is typed.
function suggest() {
  if (!view) return;
  const query = typedQuery().trim().toLowerCase();
  const names = Object.values(view.topics).map(([name]) => name);
  const option = (name) => ({ name: [name], query: name });
  if (query) return suggestions.show([{ title: view.words.topics, options: names.filter((name) => name.toLowerCase().split(/[\s-]+/).some((word) => word.startsWith(query))).slice(0, SUGGESTED).map(option) }]);
  const again = view.button(view.words.forget, () => { forget(); suggest(); });
  suggestions.show([
    { title: view.words.recent, options: recent().map(option), action: again },
    { title: view.words.suggested, options: (narrow?.values.topic ?? []).filter((topic) => view.topics[topic]).slice(0, SUGGESTED).map((topic) => option(view.topics[topic][0])) },
  ]);
}

// What the page says -----------------------------------------------------------------------------------------------------

function show(answer) {
  const many = choices();
  parts.summary.textContent = many ? view.say("narrow", { n: many }) : view.words.narrow;
  parts.order.value = state.order;
  showStatus(answer);
  showRelated(answer.related);
  fill(parts.instead, instead(answer.instead));
  const towns = answer.towns.map(({ name, address }) => view.link(address, name));
  fill(parts.towns, towns.length ? [view.words.municipality, ...listed(towns)] : []);
  showChips();
  fill(parts.hint, hint(answer));
  fill(parts.hits, answer.hits.map((record) => view.hit(record)));
  parts.more.hidden = answer.expected >= answer.total || answer.hits.length < answer.expected;
  if (answer.hits.length === answer.expected) finished();
}

function finished() {
  at(".k-results").setAttribute("aria-busy", "false");
  pending.then?.();
  pending.then = undefined;
}

// The facets are asked for when there is something to write into them: the first thing they show is the counts of the question.
function counted(found) {
  counts = found;
  narrow?.showCounts(counts);
  if (!wanted) worker.postMessage({ facets: wanted = true });
}

function showChips() {
  if (!narrow) return;
  const many = choices();
  narrow.showChosen(state.chosen);
  fill(parts.chips, [...narrow.chips(state.chosen), ...(many > 1 ? [clearAll()] : [])]);
}

function fill(holder, children) {
  holder.replaceChildren(...children);
  holder.hidden = !children.length;
}

const clear = () => change({ chosen: nothingChosen() });

const clearAll = () => element("li", {}, view.button(view.words.clear, clear));

function showStatus({ total, asked: words }) {
  parts.order.closest("label").hidden = !total;
  const said = state.query.trim();
  const query = said.length > LONGEST_ECHO ? `${said.slice(0, LONGEST_ECHO)}…` : said;
  if (total) fill(parts.status, [element("strong", { textContent: view.say("count", { n: total }) }), words ? view.say("about", { query }) : ""]);
  else fill(parts.status, [words ? view.say("none", { query }) : view.words.none_filtered]);
}

// A label begins with a capital, a word in a sentence does not; what is written in capitals stays so.
const inSentence = (label) => (/^\p{Lu}\p{Ll}/u.test(label) ? label[0].toLowerCase() + label.slice(1) : label);

function showRelated(related) {
  const button = (words, exact) => view.button(view.words[words], () => change({ exact }));
  if (state.exact && state.query) return fill(parts.also, [view.words.exact_now, " ", button("also_related", false)]);
  const words = related.map(({ text, language }) => element("span", { lang: language, textContent: inSentence(text) }));
  fill(parts.also, words.length ? [view.words.also, ...listed(words), ". ", button("exact_only", true)] : []);
}

// What was looked for in place of a word that stands nowhere.
function instead(words) {
  return words.flatMap(({ typed, used, how }, place) => {
    const meant = view.button(used.join(" "), () => search(state.query.toLowerCase().replace(typed, used.join(" "))));
    return [place ? " " : "", view.say(`instead.${how}`, { typed }), " ", meant, view.words.instead_shown];
  });
}

// One line below the count: how the hits came about, or where to go when there are none.
function hint({ total, someWords, allWords, asked: words, ...others }) {
  if (total && someWords) return [view.words[allWords ? "few_words" : "some_words"]];
  if (total) return state.query.trim() && !words ? [view.words.no_words] : [];
  return waysOn(others).flatMap((way, place) => (place ? [" · ", ...way] : way));
}

function waysOn({ near = [], common = [] }) {
  const ways = [[view.words.try]];
  if (choices()) ways.push([view.button(view.words.clear, clear)]);
  if (state.chosen.country.length) ways.push([view.button(view.words.all_countries, () => change({ chosen: { ...state.chosen, country: [] } }))]);
  if (state.exact) ways.push([view.button(view.words.also_related, () => change({ exact: false }))]);
  ways.push([view.words[near.length ? "near" : "common"], ...listed((near.length ? near : common).map((topic) => view.topic(topic)))]);
  return ways;
}

// The worker -------------------------------------------------------------------------------------------------------------

function ask(then) {
  if (!worker) return;
  const { query, exact, chosen, order, shown } = state;
  asked += 1;
  at(".k-results").setAttribute("aria-busy", "true");
  pending = { number: asked, then };
  worker.postMessage({ number: asked, question: { query, exact, chosen, order, shown } });
}

function heard({ data }) {
  if (data.failed) return failed(data);
  if (data.ready) return ready(data.ready);
  if (data.facets) return narrowed(data.facets);
  if (data.number !== pending.number) return;
  if (data.counts) counted(data.counts);
  else show(data);
}

function ready(told) {
  view = new View(SITE, told);
  wanted = false;                // what is told anew is of a newer site, and so are its facets
}

// The facets come after the first hits, and so does the script that shows them.
async function narrowed(told) {
  const { Narrow } = await import("./search-narrow.js");
  narrow = new Narrow(parts.facets, view, told, { choose, range });
  narrow.showCounts(counts);
  const before = choices();
  keepKnown();
  if (choices() < before) ask();
  showChips();
}

function failed({ outdated }) {
  worker?.terminate();
  worker = undefined;
  const again = element("button", { type: "button", className: "k-link", textContent: page.dataset.retry });
  again.addEventListener("click", outdated ? () => location.reload() : start);
  fill(parts.status, [page.dataset.failed, " ", again]);
  at(".k-results").setAttribute("aria-busy", "false");
}

function start() {
  view = narrow = undefined;
  fill(parts.status, [page.dataset.loading]);
  worker = begun(new URL(page.dataset.manifest, document.baseURI).href);
  worker.onmessage = heard;
  worker.onerror = failed;
  ask();
}

const wide = matchMedia("(min-width: 45em)");
const openWhenWide = () => { parts.facets.open = wide.matches; };
const suggestions = new Combobox(parts.field, { label: page.dataset.suggestions, choose: ({ query }) => search(query), wanted: suggest });

parts.field.value = state.query;
form.hidden = page.hidden = false;
parts.chips.hidden = !choices();
openWhenWide();
wide.addEventListener("change", openWhenWide);
form.addEventListener("submit", sent);
parts.field.addEventListener("input", typed);
parts.order.addEventListener("change", () => change({ order: parts.order.value }));
parts.more.addEventListener("click", showMore);
parts.hits.addEventListener("click", (event) => { if (event.target.closest("a")) remember(state.query); });
addEventListener("popstate", back);
start();
