// Small comforts of the page frame. Nothing here is needed to read the site.

// What only some pages have is fetched by those; what helps to search, at the first sign of a reader's hand.
if (document.querySelector(".k-sortable, .k-filter")) import("./tables.js");
for (const sign of ["keydown", "pointerdown", "focusin"]) addEventListener(sign, () => import("./search-header.js"), { once: true });

// "Utforska" fetches what it needs when it is pressed. Whoever presses it the moment it is there is heard, too.
for (const button of document.querySelectorAll("button.k-explore")) {
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => import("./explore.js").then(({ press }) => press(button), () => { button.textContent = button.dataset.error; }));
}

const menu = document.querySelector(".k-menu");

function closeMenu(event) {
  if (!menu?.open) return;
  if (event.type === "click" && !menu.contains(event.target)) menu.open = false;
  if (event.type === "keydown" && event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}

// Where the page is, as it can be written on paper. A PDF that is made without knowing the site's host has only a path.
function place() {
  const known = document.querySelector("link[rel=canonical]")?.href;
  const { hostname, host, pathname, search } = location;
  const address = known ? known.replace(/^https?:\/\//, "") : (hostname.endsWith(".invalid") ? "" : host) + pathname;
  return decodeURI(address + search);
}

// The foot of a printed page: what it is, where it was, when it was printed (read by @page in the style sheet).
function writePrintFoot() {
  const lines = [document.title, `${place()} · ${new Date().toLocaleDateString("sv-SE")}`];
  const quoted = lines.map((line) => JSON.stringify(line).slice(1, -1)).join("\\a ");
  document.documentElement.style.setProperty("--k-print-foot", `"${quoted}"`);
}

// Code to paste elsewhere: its addresses made whole where the site was built without knowing its own, and one step to copy.
function offerCode(box) {
  const code = box.querySelector("textarea"), button = box.querySelector("button");
  code.value = code.value.replace(/\b(href|src|srcset)="\//g, `$1="${new URL("..", import.meta.url)}`);
  code.addEventListener("focus", () => code.select());
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.value);
      button.textContent = button.dataset.done;
    } catch {
      code.focus();
    }
  });
}

for (const box of document.querySelectorAll(".k-embed")) offerCode(box);
for (const address of document.querySelectorAll(".k-address")) address.textContent = place();
// The foot names the commit that the sources are of. It stands in a file of its own, which is asked for when it is seen.
async function nameVersion(link) {
  const answer = await fetch(link.href);
  if (!answer.ok) return;
  const { commit, changed } = await answer.json();
  const { version, changed: withChanges, unknown } = link.dataset;
  link.textContent = commit ? (changed ? withChanges : version).replace("{commit}", commit.slice(0, 12)) : unknown;
  if (commit) link.title = commit;
}

const version = document.querySelector("[data-version]");
if (version) {
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    nameVersion(version).catch(() => {});  // the link leads there anyway
  });
  seen.observe(version);
}

document.addEventListener("click", closeMenu);
document.addEventListener("keydown", closeMenu);
addEventListener("beforeprint", writePrintFoot);
