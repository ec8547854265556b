// Marks one municipality in a spread: its values in its own colour with a leader and a label, its rows in the table.
// What there is to choose is read from the table; where the marks stand, from the specification of the drawing.

// Where a label's letters may stand: below the label of the average.
const ROWS = [38, 26];

const choice = document.querySelector("[data-spread]"), figure = document.querySelector("figure.k-fig");
const [select, status] = [choice.querySelector("select"), choice.querySelector("[role=status]")];
const rows = [...document.querySelectorAll("table.k-table tbody tr")].flatMap(row => {
  const link = row.cells[0].querySelector("a"), slug = link?.getAttribute("href").match(/kommuner\/([^/]+)\//)?.[1];
  return slug ? [{ row, slug, name: link.textContent.trim() }] : [];
});

function shape(tag, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

// Name and place of what is chosen, in one drawing.
function marksOf(spec, names) {
  return [...spec.datasets.se, ...spec.datasets.others].flatMap(({ value, y, tip }) => {
    const name = names.find(each => tip.startsWith(`${each}: `));
    return name ? [{ label: `${name}: ${value}`, x: spec.padding.left + spec.width * value / 100, y: spec.padding.top + y }] : [];
  });
}

// A label stands above its mark, inside, in the first row where it meets no other text. Where none is free, the mark
// goes without: the line below the drawing says the same.
function labelled(layer, { label, x, y }, drawing) {
  const text = shape("text", { "font-size": 13, "font-weight": 600, fill: "var(--k-accent)", "text-anchor": "middle" }, label);
  const others = [...drawing.querySelectorAll("text")];
  layer.append(text);
  const half = text.getComputedTextLength() / 2, width = drawing.viewBox.baseVal.width;
  text.setAttribute("x", Math.min(Math.max(x, half), width - half));
  const row = ROWS.find(each => {
    text.setAttribute("y", each);
    return !others.some(other => meet(text.getBoundingClientRect(), other.getBoundingClientRect()));
  });
  if (row) layer.prepend(shape("line", { x1: x, x2: x, y1: row + 3, y2: y, stroke: "var(--k-accent)" }));
  else text.remove();
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function mark(drawing, spec, names) {
  drawing.querySelector(".k-chosen")?.remove();
  const layer = shape("g", { class: "k-chosen", "aria-hidden": "true" });
  const named = new Set([...drawing.querySelectorAll("text")].map(text => text.textContent));
  drawing.append(layer);
  for (const each of marksOf(spec, names)) {
    layer.append(shape("circle", { cx: each.x, cy: each.y, r: 5.5, fill: "var(--k-accent)", stroke: "var(--k-paper)", "stroke-width": 1.5 }));
    if (!named.has(each.label)) labelled(layer, each, drawing);
  }
}

// The names that are marked: of two choices in a hurry the later one, whichever answer comes last.
let marked;

async function show() {
  const { spec, narrow } = figure.querySelector(".k-explore").dataset;
  const chosen = rows.filter(({ slug }) => slug === select.value).sort((one, other) => one.name.localeCompare(other.name));
  const names = marked = chosen.map(({ name }) => name);
  for (const { row, slug } of rows) row.classList.toggle("k-chosen", slug === select.value);
  status.textContent = chosen.map(({ row, name }) => `${name}: ${row.cells[row.cells.length - 1].textContent.trim()}`).join(" · ");
  for (const [address, form] of [[spec, "k-wide"], [narrow, "k-narrow"]]) {
    const answer = await fetch(address);
    const told = answer.ok && await answer.json();
    if (told && names === marked) mark(figure.querySelector(`svg.${form}`), told, names);
  }
}

const places = new Map(rows.map(({ slug, name }) => [slug, name.replace(/ \d{4}$/, "")]));
for (const [slug, name] of [...places].sort((one, other) => one[1].localeCompare(other[1], "sv"))) select.append(new Option(name, slug));
const asked = new URLSearchParams(location.search).get("kommun");
if (places.has(asked)) {
  select.value = asked;
  show();
}
select.addEventListener("change", () => {
  history.replaceState(null, "", select.value ? `?kommun=${select.value}` : location.pathname);
  show();
});
// The other form of the drawing is seen now, and only what is seen can be measured.
matchMedia("(max-width: 44.99em)").addEventListener("change", () => select.value && show());
figure.addEventListener("k-opened", () => select.value && show());
