// What is being written in a report is also kept in this browser until the office has it: a server that is killed, a network
// that is away or a session that ended costs no word. One draft for each account and address; it goes when it is saved.

const ASK_EVERY = 3000;
const fields = ["text", "caption"];

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    return null; // storage that is closed or broken must not stop anybody from writing
  }
};
const write = (key, value) => {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // full or forbidden: the form itself still holds the text
  }
};
const typed = (form) => Object.fromEntries(fields.map((name) => [name, form.elements[name]?.value ?? ""]));
const same = (one, other) => fields.every((name) => (one[name] ?? "").trim() === (other[name] ?? "").trim());

function tell(form, words, choices = false) {
  const note = form.querySelector(".draft");
  note.hidden = !words;
  note.querySelector("p").textContent = words || "";
  note.querySelector(".row").hidden = !choices;
}

function offer(form, key) {
  const draft = read(key);
  if (!draft) return;
  if (same(draft, typed(form))) {
    write(key, null);
    return;
  }
  const note = form.querySelector(".draft");
  tell(form, note.dataset.offer, true);
  note.addEventListener("click", (event) => {
    const choice = event.target.closest("button")?.value;
    if (!choice) return;
    if (choice === "drop") write(key, null);
    else for (const name of fields) if (form.elements[name]) form.elements[name].value = draft[name] ?? "";
    tell(form, "");
    form.elements.text.focus();
  });
}

// The new page of an answer that is no redirect (what is wrong, both texts of a conflict, a refusal) takes this one's place.
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  begin();
  (document.querySelector("[data-errors]") ?? main.querySelector("h1"))?.focus();
  main.scrollIntoView();
  return true;
}

async function answersAgain(form) {
  while (form.isConnected) {
    await new Promise((later) => setTimeout(later, ASK_EVERY));
    try {
      if ((await fetch("/health/live", { cache: "no-store" })).ok) break;
    } catch {
      // still away
    }
  }
  tell(form, form.querySelector(".draft").dataset.backAgain);
}

async function letsIn(address) {
  try {
    return (await fetch(address, { redirect: "manual", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function save(form, key) {
  const body = new FormData(form);
  write(key, { ...typed(form), at: Date.now() });
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { Accept: "text/html" } });
  } catch {
    tell(form, form.querySelector(".draft").dataset.away);
    answersAgain(form);
    return;
  }
  if (answer.type === "opaqueredirect") {
    // saved, or asked to sign in first: only whom the page behind it lets in has saved, and only then the draft may go
    if (await letsIn(form.dataset.back)) write(key, null);
    location.assign(form.dataset.back);
    if (form.dataset.back.startsWith(location.pathname + "#")) location.reload();
    return;
  }
  if (!(await show(answer))) tell(form, form.querySelector(".draft").dataset.away);
}

function begin() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (form.dataset.begun) continue;
    form.dataset.begun = "1";
    const key = `dienhong-draft ${form.dataset.draft}`;
    if ("kept" in form.dataset) write(key, null); // this text is in the office already, as a version aside
    else offer(form, key);
    form.addEventListener("input", () => write(key, { ...typed(form), at: Date.now() }));
    form.addEventListener("submit", async (event) => {
      if (["insert", "find"].includes(event.submitter?.name) || event.defaultPrevented) return;
      event.preventDefault();
      if (form.dataset.saving) return;
      form.dataset.saving = "1";
      await save(form, key);
      delete form.dataset.saving;
    });
  }
}

begin();
