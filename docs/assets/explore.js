// "Utforska": loads Vega when asked, and puts a chart that can be pointed at in the place of the drawing, size for size.
// Everything it shows is already on the page as drawing, table and sentence; without it nothing is missing.

// The placeholder colours of the specifications and the tokens they stand for (generator/charts/colours.py).
const TOKENS = {
  "#000301": "accent",
  "#000302": "compare",
  "#000303": "compare-text",
  "#000304": "ink",
  "#000305": "soft",
  "#000306": "line",
  "#000307": "edge",
  "#000308": "paper",
  "#000309": "tint",
};
const OPTIONS = { mode: "vega-lite", renderer: "svg", ast: true, actions: false, hover: false, defaultStyle: false, logLevel: 1 };

async function specification(address, empty = false) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const text = await answer.text();
  const spec = JSON.parse(text.replace(/#00030\d/g, colour => `var(--k-${TOKENS[colour]})`));
  // A layer with nothing to show makes Vega warn of a scale without extent.
  if (!empty) spec.layer = spec.layer.filter(({ data }) => spec.datasets[data.name].length);
  return spec;
}

// Vega on an element that is not on the page yet: what is shown changes in one step, when all is ready.
async function drawn(vegaEmbed, spec, className) {
  const place = document.createElement("div");
  await vegaEmbed(place, spec, { ...OPTIONS, tooltip: tell });
  const chart = place.querySelector("svg");
  chart.setAttribute("class", className);
  return chart;
}

const tip = document.createElement("div");
tip.className = "k-tip";
tip.hidden = true;

function tell(handler, event, item, value) {
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  tip.textContent = value;
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(event.clientX + 12, room))}px`;
  const above = event.clientY - tip.offsetHeight - 12;
  tip.style.top = `${above < 8 ? (event.below ?? event.clientY) + 12 : above}px`;
}

// A figure's two drawings, each replaced by a chart of the same size.
async function drawings(figure, button, { vegaEmbed, grouped, pointsOf, walk }) {
  const forms = [[button.dataset.spec, "k-wide"], [button.dataset.narrow, "k-narrow"]].filter(([address]) => address);
  const specs = await Promise.all(forms.map(([address]) => specification(address)));
  const charts = await Promise.all(specs.map((spec, number) => drawn(vegaEmbed, spec, forms[number][1])));
  charts.forEach((chart, number) => {
    figure.querySelector(`:is(svg, img).${forms[number][1]}`)?.replaceWith(chart);
    grouped(chart, specs[number].description);
    walk(pointsOf(chart), tell, button.dataset.keys);
  });
}

// A table of questions draws its bars itself. Each is replaced by a chart that says what its row says.
async function bars(table, button, { vegaEmbed, hushed, pointsOf, walk }) {
  const spec = await specification(button.dataset.spec, true);
  const rows = [...table.tBodies[0].rows].filter(row => row.querySelector(".k-bar"));
  const charts = await Promise.all(rows.map(row => drawn(vegaEmbed, barOf(row, spec), "k-bar")));
  charts.forEach((chart, number) => rows[number].querySelector(".k-bar").replaceWith(chart));
  charts.forEach(hushed);
  walk(charts.flatMap(pointsOf), tell, button.dataset.keys);
}

function barOf(row, spec) {
  const bar = row.querySelector(".k-bar"), [frame, fill] = [...bar.querySelectorAll("rect")].map(part => parseFloat(part.getAttribute("width")));
  const said = [...row.cells].filter(cell => !cell.contains(bar)).map(cell => cell.textContent.replace(/\s+/g, " ").trim());
  return { ...spec, width: bar.getBoundingClientRect().width, datasets: { bars: [{ from: 0, frame, fill, tip: `${said[0]} ${said.slice(1).join(", ")}` }] } };
}

async function explore(button) {
  const figure = button.closest("figure"), table = figure.querySelector("table.k-questions");
  const loaded = await Promise.all([import(new URL(button.dataset.vega, document.baseURI)), import("./explore-keys.js")]);
  await (table ? bars : drawings)(table ?? figure, button, { ...loaded[0], ...loaded[1] });
  document.body.append(tip);
  figure.dispatchEvent(new Event("k-opened"));
  if (button.matches(":focus-visible")) [...figure.querySelectorAll('[role="img"][tabindex="0"]')].find(point => point.getClientRects().length)?.focus();
}

export async function press(button) {
  if (button.getAttribute("aria-disabled")) return;
  const words = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.loading ?? words;
  try {
    await explore(button);
    button.textContent = words;
  } catch {
    button.textContent = button.dataset.error ?? words;
    button.removeAttribute("aria-disabled");
  }
}

addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
