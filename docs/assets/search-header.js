// The search field of every page: finds municipalities, areas, questions, topics and what reports say, as one types.
// Nothing is fetched before the field is used. Without script it is an ordinary form that leads to the examples.

import { begun } from "./search-begin.js";
import { Combobox } from "./search-combobox.js";
import { element, marked } from "./search-view.js";

const SITE = new URL("../", import.meta.url);
const EACH = 3;
const LONGEST_QUERY = 200;
const EXCERPT = 110;

let worker, groups, words, asked = 0, waiting;

const href = (address) => new URL(address.replace(/^\//, ""), SITE).href;

function start() {
  if (worker) return;
  worker = begun(new URL("assets/search/site.json", SITE).href);
  worker.onmessage = heard;
  worker.onerror = failed;
}

// The form works without suggestions; the next letter tries again.
function failed() {
  worker?.terminate();
  worker = groups = undefined;
  waiting?.box.close();
}

function heard({ data }) {
  if (data.failed) return failed();
  if (data.ready) ({ groups, words } = data.ready);
  else if (data.number === asked && data.hits?.length === data.expected) show(data);
}

function ask(field) {
  waiting = field;
  const query = field.input.value.trim().slice(0, LONGEST_QUERY);
  if (!query) return field.box.show([]);
  start();
  asked += 1;
  worker.postMessage({ number: asked, question: { query, shown: EACH, groups: true } });
}

function show({ hits }) {
  const { input, box } = waiting;
  if (document.activeElement !== input) return;
  const query = input.value.trim();
  const found = groups.map(({ kind, title }) => ({ title, options: hits.filter((hit) => hit.kind === kind).map(option) }));
  const onward = { name: [input.dataset.onward.replace("{query}", query)], href: `${input.form.action}?q=${encodeURIComponent(query)}` };
  box.show([...found, { title: hits.length ? "" : words.none, options: [onward] }]);
  waiting.status.textContent = input.dataset.found.replace("{n}", hits.length);
}

const option = (hit) => ({ name: marked(hit.title), note: element("span", hit.language ? { lang: hit.language } : {}, ...marked(short(hit.excerpt))), lang: hit.language, href: href(hit.address) });

// As much of an excerpt as fits in a line or two.
function short(pieces) {
  let left = EXCERPT;
  return pieces.flatMap(([text, isMarked]) => {
    const shown = text.slice(0, Math.max(0, left));
    left -= text.length;
    return shown ? [[left < 0 ? `${shown}…` : shown, isMarked]] : [];
  });
}

function enrich(input, number) {
  input.id ||= `k-sok-${number}`;
  const field = { input, status: element("span", { className: "k-visually-hidden", role: "status" }) };
  input.parentElement.append(field.status);
  field.box = new Combobox(input, { label: input.dataset.suggestions, choose: (option) => { location.href = option.href; }, wanted: () => { start(); if (input.value) ask(field); } });
  input.autocomplete = "off";
  input.addEventListener("input", () => ask(field));
  if (document.activeElement === input) field.box.wanted();     // this script may come after the first letters
}

document.querySelectorAll("[data-everything]").forEach(enrich);
