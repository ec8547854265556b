// How text becomes the words that are searched: the same as generator/text/analysis.py and search.terms.
// A classic script, since lunr and its stemmers are: loaded by the worker after them.
"use strict";

var analysis = (() => {
  const WORD = /[\p{L}\p{N}_]+/gu;
  const KEPT = new Set("åäö");
  const LETTERS = { æ: "ä", ø: "ö", ß: "ss", đ: "d", ŋ: "n", ŧ: "t", ð: "d", þ: "th" };
  const STEMMERS = { sv: lunr.sv.stemmer, nb: lunr.no.stemmer };
  const LONGEST_WORD = 60;

  const tokens = (text) => text.normalize("NFC").toLowerCase().match(WORD) ?? [];

  const bare = (letter) => (KEPT.has(letter) ? letter : [...letter.normalize("NFD")][0]);

  const fold = (word) => [...[...word].map((letter) => LETTERS[letter] ?? letter).join("")].map(bare).join("");

  const stem = (word, language) => (STEMMERS[language] ? STEMMERS[language](word) : word);

  // One word of a query: it may be of any language, so it looks for each of its stems.
  function queryWord(word) {
    const folded = fold(word).slice(0, LONGEST_WORD);
    return { folded, stems: new Set([folded, stem(folded, "sv"), stem(folded, "nb")]) };
  }

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

  return { tokens, fold, stem, queryWord, pieces };
})();
