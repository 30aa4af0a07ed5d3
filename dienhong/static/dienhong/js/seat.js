// The seat. One press is one key, made here and kept until the house has answered for good: without network the choice is
// held on this tablet and sent once the connection is back; the same key is never counted twice. Presses go one at a time.
// A press belongs to the person who made it: it is kept under that person and says so, so that on a tablet that changes
// hands it is never sent as somebody else's.
import { now } from "./clock.js";
import { renewToken } from "./live.js";

const FINAL = new Set([200, 400, 403, 409, 413, 415]);
const seat = () => document.querySelector("[data-seat]");
const person = Number(seat()?.dataset.person || 0);
const STORE = `dienhong-seat-${person}`;

const load = () => {
  try { return JSON.parse(localStorage.getItem(STORE) || "[]"); } catch { return []; }
};
const keep = (queue) => {
  try { localStorage.setItem(STORE, JSON.stringify(queue)); } catch { /* private window: the queue lives in memory only */ }
  memory = queue;
};
let memory = load();
let sending = false;
let wait = 500;

const words = (choice) => seat()?.dataset[`key${choice === "for" ? "For" : choice === "against" ? "Against" : "Not_voting"}`] || choice;

function chosen(choice) {
  for (const key of document.querySelectorAll("[data-votes] [name=choice]")) {
    key.setAttribute("aria-pressed", String(key.value === choice));
    const line = key.querySelector("span");
    const words = seat()?.dataset ?? {};
    if (line) line.textContent = key.value === choice ? words.chosen ?? "" : choice ? words.again ?? "" : "";
  }
}

function say(kind, text) {
  const place = document.querySelector("[data-ack]");
  if (!place) return;
  place.dataset.k = kind;
  const line = place.querySelector("span") || place.appendChild(document.createElement("span"));
  if (line.textContent !== text) line.textContent = text;
}

const told = (template, choice) =>
  template
    .replace("%(choice)s", `“${words(choice)}”`)
    .replace("%(time)s", new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "Asia/Ho_Chi_Minh" }).format(now()));

function press(poll, choice) {
  const rest = memory.filter((one) => one.poll !== poll || one.sent);
  keep([...rest, { poll, choice, key: crypto.randomUUID ? crypto.randomUUID() : fallbackKey(), sent: false }]);
  chosen(choice);
  say("held", told(seat().dataset.sending, choice));
  wait = 500;
  send();
}

// crypto.randomUUID wants a secure context; a hall's own network may be plain http
function fallbackKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function post(one) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 5000);
  try {
    return await fetch("/live/ballots", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ poll: one.poll, choice: one.choice, key: one.key, person }),
      signal: abort.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function send() {
  if (sending || !memory.length) return;
  sending = true;
  const one = memory[0];
  one.sent = true;
  keep(memory);
  let answer = null;
  try {
    answer = await post(one);
  } catch {
    answer = null;
  }
  sending = false;
  if (answer && FINAL.has(answer.status)) {
    await settle(one, answer);
    wait = 500;
    if (memory.length) send();
    return;
  }
  if (answer?.status === 401) await renewToken();
  if (one.poll === Number(seat()?.dataset.poll)) say("held", told(seat().dataset.held, one.choice));
  const after = Number(answer?.headers.get("Retry-After")) * 1000 || wait;
  wait = Math.min(5000, wait * 2);
  setTimeout(send, after * (1 + Math.random() * 0.3));
}

async function settle(one, answer) {
  keep(memory.filter((other) => other.key !== one.key));
  const place = seat();
  if (!place || one.poll !== Number(place.dataset.poll)) return;
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 200) {
    if (memory.some((other) => other.poll === one.poll)) return; // a newer press is on its way
    place.dataset.mine = body.choice;
    chosen(body.choice);
    say(body.choice === "not_voting" ? "abstain" : body.choice, `${told(place.dataset.recorded, body.choice)} ${place.dataset.change}`.trim());
  } else {
    chosen(place.dataset.mine || "");
    say("shut", body.refused === "not_open" ? place.dataset.late : place.dataset.refused);
  }
}

document.addEventListener("click", (event) => {
  const key = event.target.closest?.("[data-votes] [name=choice]");
  if (!key || !seat()) return;
  event.preventDefault();
  press(Number(seat().dataset.poll), key.value);
});

// while a press is on its way the page is not replaced under the finger
document.addEventListener("live:changed", (event) => {
  if (event.target === seat() && sending) {
    event.preventDefault();
    setTimeout(() => event.target.dispatchEvent(new CustomEvent("seat:again", { bubbles: true })), 300);
  }
});
document.addEventListener("live:replaced", () => {
  const held = memory.find((one) => one.poll === Number(seat()?.dataset.poll));
  if (held) {
    chosen(held.choice);
    say("held", told(seat().dataset.held, held.choice));
  }
});
addEventListener("online", () => { wait = 500; send(); });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") send(); });
send();
