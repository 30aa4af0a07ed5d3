// Lists of tasks by keyboard: J and K go down and up among the links marked `data-row`, X ticks the row; Enter is the
// link's own.

const typing = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && target.type !== "checkbox"));

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (!["j", "k", "x"].includes(key)) return;
  const links = [...document.querySelectorAll("[data-rows] a[data-row]")];
  const row = document.activeElement?.closest("tr, li");
  const here = row ? links.findIndex((link) => row.contains(link)) : -1;
  if (key === "x") {
    const tick = row?.querySelector('input[type="checkbox"]');
    if (!tick) return;
    tick.checked = !tick.checked;
    row.classList.toggle("on", tick.checked);
    event.preventDefault();
    return;
  }
  const next = links[Math.max(0, Math.min(links.length - 1, key === "j" ? here + 1 : here - 1))];
  if (next) { next.focus(); event.preventDefault(); }
});
