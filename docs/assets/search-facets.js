// The facets: which values documents have, and how many hits each value would give.
// A facet ignores its own selection when it counts, so that choosing one value does not empty its neighbours.
"use strict";

var facets = (() => {
  const UNKNOWN = "okant";      // the value, in the address too, of a document that does not say
  const KINDS = ["gold_star", "example", "strength"];

  class Table {
    constructor(bytes, documents) {
      const reader = new chunks.Reader(bytes), head = reader.json();
      Object.assign(this, { documents, labels: head.labels, names: head });
      const evaluations = this.evaluations(reader);
      this.kind = new Uint8Array(documents), this.spot = new Uint16Array(documents), this.of = new Uint32Array(documents);
      let number = 0;
      evaluations.forEach(({ kinds }, evaluation) => kinds.forEach((count, kind) => {
        for (let spot = 0; count; count -= 1) {
          spot += reader.varint();
          this.kind[number] = kind, this.spot[number] = spot, this.of[number] = evaluation, number += 1;
        }
      }));
      this.of_evaluation = evaluations;
      this.topics = null;
    }

    evaluations(reader) {
      const count = reader.varint();
      const [county, year, edition, ...kinds] = Array.from({ length: 3 + KINDS.length }, () => reader.varints(count));
      return county.map((place, at) => {
        const [country, name] = this.names.counties[place];
        return { country, county: name || UNKNOWN, year: year[at], edition: this.names.editions[edition[at]], kinds: kinds.map((column) => column[at]) };
      });
    }

    addTopics(bytes) {
      if (this.topics) return;
      const topics = Array.from({ length: this.documents }, () => []);
      let number = 0;
      for (const byte of bytes) {
        if (byte) topics[number].push(this.names.topics[byte - 1]);
        else number += 1;
      }
      this.topics = topics.map((found) => (found.length ? found : [UNKNOWN]));
    }

    year(number) { return this.of_evaluation[this.of[number]].year; }

    // The values of a document, by facet.
    values(facet, number) {
      const { country, county, edition } = this.of_evaluation[this.of[number]];
      const [area, question] = this.names.spots[this.spot[number]];
      switch (facet) {
        case "kind": return this.kind[number] ? [KINDS[this.kind[number]]] : ["gold_star", "example"];
        case "area": return [area || UNKNOWN];
        case "question": return [question || UNKNOWN];
        case "topic": return this.topics[number];
        case "country": return [country];
        case "county": return [county];
        default: return [edition];
      }
    }

    passes(facet, chosen, number) {
      if (facet === "year") return this.inYears(chosen, number);
      return this.values(facet, number).some((value) => chosen.has(value));
    }

    // A range of years that is open at an end that is not chosen; a document without year is in none.
    inYears({ from, to }, number) {
      const year = this.year(number);
      return year > 0 && year >= from && year <= to;
    }

    // The documents that pass all facets, and by facet how many would pass with each of its values.
    count(candidates, chosen, names) {
      const set = Object.entries(chosen).filter(([, value]) => value);
      const passing = [], counts = Object.fromEntries(names.map((name) => [name, {}]));
      const tally = (name, number) => {
        const values = name === "year" ? [this.year(number) || UNKNOWN] : this.values(name, number);
        for (const value of values) counts[name][value] = (counts[name][value] ?? 0) + 1;
      };
      for (const number of candidates) {
        const failed = set.filter(([name, value]) => !this.passes(name, value, number));
        if (!failed.length) passing.push(number), names.forEach((name) => tally(name, number));
        else if (failed.length === 1 && failed[0][0] in counts) tally(failed[0][0], number);
      }
      return { passing, counts };
    }
  }

  // What is chosen as sets, a range of years as numbers; null where nothing is.
  function chosenAs({ from, to, ...chosen }) {
    const sets = Object.entries(chosen).map(([name, values]) => [name, values?.length ? new Set(values) : null]);
    return { ...Object.fromEntries(sets), year: from || to ? { from: Number(from) || 0, to: Number(to) || Infinity } : null };
  }

  return { Table, chosenAs };
})();
