// Small comforts of the page frame. Nothing here is needed to read the site.

const menu = document.querySelector(".k-menu");

function closeMenu(event) {
  if (!menu?.open) return;
  if (event.type === "click" && !menu.contains(event.target)) menu.open = false;
  if (event.type === "keydown" && event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}

// The foot of a printed page: what it is, where it was, when it was printed (read by @page in the style sheet).
function writePrintFoot() {
  const parts = [document.title, location.host + location.pathname, new Date().toLocaleDateString("sv-SE")];
  document.documentElement.style.setProperty("--k-print-foot", JSON.stringify(parts.join(" · ")));
}

document.addEventListener("click", closeMenu);
document.addEventListener("keydown", closeMenu);
addEventListener("beforeprint", writePrintFoot);
