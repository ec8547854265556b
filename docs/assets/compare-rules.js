// What may stand side by side, what it comes to, and how it is said: the same rules as generator/analysis/comparison.py
// and generator/charts/comparisons.py, on the same words. Nothing here touches the page.

export const AREAS = [1, 2, 3, 4, 5, 6, 7, 8];
const AREA_MAXIMUM = 100, TOTAL_MAXIMUM = 800, UNKNOWN = "unknown";
const FEWEST_SUMMARISED = 5, SIZE_PERCENT = 30, NEXT = 2;

// Words ------------------------------------------------------------------------------------------------------------

export function speaker(words) {
  const say = (key, values = {}) => {
    const form = "n" in values && `${key}.other` in words ? `${key}.${values.n === 1 ? "one" : "other"}` : key;
    return words[form].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  say.counted = (value) => words[`count.${value}`] ?? say.number(value);
  say.number = (value) => value.toLocaleString("sv-SE").replace("-", "−");
  say.signed = (value) => (value === 0 ? "±0" : (value > 0 ? "+" : "") + say.number(value));
  return say;
}

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

// Series: evaluations, printed averages, and our median of a group ---------------------------------------------------

export function read(data) {
  const evaluations = data.evaluations.map((row) => evaluation(row, data));
  const averages = data.averages.map(([id, country, edition, year, name, label, basis, total, areas]) => (
    { kind: "average", slug: id, country, edition, year, name, label, basis, total: total === null ? null : { points: total, summed: false }, areas, questions: {} }));
  return { ...data, evaluations, averages, bySlug: new Map(evaluations.map((each) => [each.slug, each])) };
}

function evaluation([place, year, edition, total, areas, percents, exceptions], data) {
  const [name, country, county, population, populationYear] = data.places[place];
  const known = areas || AREAS.map(() => null);
  const full = known.every((value) => value !== null);
  const sum = () => ({ points: known.reduce((a, b) => a + b, 0), summed: true });
  return {
    kind: "evaluation", slug: `${place}-${year}`, place, year, edition, name: `${name} ${year}`, placeName: name, country, county, population, populationYear,
    total: total !== null ? { points: total, summed: false } : full ? sum() : null,
    areas: known, questions: percents ? questions(percents, exceptions || {}, data.editions[edition].questions) : {},
  };
}

// A percent says the points too, rounded; only where the print says otherwise they are sent.
function questions(percents, exceptions, table) {
  const found = {};
  Object.entries(table).forEach(([number, [, maximum]], place) => {
    const percent = percents[place];
    if (exceptions[number]) {
      const [points, own, share] = exceptions[number];
      found[number] = { points, maximum: own, percent: share };
    } else if (percent !== null && percent !== undefined) {
      found[number] = { points: Math.floor((2 * maximum * percent + 100) / 200), maximum, percent };
    }
  });
  return found;
}

// What compares ------------------------------------------------------------------------------------------------------

export function relation(one, other, data) {
  if (one.kind === "median" || other.kind === "median") return ["same", ""];
  if (one.edition === other.edition && one.edition !== UNKNOWN) return ["same", ""];
  if ([one.edition, other.edition].includes(UNKNOWN)) return ["total", ""];
  return data.relations[[one.edition, other.edition].sort().join("|")] ?? ["none", ""];
}

export const byArea = (level) => level === "same" || level === "note";

// A printed average stands beside evaluations of its own country and structure of areas only.
export function mayStandBeside(average, one, data) {
  if (average.country !== one.country) return false;
  const [level] = relation(one, average, data);
  if (byArea(level)) return true;
  const [from, to] = [one.year, average.year].sort((a, b) => a - b);
  return [one.edition, average.edition].includes(UNKNOWN) && average.total !== null && !data.breaks.some((year) => from < year && year <= to);
}

// Whole points are at most a half away from the score they stand for: a step of one is within rounding.
function step(before, after) {
  if (Math.abs(after - before) <= 1) return "unchanged";
  return after > before ? "more" : "fewer";
}

// The true scores behind a question, in two-hundredths of a point: whole numbers, so that nothing is rounded again.
function interval({ points, percent }, maximum) {
  const ends = [[0, 200 * maximum]];
  if (points !== null) ends.push([200 * points - 100, 200 * points + 100]);
  if (percent !== null) ends.push([(2 * percent - 1) * maximum, (2 * percent + 1) * maximum]);
  const low = Math.max(...ends.map(([end]) => end)), high = Math.min(...ends.map(([, end]) => end));
  return ends.length > 1 && low <= high ? { low, high } : null;
}

function wayBetween(before, after) {
  if (!before || !after) return null;
  if (after.low > before.high) return "more";
  return after.high < before.low ? "fewer" : "unchanged";
}

export function comparison(one, other, data) {
  const [level, why] = relation(one, other, data);
  const totals = one.total && other.total && level !== "none" ? [one.total, other.total] : null;
  const rows = byArea(level) ? AREAS.map((area) => row(area, one.areas[area - 1], other.areas[area - 1])) : [];
  const compared = rows.filter(({ difference }) => difference !== null);
  const bySize = [...compared].sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || a.area - b.area);
  const found = { one, other, level, why, totals, areas: compared.length ? rows : [], compared, bySize, questions: level === "same" ? sameQuestions(one, other, data) : [] };
  return { ...found, ...ground(found) };
}

function row(area, one, other) {
  const known = one !== null && other !== null;
  return { area, one, other, difference: known ? one - other : null, way: known ? step(other, one) : null };
}

function ground({ one, other, level, compared, totals }) {
  const rests = compared.length === AREAS.length ? "areas" : compared.length ? "some_areas" : totals ? "total" : "nothing";
  if (rests === "areas") return { ground: rests, reason: "" };
  const unknown = [one.edition, other.edition].includes(UNKNOWN);
  return { ground: rests, reason: byArea(level) ? "not_printed" : unknown ? "edition_unknown" : "editions" };
}

function sameQuestions(one, other, data) {
  if (one.edition !== other.edition || !(one.edition in data.editions)) return [];
  return Object.entries(data.editions[one.edition].questions).flatMap(([number, [title, maximum]]) => {
    const [ours, theirs] = [one.questions[number], other.questions[number]];
    if (!ours || !theirs || [ours, theirs].some((each) => each.maximum !== null && each.maximum !== maximum)) return [];
    return [{ number, title, maximum, one: ours, other: theirs, way: wayBetween(interval(theirs, maximum), interval(ours, maximum)) }];
  });
}

// How it is said -----------------------------------------------------------------------------------------------------

export function title(found, say) {
  if (!found.compared.length) {
    return found.totals ? say("title_total", { one: found.totals[0].points, other: found.totals[1].points }) : say("title_nothing");
  }
  if (found.compared.every(({ way }) => way === "unchanged")) return say("title_within");
  return say("title_largest", found.bySize[0]);
}

export function sentence(found, say) {
  const parts = found.compared.length ? [...lead(found, say), ...largest(found, say)] : [];
  if (found.totals) parts.push(say("total", { one: found.totals[0].points, other: found.totals[1].points }));
  return parts.join(" ");
}

function lead({ compared, one, other }, say) {
  const count = (wanted) => compared.filter(({ way }) => way === wanted).length;
  const areas = (n) => (n ? say("areas", { n, count: say.counted(n) }) : say("no_areas"));
  const [more, fewer, within] = ["more", "fewer", "unchanged"].map(count);
  const [first, second] = more >= fewer ? [[one, more], [other, fewer]] : [[other, fewer], [one, more]];
  const parts = [];
  if (more || fewer) parts.push(say("lead_more", { one: first[0].name, areas: areas(first[1]), other: second[0].name, others: areas(second[1]) }));
  if (within) parts.push(say("lead_within", { areas: capital(areas(within)) }));
  return parts;
}

function largest({ bySize }, say) {
  const rows = bySize.filter(({ way }) => way !== "unchanged");
  if (!rows.length) return [];
  const size = (each) => ({ ...each, difference: Math.abs(each.difference) });
  const more = rows.slice(1, 1 + NEXT).map((each) => say("next_area", size(each)));
  const further = more.length ? [say("next", { n: more.length, areas: more.join(` ${say("and")} `) })] : [];
  return [say("largest", size(rows[0])), ...further];
}

export function basis(found, say) {
  if (found.ground === "areas") return say("basis_areas");
  const n = found.compared.length;
  if (found.ground === "some_areas") return say("basis_some_areas", { n, count: say.counted(n) });
  return say(`basis_${found.ground}_${found.reason}`);
}

// The group ----------------------------------------------------------------------------------------------------------

export function peers(first, rule, data) {
  const newest = new Map();
  for (const other of data.evaluations) {
    if (other.place !== first.place && fits(first, other, rule, data)) newest.set(other.place, other);
  }
  return [...newest.values()];
}

function fits(first, other, rule, data) {
  const [level] = relation(first, other, data);
  if (level === "none" || (rule.areas && !byArea(level))) return false;
  if (rule.areas ? other.areas.every((value) => value === null) : !other.total) return false;
  if (rule.country && other.country !== first.country) return false;
  if (rule.county && (!first.county || other.county !== first.county)) return false;
  if (!rule.size || first.population === null) return true;
  return other.population !== null && Math.abs(other.population - first.population) * 100 <= SIZE_PERCENT * first.population;
}

// Those that got certainly more than the first on the total, an area or a question.
export function better(group, first, on, data) {
  if (!on) return group;
  return group.filter((other) => {
    const found = comparison(other, first, data);
    if (on === "total") return found.totals && step(found.totals[1].points, found.totals[0].points) === "more";
    if (on.includes(".")) return found.questions.some(({ number, way }) => number === on && way === "more");
    return found.compared.some(({ area, way }) => String(area) === on && way === "more");
  });
}

// Our own median, from five values on: per area and for the total, each over the evaluations that have it.
export function median(group, name) {
  const middle = (values) => {
    const known = values.filter((value) => value !== null && value !== undefined).sort((a, b) => a - b);
    if (known.length < FEWEST_SUMMARISED) return null;
    const at = (known.length - 1) / 2;
    return Math.round((known[Math.floor(at)] + known[Math.ceil(at)]) / 2);
  };
  const total = middle(group.map((each) => (each.total ? each.total.points : null)));
  const areas = AREAS.map((area) => middle(group.map((each) => each.areas[area - 1])));
  if (total === null && areas.every((value) => value === null)) return null;
  return { kind: "median", slug: "median", name, edition: "", areas, questions: {}, total: total === null ? null : { points: total, summed: false } };
}

export const enough = (group) => group.length >= FEWEST_SUMMARISED;

// The file of figures ------------------------------------------------------------------------------------------------

export function rowsOfFile(series, data, say) {
  const first = series[0], titles = data.editions[first.edition]?.titles ?? [];
  const heads = [say("csv_level"), say("csv_number"), say("csv_title"), ...series.map(({ name }) => name)];
  const beside = series.map((each) => (each === first ? null : comparison(first, each, data)));
  const area = (n) => series.map((each, at) => (at && !beside[at].areas.length ? null : each.areas[n - 1]));
  const rows = [["total", "", "", ...series.map((each, at) => (at && !beside[at].totals ? null : each.total?.points ?? null))]];
  for (const n of AREAS) rows.push(["area", n, titles[n - 1] ?? "", ...area(n)]);
  for (const [number, [title]] of Object.entries(data.editions[first.edition]?.questions ?? {})) {
    const cells = series.map((each, at) => (at && beside[at].level !== "same" ? null : each.questions[number]?.points ?? null));
    if (cells.some((value) => value !== null)) rows.push(["question", number, title, ...cells]);
  }
  if (series.length !== 2) return [heads, ...rows];
  const difference = ([, , , one, other]) => (one === null || other === null ? null : one - other);
  return [[...heads, say("csv_difference")], ...rows.map((cells) => [...cells, difference(cells)])];
}

// As generator/text/tables.py writes it: no text stands so that a spreadsheet takes it for a formula.
export function csv(rows) {
  const harmless = (cell) => (typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell ?? "");
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${String(cell).replace(/"/g, '""')}"` : String(cell));
  return rows.map((cells) => cells.map((cell) => quoted(harmless(cell))).join(",") + "\r\n").join("");
}

export { AREA_MAXIMUM, TOTAL_MAXIMUM };
