// Tables sorted in the page: <table class="data" data-sort>, the heads to sort by hold a button and may start with an
// aria-sort. A cell may carry `data-value` to be compared by; group rows and a table foot stay where they are.

const language = document.documentElement.lang || "vi";
const order = new Intl.Collator(language, { numeric: true, sensitivity: "variant" });

const valueOf = (row, column) => {
  const cell = row.cells[column];
  return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
};

function compare(a, b) {
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return order.compare(a, b);
}

function sort(table, head) {
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  const column = head.cellIndex;
  for (const other of head.parentElement.cells) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  for (const body of table.tBodies) {
    const rows = [...body.rows];
    if (rows.some((row) => row.classList.contains("group"))) continue;
    const known = rows.filter((row) => valueOf(row, column) !== "");
    const unknown = rows.filter((row) => valueOf(row, column) === "");
    known.sort((a, b) => compare(valueOf(a, column), valueOf(b, column)) * (ascending ? 1 : -1));
    body.append(...known, ...unknown);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("table[data-sort] thead th button");
  if (button) sort(button.closest("table"), button.closest("th"));
});
