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
const OPTIONS = { mode: "vega-lite", renderer: "svg", ast: true, actions: false, hover: false, defaultStyle: false };

async function specification(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const text = await answer.text();
  const spec = JSON.parse(text.replace(/#00030\d/g, colour => `var(--k-${TOKENS[colour]})`));
  // A layer with nothing to show makes Vega warn of a scale without extent.
  spec.layer = spec.layer.filter(({ data }) => spec.datasets[data.name].length);
  return spec;
}

// Vega on an element that is not on the page yet: what is shown changes in one step, when all is ready.
async function drawn(vegaEmbed, spec, className) {
  const place = document.createElement("div");
  await vegaEmbed(place, spec, { ...OPTIONS, tooltip: tell });
  const chart = place.querySelector("svg");
  chart.setAttribute("class", className);
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", spec.description);
  for (const part of chart.querySelectorAll("[aria-roledescription]")) {
    part.removeAttribute("aria-roledescription");
    part.removeAttribute("role");
  }
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
  tip.style.top = `${Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
}

async function explore(button) {
  const figure = button.closest("figure");
  const { spec, narrow, vega } = button.dataset;
  const forms = [[spec, "k-wide"], [narrow, "k-narrow"]].filter(([address]) => address);
  const [{ vegaEmbed }, ...specs] = await Promise.all([
    import(new URL(vega, document.baseURI)),
    ...forms.map(([address]) => specification(address)),
  ]);
  const charts = await Promise.all(specs.map((one, number) => drawn(vegaEmbed, one, forms[number][1])));
  document.body.append(tip);
  for (const chart of charts) figure.querySelector(`:is(svg, img).${chart.getAttribute("class")}`)?.replaceWith(chart);
}

async function press(button) {
  if (button.getAttribute("aria-disabled")) return;
  const words = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.loading ?? words;
  try {
    await explore(button);
    button.textContent = button.dataset.done ?? words;
  } catch {
    button.textContent = button.dataset.error ?? words;
    button.removeAttribute("aria-disabled");
  }
}

for (const button of document.querySelectorAll("button.k-explore[data-spec][data-vega]")) {
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => press(button));
}
addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
