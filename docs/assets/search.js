// The page /exempel/: reads the question from the address, asks the worker, shows the answer.
// Typing replaces the address, choosing adds a step to the history, so that "back" undoes a choice.

import { View, element } from "./search-view.js";

const SITE = new URL("../", import.meta.url);
const NAMES = { kind: "slag", area: "omrade", topic: "amne", country: "land", year: "ar" };
const ORDERS = { match: "", percent: "procent", year: "nyast" };
const PAUSE = 80;
const PAGE = 20;
const LONGEST_QUERY = 200;
const LONGEST_ECHO = 60;

const form = document.querySelector("form[data-find]");
const page = document.querySelector(".k-find");
const at = (selector) => page.querySelector(selector);
const parts = {
  field: form.querySelector("input"), also: document.querySelector(".k-also"), facets: at(".k-facets"), summary: at(".k-facets > summary"),
  status: at(".k-status"), order: at("select"), towns: at(".k-towns"), chips: at(".k-chips"), hint: at(".k-hint"), hits: at(".k-hits"), more: at(".k-more"),
};

let state = read();
let worker, view, asked = 0, timer;

// The address ------------------------------------------------------------------------------------------------------------

function read() {
  const given = new URLSearchParams(location.search);
  const chosen = Object.fromEntries(Object.entries(NAMES).map(([facet, name]) => [facet, [...new Set(given.getAll(name))]]));
  const order = Object.keys(ORDERS).find((key) => ORDERS[key] === (given.get("ordning") ?? "")) ?? "match";
  const query = (given.get("q") ?? "").slice(0, LONGEST_QUERY);
  return { query, exact: given.get("exakt") === "1", chosen, order, shown: history.state?.shown ?? PAGE };
}

function written() {
  const said = new URLSearchParams();
  if (state.query) said.set("q", state.query);
  for (const [facet, values] of Object.entries(state.chosen)) for (const value of values) said.append(NAMES[facet], value);
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

const nothingChosen = () => Object.fromEntries(Object.keys(NAMES).map((facet) => [facet, []]));

function typed() {
  clearTimeout(timer);
  timer = setTimeout(() => change({ query: parts.field.value.slice(0, LONGEST_QUERY) }, { step: false }), PAUSE);
}

function sent(event) {
  event.preventDefault();
  clearTimeout(timer);
  change({ query: parts.field.value.slice(0, LONGEST_QUERY) }, { step: false });
}

function showMore() {
  const first = parts.hits.children.length;
  state = { ...state, shown: state.shown + PAGE };
  write(false);
  ask(() => parts.hits.children[first]?.querySelector("a").focus());
}

// An address may name values that no record has (any more); they are left out.
const known = (asked) => ({ ...asked, chosen: view ? view.onlyKnown(asked.chosen) : asked.chosen });

function back() {
  state = known(read());
  parts.field.value = state.query;
  ask();
}

// What the page says -----------------------------------------------------------------------------------------------------

function show(answer) {
  const { hits, total } = answer;
  view.showCounts(answer.counts, state.chosen);
  const many = Object.values(state.chosen).flat().length;
  parts.summary.textContent = many ? view.say("narrow", { n: many }) : view.words.narrow;
  parts.order.value = state.order;
  showStatus(answer);
  showRelated(answer.related);
  const names = answer.towns.map(({ name, address }) => view.link(address, name));
  fill(parts.towns, names.length ? [view.words.municipality, ...view.listed(names)] : []);
  fill(parts.chips, [...view.chips(state.chosen, (facet, value) => choose(facet, value, false)), ...(many > 1 ? [clearAll()] : [])]);
  fill(parts.hint, hint(answer));
  fill(parts.hits, hits.map((record) => view.hit(record)));
  parts.more.hidden = hits.length >= total;
  busy(false);
}

function fill(holder, children) {
  holder.replaceChildren(...children);
  holder.hidden = !children.length;
}

const clearAll = () => element("li", {}, view.button(view.words.clear, () => change({ chosen: nothingChosen() })));

function showStatus({ total, asked: words }) {
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
  fill(parts.also, words.length ? [view.words.also, ...view.listed(words), ". ", button("exact_only", true)] : []);
}

// One line below the count: how the hits came about, or where to go when there are none.
function hint({ total, someWords, asked: words, ...others }) {
  if (total && someWords) return [view.words.some_words];
  if (total) return state.query.trim() && !words ? [view.words.no_words] : [];
  return waysOn(others).flatMap((way, place) => (place ? [" · ", ...way] : way));
}

function waysOn({ near, common }) {
  const ways = [];
  if (Object.values(state.chosen).flat().length) ways.push([view.button(view.words.clear, () => change({ chosen: nothingChosen() }))]);
  if (state.chosen.country.length) ways.push([view.button(view.words.all_countries, () => change({ chosen: { ...state.chosen, country: [] } }))]);
  const topics = near.length ? near : common;
  ways.push([view.words[near.length ? "near" : "common"], ...view.listed(topics.map(({ name, address }) => view.link(address, name)))]);
  return ways;
}

// The worker -------------------------------------------------------------------------------------------------------------

function ask(then) {
  if (!view) return;
  const { query, exact, chosen, order, shown } = state;
  asked += 1;
  busy(true);
  pending = { number: asked, then };
  worker.postMessage({ number: asked, question: { query, exact, chosen, order, shown } });
}

let pending = { number: 0 };

function heard({ data }) {
  if (data.failed) return failed();
  if (data.ready) return ready(data.ready);
  if (data.number !== pending.number) return;
  show(data.answer);
  pending.then?.();
}

const busy = (on) => at(".k-results").setAttribute("aria-busy", String(on));

function ready(told) {
  view = new View(SITE, told);
  view.makeFacets(parts.facets, choose);
  state = known(state);
  ask();
}

function failed() {
  worker.terminate();
  const again = element("button", { type: "button", className: "k-link", textContent: page.dataset.retry });
  again.addEventListener("click", start);
  fill(parts.status, [page.dataset.failed, " ", again]);
  busy(false);
}

function start() {
  view = undefined;
  parts.facets.querySelectorAll("fieldset").forEach((one) => one.remove());
  parts.status.textContent = page.dataset.loading;
  worker = new Worker(new URL("search-worker.js", import.meta.url));
  worker.onmessage = heard;
  worker.onerror = failed;
  worker.postMessage({ manifest: new URL(page.dataset.manifest, document.baseURI).href });
}

const wide = matchMedia("(min-width: 45em)");
const openWhenWide = () => { parts.facets.open = wide.matches; };

parts.field.value = state.query;
form.hidden = page.hidden = false;
openWhenWide();
wide.addEventListener("change", openWhenWide);
form.addEventListener("submit", sent);
parts.field.addEventListener("input", typed);
parts.order.addEventListener("change", () => change({ order: parts.order.value }));
parts.more.addEventListener("click", showMore);
addEventListener("popstate", back);
start();
