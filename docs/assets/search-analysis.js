// How text becomes the words that are searched: the same as generator/text/analysis.py, from the same tables.
// A classic script, since lunr and its stemmers are: loaded by the worker after them.
"use strict";

var analysis = (() => {
  const WORD = /[0-9]+(?:\.[0-9]+)+|[\p{L}\p{N}_]+/gu;
  const LONGEST_WORD = 60;
  const SHORTEST_HEAD = 3, SHORTEST_TAIL = 4;
  const STEMMERS = { sv: lunr.sv.stemmer, nb: lunr.no.stemmer };
  let letters, kept, stemmedAs, joints, stopWords, spellings, moreEndings, whole, shortestStem;

  function use(tables) {
    ({ letters, joints, spellings } = tables);
    kept = new Set(tables.kept);
    stemmedAs = tables.stemmed_as;
    stopWords = new Set(tables.stop_words.split(" "));
    moreEndings = Object.fromEntries(Object.entries(tables.more_endings).map(([language, endings]) => [language, new RegExp(endings, "u")]));
    whole = new RegExp(tables.whole, "u");
    shortestStem = tables.shortest_stem;
  }

  const tokens = (text) => text.normalize("NFC").toLowerCase().match(WORD) ?? [];

  const bare = (letter) => (kept.has(letter) ? letter : [...letter.normalize("NFD")][0]);

  const fold = (word) => [...[...word].map((letter) => letters[letter] ?? letter).join("")].map(bare).join("");

  // Snowball takes one ending, so it is asked until nothing comes off.
  function stem(word, language) {
    if (!STEMMERS[language]) return word;
    if (whole.test(word)) return word.replace(whole, "");
    const shorter = STEMMERS[language](withoutEnding(word, language));
    return shorter === word ? word : stem(shorter, language);
  }

  // Without an ending that Snowball leaves, if enough of the word is left.
  function withoutEnding(word, language) {
    const shorter = language in moreEndings ? word.replace(moreEndings[language], "") : word;
    return [...shorter].length >= shortestStem ? shorter : word;
  }

  // How a word may be spelt without dots and rings, or in a sister language: the same for all of them.
  const rough = (word) => spellings.reduce((spelt, [from, to]) => spelt.replaceAll(from, to), word).replace(/(.)\1+/gu, "$1");

  // A word of a query may be of any language, so it looks for each of its stems.
  const stems = (folded) => [...new Set([folded, ...Object.keys(STEMMERS).map((language) => stem(folded, language))])];

  const words = (text) => tokens(text).map((word) => fold(word).slice(0, LONGEST_WORD));

  const stemOf = (folded, language) => stem(folded, stemmedAs[language]);

  const isStopWord = (folded) => stopWords.has(folded);

  // The ways in which a word may be cut in two, shortest ending first: [[forms of the beginning], ending].
  function cuts(word) {
    const found = [];
    for (let at = word.length - SHORTEST_TAIL; at >= SHORTEST_HEAD; at -= 1) found.push([alone(word.slice(0, at)), word.slice(at)]);
    return found;
  }

  const alone = (head) => joints.filter(([ending]) => head.endsWith(ending))
    .map(([ending, instead]) => head.slice(0, head.length - ending.length) + instead).filter((form) => form.length >= SHORTEST_HEAD);

  // The text cut where its words begin and end: [[piece, the word folded or ""], …].
  function pieces(text) {
    const found = [];
    let end = 0;
    for (const match of text.matchAll(WORD)) {
      if (match.index > end) found.push([text.slice(end, match.index), ""]);
      end = match.index + match[0].length;
      found.push([match[0], fold(match[0].normalize("NFC").toLowerCase())]);
    }
    if (end < text.length) found.push([text.slice(end), ""]);
    return found;
  }

  return { use, tokens, fold, rough, stem, stems, stemOf, words, isStopWord, cuts, pieces };
})();
