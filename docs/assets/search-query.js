// From what was typed to documents and their scores. lunr parses the query; the lists come from the chunks.
"use strict";

var queries = (() => {
  const MOST_WORDS = 8;
  const SHORTEST_BEGINNING = 2;
  const UNFINISHED = 0.6;         // a word that only begins like the last one typed counts for this much
  const RELATED = 0.5;            // so does a document that is only found through a topic
  const INSTEAD = 0.8;
  const PRESENT = 1e-6;           // a document that is found has a score above nothing
  const MOST_CHUNKS = 12;         // that a misspelt or unknown word may cost
  const SHORTEST_GUESS = 4;
  const ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö";
  const REQUIRED = lunr.Query.presence.REQUIRED, PROHIBITED = lunr.Query.presence.PROHIBITED;

  // What was asked -----------------------------------------------------------------------------------------------------

  // lunr's own syntax where it holds (+must -not begin* word^2 word~1), else the bare words.
  function clauses(query) {
    try {
      return new lunr.QueryParser(query, new lunr.Query(["text"])).parse().clauses.flatMap(fromClause);
    } catch {
      return analysis.words(query).map((word) => ({ word, stems: analysis.stems(word) }));
    }
  }

  function fromClause({ term, presence, boost, editDistance }) {
    const words = analysis.words(term);
    return words.map((word, place) => ({
      word, stems: analysis.stems(word), boost,
      required: presence === REQUIRED, prohibited: presence === PROHIBITED,
      begins: term.endsWith("*") && place === words.length - 1, alike: editDistance > 0,
    }));
  }

  // A stop word counts only if nothing else was typed: it may be the beginning of another word.
  function words(query) {
    const all = clauses(query).slice(0, MOST_WORDS);
    const telling = all.filter(({ word }) => !analysis.isStopWord(word));
    const asked = telling.length ? telling : all.slice(-1);
    const last = asked.at(-1);
    if (last && last === all.at(-1) && !/[^\p{L}\p{N}_]$/u.test(query)) last.begins = true;
    return asked.filter(({ prohibited }) => !prohibited).concat(asked.filter(({ prohibited }) => prohibited));
  }

  // Scores: one number a document, nothing where it is not found -----------------------------------------------------

  function add(scores, entry, factor = 1) {
    const { ids, weights } = entry.list();
    for (let at = 0; at < ids.length; at += 1) scores[ids[at]] += weights[at] * factor + PRESENT;
    return scores;
  }

  const both = (one, other) => one.map((score, at) => (score && other[at] ? score + other[at] : 0));
  const either = (one, other) => one.map((score, at) => score + other[at]);
  const without = (one, other) => one.map((score, at) => (other[at] ? 0 : score));

  // Å, ä and ö as they are typed where they are missing: `vaexjoe` is told as `vaxjo` is.
  const bare = (word) => word.replace(/aa|ae/g, "a").replace(/oe/g, "o");

  const held = (entries) => entries.filter((entry) => entry?.count);
  const empty = (scores) => scores.every((score) => !score);

  class Matcher {
    constructor(index) {
      this.index = index;
      this.size = index.manifest.documents;
    }

    none() { return new Float32Array(this.size); }

    found(keys) { return Promise.all(keys.map((key) => this.index.find(key))); }

    // Scores of everything that was asked, and how they came about.
    async match(query, exact) {
      const asked = words(query);
      if (!asked.length) return { words: [], scores: null, related: [], instead: [], someWords: false };
      const looked = await Promise.all(asked.map((word) => this.look(word, exact)));
      const known = looked.flat();
      const groups = await Promise.all(this.grouped(known.filter(({ prohibited }) => !prohibited)).map((group) => this.score(group, exact)));
      const barred = known.filter(({ prohibited }) => prohibited);
      const all = groups.map(({ scores }) => scores);
      const together = all.length ? all.reduce(both) : this.none().fill(PRESENT);
      const someWords = all.length > 1 && empty(together) && !known.some(({ required }) => required);
      const kept = barred.reduce((scores, word) => without(scores, this.own(word)), someWords ? all.reduce(either) : together);
      return { words: known, scores: kept, someWords, related: groups.flatMap(({ related }) => related), instead: known.map(({ instead }) => instead).filter(Boolean) };
    }

    // One word: its entries, or those of what may have been meant.
    async look(word, exact) {
      const entries = await this.found(word.stems);
      const begun = word.begins && !exact && word.word.length >= SHORTEST_BEGINNING ? await this.index.beginning(word.word) : [];
      const known = { ...word, entries, begun: held(begun) };
      if (held(entries).length || known.begun.length || word.prohibited) return known;
      const spelt = word.stems.flatMap((stem) => [stem, bare(stem)]);
      const asides = await this.found([...new Set(spelt)].map((stem) => `~${stem}`));
      known.entries = [...entries, ...asides];
      const real = [...new Set(asides.flatMap((aside) => aside?.note.is ?? []))];
      if (real.length) return { ...known, stems: [...word.stems, ...real], entries: [...known.entries, ...await this.found(real)] };
      const opens = known.entries.some((entry) => entry?.note.opens);
      return exact || opens ? known : (await this.inParts(word)) ?? (await this.alike(word)) ?? known;
    }

    // A compound that no document holds, by its two parts if both are known.
    async inParts(word) {
      for (const [heads, tail] of analysis.cuts(word.word).slice(0, MOST_CHUNKS)) {
        const ends = held(await this.found(analysis.stems(tail)));
        const begins = ends.length ? held(await this.found([...new Set(heads.flatMap(analysis.stems))])) : [];
        if (begins.length) {
          const parts = [{ stems: heads.flatMap(analysis.stems), entries: begins }, { stems: analysis.stems(tail), entries: ends }];
          const instead = { typed: word.word, how: "parts", used: [heads[0], tail] };
          return parts.map((part, at) => ({ ...word, word: instead.used[at], begins: false, begun: [], ...part, instead: at ? undefined : instead }));
        }
      }
      return null;
    }

    // The word with one letter added, left out, changed or two changed places that most documents hold.
    async alike(word) {
      if (word.word.length < SHORTEST_GUESS) return null;
      const near = new Map();
      for (const variant of variants(word.word)) {
        for (const stem of analysis.stems(variant)) if (!near.has(stem)) near.set(stem, variant);
      }
      const numbers = [...new Set([...near.keys()].map((stem) => this.index.number(stem)))].slice(0, MOST_CHUNKS);
      const read = await Promise.all(numbers.map((number) => this.index.chunk(number)));
      const known = read.flatMap(({ all }) => all.filter(({ key, count }) => count && near.has(key)));
      if (!known.length) return null;
      const best = known.reduce((one, other) => (other.count > one.count ? other : one));
      const meant = near.get(best.key), stems = analysis.stems(meant);
      const instead = { typed: word.word, how: "alike", used: [meant] };
      return { ...word, word: meant, stems, entries: await this.found(stems), begins: false, begun: [], factor: INSTEAD, instead };
    }

    // Words are grouped so that "dialog med innbyggerne" is one thing if a topic is called so. Longest first.
    grouped(known) {
      const groups = [];
      for (let rest = known; rest.length; ) {
        const said = rest[0].entries.flatMap((entry) => entry?.note.opens ?? []);
        const whole = said.filter(([, ...others]) => others.every((stem, at) => rest[at + 1]?.stems.includes(stem)));
        const length = Math.max(1, ...whole.map((phrase) => phrase.length));
        const topics = new Set(whole.filter((phrase) => phrase.length === length).map(([topic]) => topic));
        groups.push({ words: rest.slice(0, length), topics: [...topics] });
        rest = rest.slice(length);
      }
      return groups;
    }

    own({ entries, begun, boost = 1, factor = 1 }) {
      const scores = this.none();
      for (const entry of held(entries)) add(scores, entry, boost * factor);
      for (const entry of begun) add(scores, entry, boost * UNFINISHED);
      return scores;
    }

    // A group's own words, and what is found through the topics that are called so.
    async score({ words, topics }, exact) {
      const own = words.map((word) => this.own(word)).reduce(both);
      const concepts = exact ? [] : held(await this.found(topics.map((topic) => `#${topic}`)));
      const scores = concepts.reduce((sum, concept) => add(sum, concept, RELATED), own.slice());
      const said = ([, , ...stems]) => stems.length <= words.length && stems.every((stem, at) => words[at].stems.includes(stem));
      const names = concepts.flatMap(({ note }) => note.names ?? []).filter((name) => !said(name));
      return { scores, related: names.map(([text, language, ...stems]) => ({ text, language, stems })), widened: concepts.length > 0 };
    }
  }

  // Everything one letter away; what keeps the first letters comes first, since it lies in the same chunk.
  function variants(word) {
    const found = [];
    for (let at = word.length; at >= 0; at -= 1) {
      const before = word.slice(0, at), after = word.slice(at);
      if (after.length > 1) found.push(before + after[1] + after[0] + after.slice(2));
      if (after) found.push(before + after.slice(1));
      for (const letter of ALPHABET) found.push(before + letter + after, ...(after ? [before + letter + after.slice(1)] : []));
    }
    return found.filter((variant) => variant !== word);
  }

  return { Matcher, words };
})();
