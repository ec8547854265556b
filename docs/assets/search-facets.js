// The facets: which values documents have, and how many hits each value would give.
// A facet ignores its own selection when it counts, so that choosing one value does not empty its neighbours.
"use strict";

var facets = (() => {
  const UNKNOWN = "okant";      // the value, in the address too, of a document that does not say
  const KINDS = ["gold_star", "example", "strength"];

  // A facet puts every document at a place, and every place has values. Hits are counted by place: a document costs one sum.
  class Facet {
    constructor(places, values) { Object.assign(this, { places, values }); }

    // Which places pass, as ones; a range of years is open at an end that is not chosen, and no year is in none.
    passing(chosen) {
      const passes = chosen instanceof Set ? (value) => chosen.has(value) : (year) => year >= chosen.from && year <= chosen.to;
      return Uint8Array.from(this.values, (values) => values.some(passes));
    }

    // By value, how many documents the places hold.
    told(counted) {
      const counts = {};
      counted.forEach((count, place) => { if (count) for (const value of this.values[place]) counts[value] = (counts[value] ?? 0) + count; });
      return counts;
    }
  }

  class Table {
    constructor(bytes, documents) {
      const reader = new chunks.Reader(bytes), head = reader.json();
      Object.assign(this, { documents, labels: head.labels, names: head });
      const { county, year, edition, kinds } = this.evaluations(reader);
      this.kind = new Uint8Array(documents), this.spot = new Uint16Array(documents), this.of = new Uint32Array(documents);
      let number = 0;
      year.forEach((_, evaluation) => kinds.forEach((column, kind) => {
        for (let count = column[evaluation], spot = 0; count; count -= 1) {
          spot += reader.varint();
          this.kind[number] = kind, this.spot[number] = spot, this.of[number] = evaluation, number += 1;
        }
      }));
      this.years = year;
      const ofEvaluation = (values) => new Facet(this.of, values.map((value) => [value || UNKNOWN]));
      const ofSpot = (part) => new Facet(this.spot, head.spots.map((spot) => [spot[part] || UNKNOWN]));
      this.facets = {
        kind: new Facet(this.kind, [["gold_star", "example"], ["example"], ["strength"]]), area: ofSpot(0), question: ofSpot(1),
        country: ofEvaluation(county.map((place) => head.counties[place][0])), county: ofEvaluation(county.map((place) => head.counties[place][1])),
        edition: ofEvaluation(edition.map((place) => head.editions[place])), year: ofEvaluation(year),
      };
    }

    evaluations(reader) {
      const count = reader.varint();
      const [county, year, edition, ...kinds] = Array.from({ length: 3 + KINDS.length }, () => reader.varints(count));
      return { county, year, edition, kinds };
    }

    // Documents with the same topics are at one place: it is found step by step, from that of the topics before.
    addTopics(bytes) {
      if (this.facets.topic) return;
      const { topics, spots } = this.names, areas = this.topicsOfAreas(bytes), ofSpot = spots.map(([area]) => areas.get(area));
      const places = new Uint32Array(this.documents), values = [[]], after = new Map();
      const on = (place, topic) => {
        const way = place * topics.length + topic;
        if (!after.has(way)) after.set(way, values.push([...values[place], topics[topic]]) - 1);
        return after.get(way);
      };
      for (let number = 0; number < this.documents; number += 1) {
        const { list, first, later } = ofSpot[this.spot[number]];
        let at = -1, place = 0;
        for (let step = first.varint(); step; step = step & 1 ? 0 : later.varint()) place = on(place, list[at += step >> 1]);
        places[number] = place;
      }
      this.facets.topic = new Facet(places, values.map((found) => (found.length ? found : [UNKNOWN])));
    }

    // By area its list of topics, and where its documents tell their first steps through it and their later ones.
    topicsOfAreas(bytes) {
      const reader = new chunks.Reader(bytes), names = [...new Set(this.names.spots.map(([area]) => area))];
      const areas = new Map(names.map((area) => [area, { list: reader.varints(reader.varint()), lengths: reader.varints(2) }]));
      for (const one of areas.values()) one.first = new chunks.Reader(reader.take(one.lengths[0]));
      for (const one of areas.values()) one.later = new chunks.Reader(reader.take(one.lengths[1]));
      return areas;
    }

    year(number) { return this.years[this.of[number]]; }

    // The documents that pass all facets, and by facet how many would pass with each of its values.
    count(candidates, chosen, names) {
      const tallies = names.map((name) => ({ name, places: this.facets[name].places, at: new Uint32Array(this.facets[name].values.length) }));
      const tests = Object.keys(chosen).filter((name) => chosen[name]).map((name) => (
        { places: this.facets[name].places, passes: this.facets[name].passing(chosen[name]), own: tallies.find((tally) => tally.name === name) }));
      const passing = [];
      for (const number of candidates) {
        let failed = 0, own;
        for (const test of tests) if (!test.passes[test.places[number]]) failed += 1, own = test.own;
        if (!failed) {
          passing.push(number);
          for (const { places, at } of tallies) at[places[number]] += 1;
        } else if (failed === 1 && own) own.at[own.places[number]] += 1;
      }
      return { passing, counts: Object.fromEntries(tallies.map(({ name, at }) => [name, this.facets[name].told(at)])) };
    }
  }

  // What is chosen as sets, a range of years as numbers; null where nothing is.
  function chosenAs({ from, to, ...chosen }) {
    const sets = Object.entries(chosen).map(([name, values]) => [name, values?.length ? new Set(values) : null]);
    return { ...Object.fromEntries(sets), year: from || to ? { from: Number(from) || 0, to: Number(to) || Infinity } : null };
  }

  return { Table, chosenAs };
})();
