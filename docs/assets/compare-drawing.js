// Draws two series side by side as generator/charts/profile_drawing.py does: a dot and a diamond in each area.
// Wide, the names stand left of the tracks; narrow, each name stands above its own track.

const NAMESPACE = "http://www.w3.org/2000/svg";
const FORMS = {
  wide: { wide: true, left: 276, plot: 484, right: 40, bottom: 46, axis: [0, 25, 50, 75, 100] },
  narrow: { wide: false, left: 20, plot: 232, right: 36, bottom: 28, axis: [0, 50, 100] },
};
const LINE = 17, INDENT = 14, GAP = 10, HEAD_ABOVE = 20, HEAD_GAP = 8;
const colour = (token) => `var(--k-${token})`;

const pen = document.createElement("canvas").getContext("2d");
function width(text, size, weight = 400) {
  pen.font = `${weight} ${size}px Inter, system-ui, sans-serif`;
  return pen.measureText(text).width;
}

function wrapped(text, room) {
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (lines.length && width(`${lines[last]} ${word}`, 14) <= room - (last ? INDENT : 0)) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

function shape(tag, attributes, text) {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, typeof value === "number" ? Math.round(value * 10) / 10 : value);
  if (text !== undefined) element.textContent = text;
  return element;
}

const STYLES = {
  name: { "font-size": 14, fill: colour("ink") },
  own: { "font-size": 14, "font-weight": 600, fill: colour("ink") },
  other: { "font-size": 13, fill: colour("compare-text") },
  ownHead: { "font-size": 12, "font-weight": 600, fill: colour("accent") },
  otherHead: { "font-size": 12, fill: colour("compare-text") },
  note: { "font-size": 13, fill: colour("soft") },
};

const label = (style, x, y, text, anchor = "start") => shape("text", { ...STYLES[style], x, y: y + STYLES[style]["font-size"] * 0.35, "text-anchor": anchor }, text);

function places(rows, form, titles) {
  let top = form.wide ? 13 : 0;
  const headed = rows.find(({ one, other }) => one !== null && other !== null);
  return rows.map((row) => {
    const name = wrapped(`${row.area} ${titles[row.area - 1] ?? ""}`, form.wide ? form.left - 22 : form.left + form.plot + form.right);
    const half = Math.max(38, LINE * name.length + 4) / 2;
    const y = form.wide ? top + half : top + 9 + LINE * (name.length - 1) + 23 + (row === headed ? LINE : 0);
    const nameY = form.wide ? y - LINE * (name.length - 1) / 2 : top + 9;
    top = y + (form.wide ? half : 16);
    return { ...row, name, nameY, y, headed: row === headed };
  });
}

function numbers(place, form, words) {
  const at = (value) => form.left + form.plot * value / 100;
  const { one, other, y } = place, right = other === null || one === null || one >= other;
  const beside = (style, value, outward) => label(style, at(value) + (outward ? GAP : -GAP), y, String(value), outward ? "start" : "end");
  const found = [];
  if (one === null && other === null) found.push(label("note", form.left + 6, y, words.missing));
  if (one !== null) found.push(beside("own", one, right));
  if (other !== null) found.push(beside("other", other, one === null || !right));
  return found;
}

// The names of the series above the first row, kept apart and inside.
function heads(place, form, names) {
  const at = (value) => form.left + form.plot * value / 100;
  const right = place.one >= place.other, y = place.y - HEAD_ABOVE, end = form.left + form.plot + form.right;
  const sizes = [width(names[0], 12, 600), width(names[1], 12)];
  const [l, r] = right ? [1, 0] : [0, 1], values = [place.one, place.other];
  let left = at(values[l]) + 3 - sizes[l], far = at(values[r]) - 3;
  const push = Math.max(0, HEAD_GAP - (far - left - sizes[l])) / 2;
  [left, far] = [left - push, far + push];
  const over = Math.max(0, far + sizes[r] - end), under = Math.max(0, (form.wide ? form.left - form.left : 0) - left);
  const styles = ["ownHead", "otherHead"];
  return [label(styles[l], left - over + under, y, names[l]), label(styles[r], far - over + under, y, names[r])];
}

function marks({ one, other, y }, form) {
  const at = (value) => form.left + form.plot * value / 100, found = [];
  const edge = { stroke: colour("paper"), "stroke-width": 1.5 };
  if (one !== null && other !== null) found.push(shape("line", { x1: at(one), x2: at(other), y1: y, y2: y, stroke: colour("edge"), "stroke-width": 3 }));
  if (other !== null) found.push(shape("path", { d: "M0,-8L7,0L0,8L-7,0Z", transform: `translate(${Math.round(at(other) * 10) / 10},${Math.round(y * 10) / 10})`, fill: colour("compare"), ...edge }));
  if (one !== null) found.push(shape("circle", { cx: at(one), cy: y, r: 5.5, fill: colour("accent"), ...edge }));
  return found;
}

function grid(form, height, axis) {
  const found = form.axis.flatMap((value) => {
    const x = form.left + form.plot * value / 100;
    const anchor = value === 0 ? "start" : value === 100 ? "end" : "middle";
    const line = form.wide ? [shape("line", { x1: x, x2: x, y1: 0, y2: height, stroke: colour("line") })] : [];
    return [...line, label("note", x, height + 15, String(value), anchor)];
  });
  return form.wide ? [...found, label("note", form.left, height + 36, axis)] : found;
}

export function drawing(size, rows, { names, titles, description, missing, axis }) {
  const form = FORMS[size], all = places(rows, form, titles);
  const height = all.at(-1).y + 22, across = form.left + form.plot + form.right;
  const svg = shape("svg", { class: `k-${size}`, viewBox: `0 0 ${across} ${height + form.bottom}`, width: across, height: height + form.bottom, role: "img", "aria-label": description, focusable: "false", fill: "none" });
  svg.append(...grid(form, height, axis));
  for (const place of all) {
    svg.append(shape("line", { x1: form.left, x2: form.left + form.plot, y1: place.y, y2: place.y, stroke: colour("line") }));
    place.name.forEach((line, at) => svg.append(label("name", at ? INDENT : 0, place.nameY + LINE * at, line)));
    svg.append(...marks(place, form), ...numbers(place, form, { missing }));
    if (place.headed) svg.append(...heads(place, form, names));
  }
  return svg;
}
