// An opened chart by keyboard: one stop in the order of tabs, arrows from point to point, each saying its figure.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const AIR = 4;

// The marks that say something, from left to right and from top to bottom.
export function pointsOf(chart) {
  const marks = [...chart.querySelectorAll("path, line, rect")].filter(({ __data__: item }) => item?.tooltip);
  return marks.sort(({ __data__: one }, { __data__: other }) => one.x - other.x || one.y - other.y);
}

function ring(point) {
  const box = point.getBBox(), air = Math.max(AIR, Number(point.getAttribute("stroke-width")) / 2);
  const made = document.createElementNS(point.namespaceURI, "rect");
  const room = { x: box.x - AIR, y: box.y - air, width: box.width + 2 * AIR, height: box.height + 2 * air };
  for (const [name, value] of Object.entries(room)) made.setAttribute(name, value);
  made.setAttribute("transform", point.getAttribute("transform") ?? "");
  made.setAttribute("class", "k-ring");
  return made;
}

function focused(point, tell, hint) {
  if (!point.matches(":focus-visible")) return;
  const mark = ring(point), box = point.getBoundingClientRect();
  point.after(mark);
  point.addEventListener("blur", () => mark.remove(), { once: true });
  const said = [point.__data__.tooltip, hint].filter(Boolean).join(". ");
  tell(null, { clientX: box.left + box.width / 2, clientY: box.top, below: box.bottom }, point, said);
}

// What a key does: leads to another point, or takes the tip away.
function pressed(event, points, at, tell) {
  const ends = { Home: 0, End: points.length - 1 };
  const to = points[ends[event.key] ?? at + (STEPS[event.key] ?? NaN)];
  if (event.key === "Escape") tell(null, event, null, null);
  if (!to) return;
  event.preventDefault();
  points[at].setAttribute("tabindex", "-1");
  to.setAttribute("tabindex", "0");
  to.focus();
}

// The hint on how to go on is told once, with the first point.
export function walk(points, tell, hint) {
  let untold = hint;
  points.forEach((point, at) => {
    point.setAttribute("role", "img");
    point.setAttribute("aria-label", point.__data__.tooltip);
    point.setAttribute("tabindex", at ? "-1" : "0");
    point.addEventListener("focus", () => {
      focused(point, tell, untold);
      untold = "";
    });
    point.addEventListener("blur", event => tell(null, event, null, null));
    point.addEventListener("keydown", event => pressed(event, points, at, tell));
  });
}

// The chart as a group of points.
export function grouped(chart, label) {
  chart.setAttribute("role", "group");
  chart.setAttribute("aria-label", label);
  hushed(chart);
}

// What is drawn besides the points is said by them, or stands in the table.
export function hushed(chart) {
  for (const part of chart.querySelectorAll("[aria-roledescription]")) {
    part.removeAttribute("aria-roledescription");
    part.removeAttribute("role");
  }
  const points = new Set(pointsOf(chart));
  for (const part of chart.querySelectorAll("text, path, line, rect")) if (!points.has(part)) part.setAttribute("aria-hidden", "true");
}
