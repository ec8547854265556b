// The facets: which values records have, and how many hits each value would give.
// A facet ignores its own selection when it counts, so that choosing one value does not empty its neighbours.
"use strict";

var facets = (() => {
  const UNKNOWN = "okant";      // the value, in the address too, of a record that does not say
  const or = (values) => (values.length ? values : [UNKNOWN]);
  const VALUES = {
    kind: (record) => (record.kind === "gold_star" ? ["gold_star", "example"] : [record.kind]),
    area: (record) => or([record.area_key].filter(Boolean)),
    topic: (record) => or(record.topics ?? []),
    country: (record) => [record.country],
    year: (record) => or([record.year].filter(Boolean).map(String)),
  };
  const NAMES = Object.keys(VALUES);
  let values, sizes, labels;

  function prepare(records, manifest) {
    labels = manifest.labels;
    values = records.map((record) => Object.fromEntries(NAMES.map((name) => [name, VALUES[name](record)])));
    sizes = tally(values.map((_, position) => position), NAMES);
  }

  function tally(positions, names) {
    const counts = Object.fromEntries(names.map((name) => [name, {}]));
    for (const position of positions) {
      for (const name of names) for (const value of values[position][name]) counts[name][value] = (counts[name][value] ?? 0) + 1;
    }
    return counts;
  }

  const size = (name, value) => sizes[name][value] ?? 0;

  // Every value of a facet in its lasting order: as the labels come, topics by size, years from the newest.
  function all() {
    const bySize = (a, b) => (a === UNKNOWN) - (b === UNKNOWN) || size("topic", b) - size("topic", a) || (a < b ? -1 : 1);
    const unknownLast = (name, known) => [...known, ...(sizes[name][UNKNOWN] ? [UNKNOWN] : [])];
    const years = Object.keys(sizes.year).filter((year) => year !== UNKNOWN).sort().reverse();
    return {
      kind: Object.keys(labels.kind).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)),
      area: unknownLast("area", areasInOrder()),
      topic: Object.keys(sizes.topic).sort(bySize),
      country: Object.keys(labels.country).sort((a, b) => size("country", b) - size("country", a)),
      year: unknownLast("year", years),
    };
  }

  const ORDER = ["gold_star", "example", "strength"];

  // Areas of the structure that most records belong to come first, and there also those without a hit.
  function areasInOrder() {
    const structure = (key) => key.replace(/-\d+$/, "");
    const total = {};
    for (const key of Object.keys(labels.area)) total[structure(key)] = (total[structure(key)] ?? 0) + size("area", key);
    return Object.keys(labels.area).sort((a, b) => total[structure(b)] - total[structure(a)] || (a < b ? -1 : 1));
  }

  function count(positions, chosen) {
    const sets = NAMES.map((name) => [name, new Set(chosen[name])]);
    const failing = (position) => sets.filter(([name, set]) => set.size && !values[position][name].some((value) => set.has(value))).map(([name]) => name);
    const passing = [], only = Object.fromEntries(NAMES.map((name) => [name, []]));
    for (const position of positions) {
      const failed = failing(position);
      if (!failed.length) passing.push(position);
      else if (failed.length === 1) only[failed[0]].push(position);
    }
    const counts = Object.fromEntries(NAMES.map((name) => [name, tally([...passing, ...only[name]], [name])[name]]));
    return { passing, counts };
  }

  return { prepare, all, count, size };
})();
