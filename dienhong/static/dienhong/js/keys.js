// Keys: "/" goes to the search, "?" shows the keys, "g" and a letter goes to a desk, `data-key="N"` presses that act.

const typing = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

let going = 0;

const word = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, svg, .sr").forEach((one) => one.remove());
  return (element.getAttribute("aria-label") || copy.textContent).trim();
};

const shown = (element) => element.getClientRects().length > 0 && element.getAttribute("aria-disabled") !== "true";

function row(keys, words) {
  const term = document.createElement("dt");
  for (const key of keys) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap, " ");
  }
  const meaning = document.createElement("dd");
  meaning.textContent = words;
  return [term, meaning];
}

function showKeys(dialog) {
  const list = dialog.querySelector(".shortcuts");
  list.querySelectorAll("[data-added]").forEach((one) => one.remove());
  const rows = [
    ...[...document.querySelectorAll("[data-key]")].filter(shown).flatMap((one) => row([one.dataset.key], word(one))),
    ...[...document.querySelectorAll("[data-go]")].filter(shown).flatMap((one) => row(["g", one.dataset.go], word(one))),
  ];
  for (const one of rows) { one.dataset.added = ""; list.append(one); }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key;
  if (going && key.length === 1) {
    clearTimeout(going);
    going = 0;
    const desk = document.querySelector(`[data-go="${CSS.escape(key.toLowerCase())}"]`);
    if (desk) { event.preventDefault(); desk.click(); }
    return;
  }
  if (key === "/") {
    const search = document.querySelector('.find input[type="search"]');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (key === "?") {
    const dialog = document.getElementById("shortcuts");
    if (dialog) { event.preventDefault(); showKeys(dialog); }
  } else if (key === "g" && document.querySelector("[data-go]")) {
    going = setTimeout(() => { going = 0; }, 1500);
  } else if (key.length === 1) {
    const act = [...document.querySelectorAll(`[data-key="${CSS.escape(key.toUpperCase())}"]`)].find(shown);
    if (act) { event.preventDefault(); act.click(); }
  }
});
