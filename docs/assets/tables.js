// Tables that can be ordered by any column, and a field that narrows the list of municipalities.
// Without script the tables are complete and in a sensible order.

const NUMBER = /^-?\d+$/;

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.key ?? cell.textContent.trim();
}

function compare(a, b) {
  if (NUMBER.test(a) && NUMBER.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

// What is missing stays last, whichever way the rest is turned.
function order(table, column, direction) {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, key: keyOf(row, column), missing: !row.cells[column].textContent.trim() || row.cells[column].matches(".k-missing") }));
  rows.sort((a, b) => a.missing - b.missing || direction * compare(a.key, b.key));
  body.append(...rows.map(({ row }) => row));
}

function press(table, column, head) {
  const direction = head.ariaSort === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  order(table, column, direction);
}

function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "k-sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => press(table, column, head));
    head.append(button);
  });
}

function fold(text) {
  return text.toLocaleLowerCase("sv").normalize("NFD").replace(/\p{M}/gu, "").replace(/ø/g, "o").replace(/æ/g, "a");
}

function makeFilter(field) {
  const rows = [...document.querySelectorAll(".k-sortable tbody tr")];
  const note = document.createElement("p");
  note.className = "k-note";
  note.setAttribute("aria-live", "polite");
  field.after(note);
  const narrow = () => {
    const wanted = fold(field.value.trim());
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fold(row.cells[0].textContent).includes(wanted);
      shown += !row.hidden;
    }
    note.textContent = shown ? "" : field.dataset.none;
    for (const table of document.querySelectorAll(".k-sortable")) {
      table.hidden = wanted !== "" && [...table.tBodies[0].rows].every((row) => row.hidden);
    }
  };
  field.addEventListener("input", narrow);
  if (field.value) narrow();     // this script may come after the first letters, and a browser may bring them back
}

document.querySelectorAll("table.k-sortable").forEach(makeSortable);
document.querySelectorAll(".k-filter input").forEach(makeFilter);
