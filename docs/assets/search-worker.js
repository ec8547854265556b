// The search itself, away from the page: fetches the index once, answers each question with hits and counts.
// A classic worker, since lunr.js is a classic script. It gets and gives plain data; the page makes the words visible.
"use strict";

importScripts("search/lunr.js", "search/lunr.stemmer.support.js", "search/lunr.sv.js", "search/lunr.no.js");
importScripts("search-analysis.js", "search-facets.js");

const MOST_WORDS = 12;
const RELATED = 0.5;            // a related word counts half as much as the word itself
const UNFINISHED = 0.6;         // so does, nearly, a word that only begins like the last one typed
const WORDS_OF_TEXT = ["title", "text"];
const OWN_WORDS = ["title", "text", "place"];
const ALL_WORDS = [...OWN_WORDS, "topics"];
const EXCERPT = 320;
const ALIKE = 0.5;              // how many pairs of letters two names share before they are called near

let manifest, index, records, positions, stopWords, phrases, towns;

async function json(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

const foldedWords = (text) => analysis.tokens(text).map(analysis.fold);

async function load(address) {
  manifest = await json(address, { cache: "no-cache" });
  const beside = (name) => json(new URL(name, address));
  const [serialised, rows] = await Promise.all([beside(manifest.index), beside(manifest.records)]);
  index = serialised.fields ? lunr.Index.load(serialised) : null;
  records = rows;
  positions = rows.map((_, position) => position);
  stopWords = new Set(manifest.stop_words);
  phrases = Object.entries(manifest.topics).flatMap(([topic, { phrases }]) => phrases.map((p) => ({ topic, ...p })));
  phrases.sort((a, b) => b.terms.length - a.terms.length);
  towns = Object.entries(manifest.municipalities).map(([slug, town]) => ({ ...town, spelt: [slug, town.name].map(foldedWords) }));
  facets.prepare(rows, manifest);
}

// What was asked -------------------------------------------------------------------------------------------------------

// A stop word counts only if nothing else was typed: it may be the beginning of another word.
function queryWords(query) {
  const all = analysis.tokens(query).slice(0, MOST_WORDS).map(analysis.queryWord);
  const telling = all.filter((word) => !stopWords.has(word.folded));
  const words = telling.length ? telling : all.slice(-1);
  const last = words.at(-1);
  if (last && last === all.at(-1) && !/[^\p{L}\p{N}_]$/u.test(query)) last.unfinished = true;
  return words;
}

const saysPhrase = (words, phrase) => phrase.terms.length <= words.length && phrase.terms.every((term, i) => words[i].stems.has(term));

// Words are grouped so that "dialog med innbyggerne" is one thing if a topic is called so. Longest first.
function groups(words) {
  const found = [];
  for (let rest = words; rest.length; ) {
    const said = phrases.filter((phrase) => saysPhrase(rest, phrase));
    const length = said[0]?.terms.length ?? 1;
    const topics = new Set(said.filter((phrase) => phrase.terms.length === length).map((phrase) => phrase.topic));
    found.push({ words: rest.slice(0, length), topics });
    rest = rest.slice(length);
  }
  return found;
}

// What is found: maps from a record's position to its score ------------------------------------------------------------

function lookUp(stems, fields, prefix) {
  const results = index.query((query) => {
    for (const term of stems) query.term(term, { fields, usePipeline: false });
    if (prefix) query.term(prefix, { fields, usePipeline: false, boost: UNFINISHED, wildcard: lunr.Query.wildcard.TRAILING });
  });
  return new Map(results.map((result) => [Number(result.ref), result.score]));
}

const both = (a, b) => new Map([...a].filter(([ref]) => b.has(ref)).map(([ref, score]) => [ref, score + b.get(ref)]));

function either(maps, join = (a, b) => a + b) {
  const all = new Map();
  for (const map of maps) for (const [ref, score] of map) all.set(ref, all.has(ref) ? join(all.get(ref), score) : score);
  return all;
}

function related(group) {
  const others = phrases.filter((phrase) => group.topics.has(phrase.topic) && !saysPhrase(group.words, phrase));
  return others.map((phrase) => ({ phrase, found: phrase.terms.map((term) => lookUp([term], WORDS_OF_TEXT)).reduce(both) }))
    .filter(({ found }) => found.size);
}

function foundByGroup(group, exact) {
  const fields = exact ? OWN_WORDS : ALL_WORDS;
  const own = group.words.map((word) => lookUp(word.stems, fields, word.unfinished && !exact ? word.folded : "")).reduce(both);
  const others = exact ? [] : related(group);
  const halved = either(others.map(({ found }) => found), Math.max);
  for (const [ref, score] of halved) halved.set(ref, score * RELATED);
  return { found: either([own, halved]), related: others.map(({ phrase }) => phrase) };
}

function match(words, exact) {
  if (!words.length || !index) return { found: null, related: [], someWords: false };
  const answers = groups(words).map((group) => foundByGroup(group, exact));
  const all = answers.map((answer) => answer.found).reduce(both);
  const someWords = !all.size && answers.length > 1;
  const phrases = answers.flatMap((answer) => answer.related);
  return { found: someWords ? either(answers.map((answer) => answer.found)) : all, related: phrases, someWords };
}

// Order ----------------------------------------------------------------------------------------------------------------

const evidence = (r) => 1 + 0.15 * Boolean(r.gold_star) + 0.1 * (r.kind !== "strength") + 0.05 * Boolean(r.role_model) + (r.percent ?? 50) / 1000;

const rank = { gold_star: 0, example: 1, strength: 2 };

const newest = (a, b) => (records[b].year ?? 0) - (records[a].year ?? 0) || rank[records[a].kind] - rank[records[b].kind] || a - b;

function ordered(found, scores, order) {
  const score = new Map(scores && [...scores].map(([ref, value]) => [ref, value * evidence(records[ref])]));
  const by = {
    match: (a, b) => score.get(b) - score.get(a) || newest(a, b),
    percent: (a, b) => (records[b].percent ?? -1) - (records[a].percent ?? -1) || newest(a, b),
    year: newest,
  };
  return found.sort(scores || order !== "match" ? by[order] : newest);
}

// What is shown of a hit: pieces of text, each marked or not ----------------------------------------------------------

function marker(words, phrases, exact) {
  const stems = new Set([...words.flatMap((word) => [...word.stems]), ...phrases.flatMap((phrase) => phrase.terms)]);
  const prefixes = exact ? [] : words.filter((word) => word.unfinished && word.folded.length > 1).map((word) => word.folded);
  return (text, language) => analysis.pieces(text).map(([piece, word]) => {
    const marked = word && (stems.has(word) || stems.has(analysis.stem(word, manifest.stemmed_as[language])) || prefixes.some((p) => word.startsWith(p)));
    return [piece, Boolean(marked)];
  });
}

const joined = (pieces) => pieces.reduce((all, [text, marked]) => {
  if (all.length && all.at(-1)[1] === marked) all.at(-1)[0] += text;
  else all.push([text, marked]);
  return all;
}, []);

// A window of whole words that begins a little before the first marked one.
function excerpt(pieces) {
  const length = pieces.reduce((sum, [text]) => sum + text.length, 0);
  if (length <= EXCERPT) return joined(pieces);
  let first = Math.max(0, pieces.findIndex(([, marked]) => marked) - 16);
  if (first && !/[\p{L}\p{N}_]/u.test(pieces[first][0])) first += 1;
  let last = first, size = 0;
  while (last < pieces.length && size + pieces[last][0].length <= EXCERPT) size += pieces[last++][0].length;
  const window = pieces.slice(first, last);
  return joined([...(first ? [["… ", false]] : []), ...window, ...(last < pieces.length ? [[" …", false]] : [])]);
}

function hit(record, mark) {
  const shown = record.kind !== "strength" || record.title !== record.text;
  const { text, ...rest } = record;
  return { ...rest, name: manifest.municipalities[record.municipality].name, title: joined(mark(record.title, record.language)),
    excerpt: shown ? excerpt(mark(text, record.language)) : [] };
}

// Ways on ---------------------------------------------------------------------------------------------------------------

function townsNamed(words) {
  const says = (name, at) => name.every((part, i) => words[at + i]?.stems.has(part));
  return towns.filter(({ spelt }) => spelt.some((name) => words.some((_, at) => says(name, at))))
    .map(({ name, address }) => ({ name, address })).slice(0, 5);
}

const pairs = (word) => new Set([...word].map((letter, i, letters) => (letters[i - 1] ?? " ") + letter));

function likeness(a, b) {
  const [one, other] = [pairs(a), pairs(b)];
  return (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size);
}

const named = (topics) => topics.slice(0, 3).map((topic) => ({ name: manifest.labels.topic[topic], address: manifest.topics[topic].address }));

// The topics whose names look most like what was typed, and those with most records.
function waysOn(words) {
  const like = new Map(Object.keys(manifest.labels.topic).map((topic) => [topic, 0]));
  for (const { topic, terms } of phrases) {
    const best = Math.max(0, ...words.flatMap((word) => terms.map((term) => likeness(word.folded, term))));
    if (like.has(topic)) like.set(topic, Math.max(like.get(topic), best));
  }
  const near = [...like].filter(([, likeness]) => likeness >= ALIKE).sort(([, a], [, b]) => b - a).map(([topic]) => topic);
  return { near: named(near), common: named(facets.all().topic.filter((topic) => like.has(topic))) };
}

// Questions and answers -------------------------------------------------------------------------------------------------

function search({ query, exact, chosen, order, shown }) {
  const words = queryWords(query);
  const { found, related, someWords } = match(words, exact);
  const { passing, counts } = facets.count(found ? [...found.keys()] : positions, chosen);
  const mark = marker(words, related, exact);
  const hits = ordered(passing, found, order).slice(0, shown).map((ref) => hit(records[ref], mark));
  return {
    hits, counts, someWords, total: passing.length, asked: words.length > 0,
    related: related.map(({ text, language }) => ({ text, language })),
    towns: townsNamed(words), ...(passing.length ? {} : waysOn(words)),
  };
}

onmessage = async ({ data }) => {
  try {
    if (data.manifest) {
      await load(data.manifest);
      const { labels, words, language } = manifest;
      postMessage({ ready: { labels, words, language, facets: facets.all(), addresses: Object.fromEntries(
        Object.entries(manifest.topics).map(([topic, { address }]) => [topic, address])) } });
    } else {
      postMessage({ number: data.number, answer: search(data.question) });
    }
  } catch (fault) {
    postMessage({ failed: String(fault) });
  }
};
