// What /jamfor/ shows of a choice: finding, drawing, sentence, what it rests on, and the tables with the same figures.

import { AREAS, basis, comparison, csv, rowsOfFile, sentence, title } from "./compare-rules.js";
import { drawing } from "./compare-drawing.js";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function results(series, context) {
  const { say } = context, [first, ...others] = series;
  const pairs = others.map((other) => comparison(first, other, context.data));
  const names = series.filter(({ kind }) => kind === "evaluation").map(({ name }) => name);
  const heading = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} ${say("and")} ${names.at(-1)}`;
  const content = [
    ...(context.unknown.length ? [notice([say("unknown_choice", { names: context.unknown.join(", ") })])] : []),
    ...pairs.map((pair) => figure(pair, context, pairs.length > 1)),
    tools(series, context),
    areasTable(series, pairs, context),
    ...notes(series, context),
    ...pairs.filter((pair) => pair.questions.length).map((pair) => questionsTable(pair, context)),
  ];
  const finding = pairs.length ? `${title(pairs[0], say)}. ${sentence(pairs[0], say)}` : heading;
  return { heading, content, finding };
}

function notice(lines) {
  return make("div", { class: "k-notice" }, ...lines.map((line) => make("p", {}, line)));
}

// One pair: the drawing only where areas compare, else the totals in words and why.
function figure(pair, { data, say, bySize }, many) {
  const { one, other } = pair, names = [one.name, other.name], spoken = sentence(pair, say);
  const found = make("figure", { class: "k-fig" });
  found.append(make("h2", { class: "k-finding" }, many ? `${say("and_names", { one: names[0], other: names[1] })}: ${title(pair, say).replace(/^./, (letter) => letter.toLowerCase())}` : title(pair, say)));
  if (pair.areas.length) {
    const keys = [make("span", { class: "k-key k-key--own" }, names[0]), " ", make("span", { class: "k-key k-key--other" }, other.label ?? names[1])];
    found.append(make("p", { class: "k-measure" }, `${say("measure")} `, ...keys));
    const rows = bySize ? [...pair.bySize, ...pair.areas.filter(({ difference }) => difference === null)] : pair.areas;
    const words = { names, titles: data.editions[one.edition]?.titles ?? [], description: spoken, missing: say("not_published"), axis: say("axis") };
    found.append(drawing("wide", rows, words), drawing("narrow", rows, words));
  }
  found.append(make("figcaption", { class: "k-sentence" }, spoken));
  found.append(notice(grounds(pair, data, say)));
  return found;
}

// What the comparison rests on: areas, editions and how far apart in time.
function grounds({ one, other, why, ...pair }, data, say) {
  const edition = ({ edition: name }) => (name === "unknown" ? say("edition_unknown") : name);
  const lines = [basis({ ...pair, one, other }, say)];
  if (other.kind !== "median") {
    const same = one.edition === other.edition && one.edition !== "unknown";
    lines[0] += ` ${same ? say("made_with_same", { edition: one.edition }) : say("made_with", { one: edition(one), other: edition(other) })}`;
  }
  if (why) lines.push(why);
  const apart = Math.abs((one.year ?? 0) - (other.year ?? 0));
  if (one.place !== other.place && other.kind === "evaluation" && apart >= data.old) lines.push(say("ages", { n: apart }));
  return lines;
}

function tools(series, { data, say }) {
  const file = new Blob([csv(rowsOfFile(series, data, say))], { type: "text/csv;charset=utf-8" });
  const reader = URL.createObjectURL(file);
  return make("p", { class: "k-tools" },
    make("button", { type: "button", class: "k-link", "data-do": "copy" }, say("copy")), " ",
    make("a", { href: reader, download: `${say("csv_name")}-${series.map(({ slug }) => slug).join("-")}.csv` }, say("csv")), " ",
    make("button", { type: "button", class: "k-link", "data-do": "print" }, say("print")));
}

function notes(series, { data, say, group }) {
  const summed = series.filter(({ total }) => total?.summed).map(({ name, total }) => say("summed", { name, points: total.points }));
  const averages = series.filter(({ kind }) => kind === "average").map(({ label, basis: rests }) => say("average_note", { name: label, basis: rests }));
  const medians = series.filter(({ kind }) => kind === "median").map(() => say("group_median_note", { n: group.length, names: group.map(({ name }) => name).join(", ") }));
  const old = series.filter(({ kind, year }) => kind === "evaluation" && data.day - year >= data.old).map(({ name, year }) => say("age", { name, age: say("aged", { n: data.day - year }) }));
  const lines = [...summed, ...averages, ...medians, ...old];
  return lines.length ? [make("p", { class: "k-note" }, lines.join(" "))] : [];
}

// Tables -----------------------------------------------------------------------------------------------------------

function table(caption, heads, rows, foot, label) {
  const head = make("tr", {}, ...heads.map((text, at) => make("th", { scope: "col", class: at ? "k-num" : undefined }, text)));
  const lines = (cells) => make("tr", {}, ...cells.map((cell, at) => at ? cell : make("th", { scope: "row" }, cell)));
  const found = make("table", { class: "k-table" }, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...rows.map(lines)));
  if (foot) found.append(make("tfoot", {}, lines(foot)));
  return heads.length > 3 ? make("div", { class: "k-scroll", tabindex: "0", role: "region", "aria-label": label }, found) : found;
}

const number = (text, own) => make("td", { class: own ? "k-num k-own" : "k-num" }, text);

function difference(value, way, say) {
  if (value === null) return number("");
  if (way !== "unchanged" || value === 0) return number(say.signed(value));
  const long = make("span", { class: "k-wide" }, say("within_short", { change: say.signed(value) }));
  const cell = number("");
  cell.append(long, make("span", { class: "k-narrow" }, say.signed(value)));
  return cell;
}

function areasTable(series, pairs, { data, say, bySize }) {
  const [first] = series, two = series.length === 2, titles = data.editions[first.edition]?.titles ?? [];
  const heads = [say("head_area"), ...series.map(({ name }) => name), ...(two ? [say("head_difference")] : [])];
  const order = two && bySize ? [...pairs[0].bySize.map(({ area }) => area), ...AREAS.filter((area) => !pairs[0].compared.some((row) => row.area === area))] : AREAS;
  const value = (each, at, area) => {
    if (at && !pairs[at - 1].areas.length) return make("td", { class: "k-num k-missing" }, pairs[at - 1].reason === "not_printed" ? say("not_published") : say("other_edition"));
    const points = each.areas[area - 1];
    return points === null ? make("td", { class: "k-num k-missing" }, say("not_published")) : number(String(points), !at);
  };
  const rows = order.map((area) => {
    const cells = [`${area} ${titles[area - 1] ?? ""}`.trim(), ...series.map((each, at) => value(each, at, area))];
    const row = two && pairs[0].areas.find((found) => found.area === area);
    return two ? [...cells, difference(row ? row.difference : null, row?.way, say)] : cells;
  });
  const total = ({ total: found }, at) => (found ? number(`${found.points}${found.summed ? " *" : ""}`, !at) : make("td", { class: "k-num k-missing" }, say("not_published")));
  const foot = [say("total_of"), ...series.map(total)];
  if (two) foot.push(pairs[0].totals ? difference(...totals(pairs[0]), say) : number(""));
  const shown = series.some((each) => each.areas.some((points) => points !== null)) && titles.length ? rows : [];
  const caption = two ? say("table_caption", { one: series[0].name, other: series[1].name }) : say("series_caption");
  return table(caption, heads, shown, foot, caption);
}

function totals({ totals: [one, other] }) {
  const value = one.points - other.points;
  return [value, Math.abs(value) <= 1 ? "unchanged" : ""];
}

function questionsTable({ one, other, questions }, { say }) {
  const said = ({ points, percent }, maximum) => {
    if (points === null) return percent === null ? say("not_published") : say("percent", { percent });
    return percent === null ? say("of", { points, maximum }) : say("of_percent", { points, maximum, percent });
  };
  const rows = questions.map((row) => {
    const both = row.one.points !== null && row.other.points !== null;
    return [`${row.number} ${row.title}`, number(said(row.one, row.maximum), true), number(said(row.other, row.maximum)), difference(both ? row.one.points - row.other.points : null, row.way, say)];
  });
  const caption = say("questions_caption", { edition: one.edition });
  return table(caption, [say("head_question"), one.name, other.name, say("head_difference")], rows, null, caption);
}
