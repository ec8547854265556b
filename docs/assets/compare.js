// The page /jamfor/: up to six evaluations, a printed average and a group, chosen in native controls and kept in the
// address. Without script the page holds the suggested pair and the pairs of each municipality as tables.

import * as rules from "./compare-rules.js";
import { results } from "./compare-view.js";

const MOST = 6;
const RULES = ["country", "areas", "county", "size"];
const form = document.querySelector("[data-compare]");
const place = document.querySelector(".k-compared");
const status = form.querySelector(".k-status");
const part = (name) => form.querySelector(`[data-part="${name}"]`);
let data, say, state;

// The address ----------------------------------------------------------------------------------------------------

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  const wanted = [...new Set(asked.getAll("e"))];
  const known = wanted.filter((slug) => data.bySlug.has(slug)).slice(0, MOST);
  const group = asked.get("g");
  return {
    chosen: known.length ? known : [...data.suggested],
    unknown: wanted.filter((slug) => !data.bySlug.has(slug)),
    average: data.averages.some(({ slug }) => slug === asked.get("a")) ? asked.get("a") : "",
    rule: group === null ? { country: true, areas: true, county: false, size: true } : Object.fromEntries(RULES.map((name) => [name, group.split(",").includes(name)])),
    group: group !== null,
    median: asked.has("m"),
    better: asked.get("b") ?? "",
    bySize: asked.get("o") === "size",
  };
}

function toAddress() {
  const parts = state.chosen.map((slug) => `e=${encodeURIComponent(slug)}`);
  if (state.average) parts.push(`a=${encodeURIComponent(state.average)}`);
  if (state.group) parts.push(`g=${RULES.filter((name) => state.rule[name]).join(",")}`);
  if (state.median) parts.push("m=1");
  if (state.better) parts.push(`b=${encodeURIComponent(state.better)}`);
  if (state.bySize) parts.push("o=size");
  history.replaceState(null, "", `${location.pathname}?${parts.join("&")}`);
}

// The controls -----------------------------------------------------------------------------------------------------

function option(value, text, selected) {
  return new Option(text, value, false, selected);
}

const byName = new Intl.Collator("sv");

// Filled once each; six lists of five hundred names stay quick because only those that are shown are filled.
function fill(select, own) {
  const sorted = [...data.evaluations].sort((a, b) => byName.compare(a.name, b.name));
  const groups = Object.entries(data.countries).map(([country, name]) => {
    const group = document.createElement("optgroup");
    group.label = name;
    group.append(...sorted.filter((each) => each.country === country).map((each) => option(each.slug, each.name, each.slug === own)));
    return group;
  });
  select.replaceChildren(option("", say("none"), !own), ...groups.filter((group) => group.children.length));
  select.dataset.filled = "";
}

function showChoices() {
  const selects = [...part("choices").querySelectorAll("select")];
  selects.forEach((select, at) => {
    const slug = state.chosen[at] ?? "";
    const shown = at < Math.max(2, state.chosen.length) || !select.closest("label").hidden && select.dataset.open !== undefined;
    select.closest("label").hidden = !shown;
    if (shown && select.dataset.filled === undefined) fill(select, slug);
    if (shown) select.value = slug;
    // What another list holds cannot be chosen twice; who goes through a list step by step passes it by.
    if (shown) for (const each of select.options) each.disabled = each.value !== slug && state.chosen.includes(each.value);
  });
  part("swap").hidden = state.chosen.length !== 2;
  part("add").hidden = selects.every((select) => !select.closest("label").hidden);
}

function showAverages(first) {
  const fitting = data.averages.filter((average) => rules.mayStandBeside(average, first, data));
  if (!fitting.some(({ slug }) => slug === state.average)) state.average = "";
  const select = part("average");
  select.replaceChildren(option("", say("none"), !state.average), ...fitting.map(({ slug, label }) => option(slug, label, slug === state.average)));
  select.closest("label").hidden = !fitting.length;
}

function showGroup(first, group) {
  for (const name of RULES) part(name).checked = state.rule[name];
  const population = first.population === null ? say("group_size_unknown", { place: first.placeName })
    : say("group_size_known", { place: first.placeName, population: say.number(first.population), year: first.populationYear });
  part("population").textContent = population;
  const areas = (data.editions[first.edition]?.titles ?? []).map((title, at) => option(String(at + 1), `${at + 1} ${title}`));
  const questions = Object.keys(first.questions).map((number) => option(number, `${number} ${data.editions[first.edition].questions[number][0]}`));
  part("better").replaceChildren(option("", say("group_better_all")), option("total", say("group_better_total")), ...areas, ...questions);
  part("better").value = state.better;
  if (part("better").selectedIndex < 0) part("better").value = state.better = "";
  const few = group.length && !rules.enough(group) ? ` ${say("group_few")}` : "";
  part("count").textContent = group.length ? say("group_count", { n: group.length }) + few : say("group_none");
  part("median").disabled = !rules.enough(group);
  part("median").checked = state.median && rules.enough(group);
  const room = state.chosen.length < MOST;
  part("members").replaceChildren(...group.map((each) => member(each, room && !state.chosen.includes(each.slug))));
}

function member(each, open) {
  const item = document.createElement("li"), button = document.createElement("button");
  button.type = "button";
  button.dataset.add = each.slug;
  button.disabled = !open;
  button.textContent = each.name;
  button.setAttribute("aria-label", say("group_add", each));
  item.append(button);
  return item;
}

// All of it ----------------------------------------------------------------------------------------------------------

function show() {
  const first = data.bySlug.get(state.chosen[0]);
  showChoices();
  showAverages(first);
  const group = rules.better(rules.peers(first, state.rule, data), first, state.better, data);
  showGroup(first, group);
  const series = state.chosen.map((slug) => data.bySlug.get(slug));
  if (state.average) series.push(data.averages.find(({ slug }) => slug === state.average));
  const middle = state.median && rules.median(group, say("group_median_name", { n: group.length }));
  if (middle) series.push(middle);
  const shown = results(series, { data, say, bySize: state.bySize, group, unknown: state.unknown });
  place.replaceChildren(...shown.content);
  document.getElementById("k-top").textContent = shown.heading;
  document.title = `${say("names", { names: shown.heading })} – ${form.dataset.site}`;
  status.textContent = shown.finding;
}

function change(update) {
  Object.assign(state, update);
  toAddress();
  show();
}

const choices = () => [...part("choices").querySelectorAll("label:not([hidden]) select")].map((select) => select.value);

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", ({ target }) => {
  const name = target.dataset.part;
  if (name === "average") change({ average: target.value });
  else if (name === "order") change({ bySize: target.value === "size" });
  else if (name === "better") change({ better: target.value, group: true });
  else if (name === "median") change({ median: target.checked, group: true });
  else if (RULES.includes(name)) change({ rule: { ...state.rule, [name]: target.checked }, group: true });
  else if (target.matches("[data-choice]")) {
    const chosen = [...new Set(choices().filter(Boolean))];
    change({ chosen: chosen.length ? chosen : [...data.suggested], unknown: [] });
  }
});
form.addEventListener("click", ({ target }) => {
  const name = target.dataset.part, add = target.dataset.add;
  if (name === "swap") change({ chosen: [...state.chosen].reverse() });
  if (name === "add") open();
  if (add) {
    change({ chosen: [...state.chosen, add] });
    form.querySelector(`[data-add]:not(:disabled)`)?.focus();
  }
});

function open() {
  const label = [...part("choices").querySelectorAll("label")].find((each) => each.hidden);
  const select = label.querySelector("select");
  label.hidden = false;
  select.dataset.open = "";
  if (select.dataset.filled === undefined) fill(select, "");
  part("add").hidden = !part("choices").querySelector("label[hidden]");
  select.focus();
}

place.addEventListener("click", async ({ target }) => {
  if (target.dataset.do === "print") print();
  if (target.dataset.do === "copy") {
    toAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      status.textContent = say("copied");
    } catch {
      status.textContent = say("copy_failed");
    }
  }
});

async function start() {
  status.textContent = form.dataset.loading;
  try {
    const answer = await fetch(form.dataset.compare);
    if (!answer.ok) throw new Error(String(answer.status));
    data = rules.read(await answer.json());
  } catch {
    status.textContent = form.dataset.failed;
    return;
  }
  say = rules.speaker(data.words);
  state = fromAddress();
  part("order").value = state.bySize ? "size" : "area";
  part("group").open = state.group;
  form.querySelector(".k-controls").hidden = false;
  show();
  form.dataset.ready = "";
}

start();
