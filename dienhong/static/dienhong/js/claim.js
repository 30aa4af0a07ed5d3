// Building a claim: each choice shows at once the sentence and what the record says of it, the same page asked again. What
// the kind of claim does not ask for is hidden, and the list of figures narrows to what is typed. Without this file the
// button "Check it" does the same.

const form = document.querySelector("form[data-claim]");
const place = document.querySelector("#checked");
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const wants = JSON.parse(document.querySelector("#wants").textContent);
let asked = 0;
let waiting = 0;

function showParts() {
  const kind = form.elements.kind.value;
  form.querySelectorAll("[data-part]").forEach((part) => {
    part.hidden = kind !== "" && !wants[kind].includes(part.dataset.part);
  });
}

async function check() {
  const turn = ++asked;
  const query = new URLSearchParams(new FormData(form));
  query.delete("time");
  const address = `${form.action.split("?")[0]}?${query}`;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok || turn !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("#checked");
  if (!now) return;
  place.replaceChildren(...now.childNodes);
  for (const part of form.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
  }
  history.replaceState(null, "", address);
}

function soon(wait) {
  clearTimeout(waiting);
  waiting = setTimeout(() => check().catch(() => {}), wait);
}

function narrows(holder) {
  const select = holder.querySelector("select");
  const find = document.createElement("input");
  find.type = "search";
  find.autocomplete = "off";
  find.setAttribute("aria-label", holder.dataset.find);
  find.placeholder = holder.dataset.find;
  select.before(find);
  find.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = folded(find.value).split(/\s+/).filter(Boolean);
    const fits = (option) => words.every((word) => folded(option.label).includes(word));
    const options = [...select.querySelectorAll("option")].filter((option) => option.value);
    options.forEach((option) => { option.hidden = !fits(option) && !option.selected; });
    select.querySelectorAll("optgroup").forEach((group) => {
      group.hidden = [...group.children].every((option) => option.hidden);
    });
    const left = options.filter(fits);
    if (words.length && left.length === 1 && select.value !== left[0].value) {
      select.value = left[0].value;
      soon(300);
    }
  });
}

if (form && place) {
  form.querySelectorAll("[data-find]").forEach(narrows);
  showParts();
  form.addEventListener("change", (event) => {
    if (event.target.name === "time") { form.requestSubmit(); return; }
    if (!event.target.name) return;
    showParts();
    soon(0);
  });
  form.addEventListener("input", (event) => { if (event.target.name === "number") soon(350); });
}
