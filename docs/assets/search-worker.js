// The search itself, away from the page: fetches what a query needs and answers with hits, then with counts.
// A classic worker, since lunr.js is a classic script. It gets and gives plain data; the page makes the words visible.
// The build puts what is asked for here in its place, so that one file is fetched; not "use strict", which lunr cannot bear.

importScripts("lunr-nordic.js", "search-analysis.js", "search-chunks.js", "search-query.js", "search-facets.js");

const FORMAT = 5;
const EXCERPT = 320;
const ALIKE = 0.5;              // how many pairs of letters two names share before they are called near
const NAMES = ["kind", "area", "question", "topic", "country", "county", "edition", "year"];

let address, index, table, loaded, asked = 0;
const loading = new Promise((done) => { loaded = done; });

// Loading ----------------------------------------------------------------------------------------------------------------

class Outdated extends Error {}
class Overtaken extends Error {}

// Lets what was asked meanwhile be heard.
const heard = () => new Promise((done) => setTimeout(done));

// The manifest is always asked for anew; what it names never changes. The first one the page may have fetched already.
async function load(said) {
  const manifest = said ? JSON.parse(said) : await fetched();
  if (manifest.format !== FORMAT) throw new Outdated();
  if (manifest.folder === index?.manifest.folder) return;
  analysis.use(manifest.tables);
  index = new chunks.Index(manifest, address);
  table = null;
}

async function fetched() {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

// Needed after the first hits at the earliest, so it is not fetched before.
async function facetTable() {
  table ??= new facets.Table(await index.file("facets.bin"), index.manifest.documents);
  return table;
}

// The first time both tables take a while to read: between them `pause` hears what else has been asked.
async function withTopics(pause = heard) {
  const [loaded, bytes] = await Promise.all([facetTable(), index.file("topics.bin")]);
  await pause();
  loaded.addTopics(bytes);
  return loaded;
}

// Order ------------------------------------------------------------------------------------------------------------------

// What each order needs of a document, greatest first; the same again in the order of the index.
async function order(name, scores) {
  if (name === "match" && scores) return (number) => scores[number];
  const { kind, year } = await facetTable().then((loaded) => ({ kind: (n) => loaded.kind[n], year: (n) => loaded.year(n) }));
  const newest = (number) => year(number) * 4 - kind(number);
  if (name !== "percent") return newest;
  const percents = await index.file("percents.bin");
  return (number) => percents[number] * 10000 + newest(number);
}

function first(numbers, value, count) {
  const best = [];              // [value, number], the greatest first
  let least = -Infinity;        // what no other may be worth less than, once there are enough
  for (const number of numbers) {
    const worth = value(number);
    if (worth <= least) continue;
    let at = best.length;
    while (at && best[at - 1][0] < worth) at -= 1;
    best.splice(at, 0, [worth, number]);
    if (best.length > count) best.pop();
    if (best.length === count) least = best.at(-1)[0];
  }
  return best.map(([, number]) => number);
}

// What is shown of a hit: pieces of text, each marked or not -----------------------------------------------------------

function marker(words, related) {
  const stems = new Set([...words.flatMap((word) => word.stems), ...related.flatMap((name) => name.stems)]);
  const begins = words.filter((word) => word.begins && word.word.length > 1).map(({ word }) => word);
  const inside = words.flatMap((word) => word.stems).filter((stem) => stem.length > 3);
  const marks = (word, stem) => stems.has(word) || stems.has(stem) || begins.some((one) => word.startsWith(one)) || inside.some((one) => stem.endsWith(one));
  return (text, language) => analysis.pieces(text).map(([piece, word]) => [piece, Boolean(word) && marks(word, analysis.stemOf(word, language))]);
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

function hit({ text = "", ...row }, mark) {
  const own = row.kind === "strength" && row.title === text ? "" : text;
  return { ...row, title: joined(mark(row.title, row.language)), excerpt: own ? excerpt(mark(own, row.language)) : [] };
}

// Ways on ----------------------------------------------------------------------------------------------------------------

const pairs = (word) => new Set([...word].map((letter, i, letters) => (letters[i - 1] ?? " ") + letter));

function likeness(a, b) {
  const [one, other] = [pairs(a), pairs(b)];
  return (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size);
}

// The topics whose names look most like what was typed, else those with most documents.
function waysOn(words, loaded) {
  const { topics = {} } = index.manifest;
  const like = Object.entries(topics).map(([topic, [name]]) => [topic, Math.max(0, ...words.flatMap(({ word }) => analysis.words(name).map((one) => likeness(word, one))))]);
  const near = like.filter(([, likeness]) => likeness >= ALIKE).sort(([, a], [, b]) => b - a).map(([topic]) => topic);
  const common = loaded.names.topics.filter((topic) => topic in topics);
  return { near: near.slice(0, 3), common: common.slice(0, 3) };
}

// What else was looked for, each name once.
const named = (related) => [...new Map(related.map(({ text, language }) => [text.toLowerCase(), { text, language }])).values()];

// What was looked for instead of a typed word, as a hit writes it where the guess is no beginning of that.
function asWritten(instead, rows) {
  const written = rows.flatMap(({ title, text = "", language }) => analysis.pieces(`${title} ${text}`).map(([piece, word]) => ({ piece, stem: word && analysis.stemOf(word, language) })));
  return instead.map(({ stems, ...told }) => {
    const found = stems && written.find(({ stem }) => stem && stems.includes(stem));
    const word = found?.piece.toLowerCase();
    return word && !word.startsWith(told.used[0]) ? { ...told, used: [word] } : told;
  });
}

function townsOf(rows, words) {
  const said = new Set(words.flatMap(({ stems }) => stems));
  const named = rows.filter(({ name, home }) => home && analysis.words(name).every((word) => said.has(word)));
  return [...new Map(named.map(({ name, home }) => [home, { name, address: home }])).values()].slice(0, 5);
}

// Questions and answers ---------------------------------------------------------------------------------------------------

const every = (scores) => {
  const found = [];
  for (let number = 0; number < index.manifest.documents; number += 1) if (!scores || scores[number]) found.push(number);
  return found;
};

// `tell` gives a part of the answer to the page; `wanted` stops here if something else has been asked since.
async function answer(question, tell, wanted) {
  const { query, exact, chosen = {}, order: name = "match", shown = 10, groups } = question;
  const matched = await new queries.Matcher(index).match(query, exact);
  await wanted();
  const { words, scores, related, instead, someWords, allWords, best: ofWords } = matched;
  const found = groups && !scores ? [] : every(scores);     // by kind, nothing is found before a word is typed
  const narrowed = Object.values(chosen).some((value) => value?.length);
  const filters = narrowed ? facets.chosenAs(chosen) : {};
  const passing = narrowed ? (filters.topic ? await withTopics() : await facetTable()).count(found, filters, []).passing : found;
  const value = found.length ? await order(name, scores) : () => 0;
  const best = groups ? ofGroups(passing, value, shown) : first(passing, value, shown);
  const mark = marker(words, related);
  const said = { total: passing.length, asked: words.length > 0, someWords, allWords, related: named(related) };
  const rows = [];
  for (const row of best.map((number) => index.row(number))) {
    rows.push(await row);
    if (rows.length === 1 && best.length > 1) tell({ ...said, instead: asWritten(instead, rows), hits: [hit(rows[0], mark)], expected: best.length, towns: [] });
  }
  const ways = passing.length || groups ? {} : waysOn(words, await facetTable());
  // A municipality that was typed may have none of the hits, where its name tells less than the other words.
  const others = await Promise.all(ofWords.map((number) => index.row(number)));
  tell({ ...said, instead: asWritten(instead, rows), hits: rows.map((row) => hit(row, mark)), expected: best.length, towns: townsOf([...rows, ...others], words), ...ways });
  await wanted();
  if (groups) return;
  const loaded = await withTopics(wanted);
  await wanted();
  tell({ counts: loaded.count(found, filters, NAMES).counts });
}

// The best of each group; in this index the documents of a group lie together.
function ofGroups(numbers, value, shown) {
  return index.manifest.groups.flatMap(({ from, to }) => first(numbers.filter((number) => number >= from && number < to), value, shown));
}

// What a question needs may have gone with a newer site: then the manifest says so, and the question is asked once more.
async function ask(number, question) {
  const tell = (part) => { if (number === asked) postMessage({ number, ...part }); };
  const wanted = async () => {
    await heard();
    if (number !== asked) throw new Overtaken();
  };
  const before = index;
  try {
    await answer(question, tell, wanted);
  } catch (fault) {
    if (number !== asked) return;
    await load();
    if (index === before) throw fault;
    if (!question.groups) await told();
    await answer(question, tell, wanted);
  }
}

// What the page needs to know of the index before it can show anything.
async function told() {
  const { words, language, topics, groups } = index.manifest;
  postMessage({ ready: { words, language, topics, groups, documents: index.manifest.documents } });
}

onmessage = async ({ data }) => {
  try {
    if (data.manifest) {
      address = data.manifest;
      await load(data.said);
      await told();
      loaded();
    } else if (data.facets) {
      const loaded = await withTopics();
      await heard();
      const { counts } = loaded.count(every(null), {}, NAMES);
      postMessage({ facets: { labels: loaded.labels, counts, counties: loaded.names.counties, topics: loaded.names.topics, folder: index.manifest.folder } });
    } else {
      asked = data.number;
      await loading;             // a question may come before the manifest
      if (data.number === asked) await ask(data.number, data.question);
    }
  } catch (fault) {
    if (data.question && data.number !== asked) return;   // overtaken: nobody waits for it
    postMessage({ failed: String(fault), outdated: fault instanceof Outdated, number: data.number });
  }
};
