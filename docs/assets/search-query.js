// From what was typed to documents and their scores. lunr parses the query; the lists come from the chunks.
"use strict";

var queries = (() => {
  const MOST_WORDS = 8;
  const SHORTEST_BEGINNING = 2;
  const UNFINISHED = 0.4;         // a word that only begins like the last one typed counts for this much
  const TRANSLATED = 0.7;         // so does what other languages say for a word
  const WIDER = 0.3;              // and a topic, for every step that it is wider than the one typed
  const INSTEAD = 0.8;            // and a word that is looked for instead of the one typed
  const FEW = 10;                 // fewer hits than this are followed by such as hold some of the words, or are on a wider topic
  const ENOUGH = 0.25;            // of what the words tell must such a document hold
  const PRESENT = 1e-6;           // a document that is found has a score above nothing
  const MOST_CHUNKS = 12;         // that a misspelt or unknown word may cost
  const FIRST_CHUNKS = 2;         // of those are read first, then twice as many, as long as they hold no such word
  const MOST_ENDINGS = 4;         // that are looked for where a word begins like a known one
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

  // Plain loops, as these go through every document: the first question is asked before anything is compiled.
  function both(one, other) {
    const together = new Float32Array(one.length);
    for (let at = 0; at < one.length; at += 1) if (one[at] && other[at]) together[at] = one[at] + other[at];
    return together;
  }

  function without(one, other) {
    const left = one.slice();
    for (let at = 0; at < left.length; at += 1) if (other[at]) left[at] = 0;
    return left;
  }

  // How many documents are found; no more are counted than one wants to know of.
  function count(scores, most = Infinity) {
    let found = 0;
    for (let at = 0; at < scores.length && found < most; at += 1) if (scores[at] > 0) found += 1;
    return found;
  }

  // Where words lie that no document holds as they are typed.
  const spellings = (stems) => [...new Set(stems.flatMap((stem) => [stem, analysis.rough(stem)]))].map((stem) => `~${stem}`);

  const held = (entries, is = ({ count }) => count) => entries.filter((entry) => entry && is(entry));
  const isAside = ({ key, note }) => key.startsWith("~") && (note.is || note.opens || note.as);
  const isFound = ({ entries, begun, translated }) => held(entries).length || begun.length || translated.length || held(entries, ({ note }) => note.opens).length;

  // What an unfinished word opens if all that begins so is the name of one topic, so that hits do not change at its last letter.
  function opening(begun) {
    const names = begun.flatMap(({ note }) => note.opens ?? []).filter(([, ...others]) => !others.length);
    return new Set(names.map(([topic]) => topic)).size === 1 ? [{ key: "", count: 0, note: { opens: [names[0]] } }] : [];
  }

  const greatest = (scores) => scores.reduce((best, score, at) => (score > scores[best] ? at : best), 0);

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
      if (!asked.length) return { words: [], scores: null, related: [], instead: [], best: [] };
      const known = await this.understood(asked, exact);
      const barred = known.filter(({ prohibited }) => prohibited);
      const groups = await Promise.all(this.grouped(known.filter(({ prohibited }) => !prohibited)).map((group) => this.score(group, exact)));
      const all = groups.map(({ scores }) => scores);
      const together = all.length ? all.reduce(both) : this.none().fill(PRESENT);
      const covering = all.length > 1 && !known.some(({ required }) => required) && count(together, FEW) < FEW ? this.covering(all) : together;
      const kept = barred.reduce((scores, word) => without(scores, this.own(word)), covering);
      const allWords = count(together), someWords = covering !== together && count(covering) > allWords;
      return { words: known, scores: kept, best: someWords ? all.map(greatest) : [], someWords, allWords, related: groups.flatMap(({ related }) => related), instead: known.map(({ instead }) => instead).filter(Boolean) };
    }

    // Every word as it is known; one that is not, and is no part of a topic's name, as what may have been meant.
    async understood(asked, exact) {
      const known = await Promise.all(asked.map((word) => this.known(word, exact)));
      const named = new Set(this.grouped(known).filter(({ topics }) => topics.length).flatMap((group) => group.words));
      const sure = (word) => exact || word.prohibited || named.has(word) || isFound(word);
      return (await Promise.all(known.map(async (word) => (sure(word) ? word : await this.alike(word) ?? await this.inParts(word) ?? word)))).flat();
    }

    // Documents that hold enough of what the words tell, each by how much of it. A rare word tells much, an unknown one nothing.
    covering(all) {
      const told = all.map((scores) => count(scores)).map((found) => (found ? Math.log(1 + this.size / found) : 0));
      const whole = told.reduce((sum, one) => sum + one, 0);
      return this.none().map((_, at) => {
        let sum = 0, share = 0;
        all.forEach((scores, place) => { if (scores[at]) sum += scores[at], share += told[place] / whole; });
        return share >= ENOUGH ? sum * share : 0;
      });
    }

    // A word as it is typed; else as it is spelt with its dots and rings, or in a sister language.
    async known(word, exact) {
      const stands = await this.found(word.stems);
      const begun = word.begins && !exact && word.word.length >= SHORTEST_BEGINNING ? held(await this.index.beginning(word.word)) : [];
      const asides = exact || held(stands).length || begun.length || word.prohibited ? [] : await this.asides(word);
      const real = [...new Set(asides.flatMap(({ note }) => note.is ?? []))];
      const entries = [...stands, ...asides, ...held(stands).length ? [] : opening(begun), ...await this.found(real)], stems = [...word.stems, ...real];
      return { ...word, stems, entries, begun, translated: exact ? [] : await this.translated(entries, stems) };
    }

    async asides({ word, stems, begins }) {
      const whole = held(await this.found(spellings(stems)), isAside);
      return whole.length || !begins || word.length < SHORTEST_GUESS ? whole : held(await this.index.beginning(`~${word}`), isAside);
    }

    // What other languages say for it, where a document says so.
    async translated(entries, stems) {
      const names = held(entries, ({ note }) => note.as).flatMap(({ note }) => note.as).filter(([, , stem]) => !stems.includes(stem));
      const found = await this.found(names.map(([, , stem]) => stem));
      return names.map(([text, language, stem], at) => ({ text, language, stems: [stem], entry: found[at] })).filter(({ entry }) => entry?.count);
    }

    // A compound that no document holds, by its two parts if both are known. The beginnings come first: they lie together,
    // where the word itself would, and most are none, so that few endings are looked for.
    async inParts(word) {
      const cuts = analysis.cuts(word.word).filter(([[head], tail]) => !analysis.isStopWord(head) && !analysis.isStopWord(tail));
      const part = (forms) => this.known({ ...word, word: forms[0], stems: [...new Set(forms.flatMap(analysis.stems))], begins: false }, false);
      let endings = 0;
      for (const [heads, tail] of cuts.slice(0, MOST_CHUNKS)) {
        const beginning = await part(heads);
        if (!isFound(beginning)) continue;
        if ((endings += 1) > MOST_ENDINGS) break;
        const ending = await part([tail]);
        if (isFound(ending)) return [{ ...beginning, instead: { typed: word.word, how: "parts", used: [heads[0], tail] } }, ending];
      }
      return null;
    }

    // A word that is known, with one letter added, left out or changed, or two that have changed places.
    async alike(word) {
      if (word.word.length < SHORTEST_GUESS) return null;
      const near = new Map();
      for (const variant of variants(word.word)) for (const stem of analysis.stems(variant)) near.set(stem, likelier(near.get(stem), variant, word.word));
      const stemOf = ({ key }) => key.replace("~", "");
      const keys = [...near.keys()].flatMap((stem) => [stem, `~${stem}`]);
      const known = await this.likeliest(keys, (entry) => near.has(stemOf(entry)) && (entry.count || isAside(entry)));
      if (!known.length) return null;
      // The longer the stem, the more of the typed word is in it; a document's word goes before a name that none says.
      const worth = (entry) => stemOf(entry).length + (entry.count ? 2 : 0);
      const best = known.reduce((one, other) => ((worth(other) - worth(one) || other.count - one.count) > 0 ? other : one));
      const meant = near.get(stemOf(best));
      const instead = { typed: word.word, how: "alike", used: [meant], stems: analysis.stems(meant) };
      return { ...await this.known({ ...word, word: meant, stems: analysis.stems(meant), begins: false }, false), factor: INSTEAD, instead };
    }

    // What may be meant, from the chunks where the keys lie: a few at a time, until one holds a word that a document says.
    async likeliest(keys, isMeant) {
      const numbers = [...new Set(keys.map((key) => this.index.number(key)))].slice(0, MOST_CHUNKS);
      const found = [];
      for (let few = FIRST_CHUNKS; numbers.length && !held(found).length; few *= 2) {
        const read = await Promise.all(numbers.splice(0, few).map((number) => this.index.chunk(number)));
        found.push(...read.flatMap(({ all }) => all.filter(isMeant)));
      }
      return found;
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

    own({ entries, begun, translated, boost = 1, factor = 1 }) {
      const scores = this.none();
      for (const entry of held(entries)) add(scores, entry, boost * factor);
      for (const { entry } of translated) add(scores, entry, boost * factor * TRANSLATED);
      for (const entry of begun) add(scores, entry, boost * UNFINISHED);
      return scores;
    }

    // A group's own words, and what is found through the topics that are called so; where that is little, through wider ones.
    async score({ words, topics }, exact) {
      const own = words.map((word) => this.own(word)).reduce(both);
      const concepts = exact ? [] : held(await this.found(topics.map((topic) => `#${topic}`)), () => true);
      const scores = concepts.reduce((sum, concept) => add(sum, concept), own.slice());
      const wider = exact || count(scores, FEW) === FEW ? [] : await this.wider(concepts);
      wider.forEach((concept, steps) => add(scores, concept, WIDER ** (steps + 1)));
      const said = ([, , ...stems]) => stems.length <= words.length && stems.every((stem, at) => words[at].stems.includes(stem));
      const names = [...concepts, ...wider].flatMap(({ note }) => note.names ?? []).filter((name) => !said(name));
      const translated = words.flatMap((word) => word.translated);
      return { scores, related: [...translated, ...names.map(([text, language, ...stems]) => ({ text, language, stems }))] };
    }

    // The topics that these are part of, nearest first.
    async wider(concepts) {
      const above = held(await this.found(concepts.flatMap(({ note }) => note.wider ? [`#${note.wider}`] : [])), () => true);
      return above.length ? [...above, ...await this.wider(above)] : [];
    }
  }

  // Which of two spellings of one stem was meant: that of the length and the end of what was typed; what is longer before what is shorter.
  function likelier(one, other, typed) {
    const length = (variant) => (typed.startsWith(variant) ? 0.5 : [2, 0, 1][variant.length - typed.length + 1]);
    const strange = (variant) => length(variant) + (variant.at(-1) === typed.at(-1) || typed.startsWith(variant) ? 0 : 3);
    return one && strange(one) <= strange(other) ? one : other;
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
