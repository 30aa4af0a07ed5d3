// The stream of changes: it says only "something changed here"; the page asks again through ordinary permission.
//
//   <section id="tally" data-live="poll:3" data-src="/polls/3/tally/">…</section>
//
// `data-live` names topics (spaces between them; "journal" hears every entry); when one of them changes, the element fetches
// `data-src` (or this page) and takes over what is in the answer under its own id. `data-live-spread="800"` waits up to so
// many milliseconds first, so that a whole hall does not ask at the same moment. On each change the element gets a
// `live:changed` event, which a page may prevent, and afterwards `live:replaced`.

const POLL_EVERY = 5000;
const GIVE_UP_AFTER = 3;

const stream = { source: null, topics: [], last: null, failures: 0, retry: 0, poll: 0, renewal: 0, turn: 0 };

export const hears = (topics, changed) => changed.includes("*") || topics.some((topic) => changed.includes(topic));

export function topicsOf(data) {
  const text = (data || "").trim();
  if (!text.startsWith("{") && !text.startsWith("[")) return text.split(/[\s,]+/).filter(Boolean);
  try {
    const value = JSON.parse(text);
    const topics = Array.isArray(value) ? value : (value.topics ?? value.topic ?? []);
    return Array.isArray(topics) ? topics.map(String) : [String(topics)];
  } catch {
    return [];
  }
}

const topicsShown = () =>
  [...new Set([...document.querySelectorAll("[data-live]")].flatMap((place) => place.dataset.live.split(/\s+/).filter(Boolean)))].sort();

function address() {
  const query = new URLSearchParams({ topics: stream.topics.join(",") });
  const since = stream.last ?? document.body.dataset.streamAfter;
  if (since != null) query.set("since", since);
  return `${document.body.dataset.stream}?${query}`;
}

// The lane knows us by a cookie that this page never sees; it lasts some minutes and is renewed while the page is open.
export async function renewToken() {
  clearTimeout(stream.renewal);
  const csrf = document.querySelector('meta[name="csrf"]')?.content || "";
  const answer = await fetch("/live/token", { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": csrf } });
  if (!answer.ok) {
    const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (json && (await answer.json()).refused === "sign_in") signedOut();
    return false;
  }
  const { renew_in: seconds } = await answer.json();
  stream.renewal = setTimeout(() => renewToken().catch(() => {}), Math.max(30, seconds || 600) * 1000);
  return true;
}

// the page itself says that we are signed out; one that is shown to everybody is not loaded over and over for that
function signedOut() {
  const last = Number(sessionStorage.getItem("dienhong-reloaded") || 0);
  if (Date.now() - last < 60000) return;
  sessionStorage.setItem("dienhong-reloaded", String(Date.now()));
  location.reload();
}

// whoever hears "polls" hears of every single poll too: a hall whose page now shows "poll:12" keeps its connections
const heard = (topic) => stream.topics.includes(topic) || stream.topics.includes(`${topic.split(":")[0]}s`);

async function connect() {
  const turn = ++stream.turn;
  stream.source?.close();
  stream.topics = topicsShown();
  if (!stream.topics.length) return;
  try {
    if (!(await renewToken())) throw new Error("no token");
  } catch {
    if (turn === stream.turn) failed(EventSource.CLOSED);
    return;
  }
  if (turn !== stream.turn) return; // somebody else connects meanwhile
  const source = new EventSource(address());
  stream.source = source;
  source.onopen = () => {
    // what happened meanwhile is replayed from the last number known; only without one everything is asked for again,
    // so a hall that comes back after a restart does not ask for five hundred pages at once
    if (stream.failures > 0 && stream.last == null && document.body.dataset.streamAfter == null) refreshAll();
    stream.failures = 0;
    stopPolling();
    show("live");
  };
  const changed = (event) => {
    if (event.lastEventId) stream.last = event.lastEventId;
    const topics = topicsOf(event.data);
    if (event.lastEventId) topics.push("journal"); // an entry, not the passing pulse of a turnout
    if (topics.length) change(topics);
  };
  source.onmessage = changed;
  source.addEventListener("changed", changed);
  source.onerror = () => failed(source.readyState);
}

function failed(state) {
  stream.failures += 1;
  show("offline");
  if (stream.failures >= GIVE_UP_AFTER) startPolling();
  if (state !== EventSource.CLOSED) return; // the browser tries again by itself
  clearTimeout(stream.retry);
  const wait = Math.min(30000, 1000 * 2 ** Math.min(stream.failures, 5)) * (0.75 + Math.random() / 2);
  stream.retry = setTimeout(connect, wait);
}

// a part that was replaced may watch other things now: a vote that was just opened
document.addEventListener("live:replaced", () => {
  if (stream.source && !topicsShown().every(heard)) connect();
});

function startPolling() {
  show("polling");
  if (!stream.poll) stream.poll = setInterval(refreshAll, POLL_EVERY);
}

function stopPolling() {
  clearInterval(stream.poll);
  stream.poll = 0;
}

function show(state) {
  for (const sign of document.querySelectorAll(".stream")) {
    const seat = sign.dataset.online !== undefined;
    sign.dataset.state = state === "live" && seat ? "seat" : state;
    sign.dataset.s = state === "live" ? "done" : "gap";
    const words = state === "live" ? sign.dataset.online || "" : sign.dataset[state] || "";
    if (sign.textContent !== words) sign.textContent = words;
  }
  document.body.dataset.streamState = state;
}

const waiting = new Map();

export function change(topics) {
  for (const place of document.querySelectorAll("[data-live]")) {
    if (hears(place.dataset.live.split(/\s+/).filter(Boolean), topics)) refresh(place);
  }
}

function refreshAll() {
  for (const place of document.querySelectorAll("[data-live]")) refresh(place);
}

function refresh(place) {
  const event = new CustomEvent("live:changed", { bubbles: true, cancelable: true });
  if (!place.dispatchEvent(event)) return;
  if (waiting.get(place) === "fetching") {
    waiting.set(place, "again");
    return;
  }
  if (waiting.has(place)) return;
  waiting.set(place, "soon");
  const spread = Number(place.dataset.liveSpread || 0);
  setTimeout(() => fetchInto(place), 60 + Math.random() * spread);
}

async function fetchInto(place) {
  if (!place.isConnected) return void waiting.delete(place);
  if (busy(place)) return void setTimeout(() => fetchInto(place), 1500);
  waiting.set(place, "fetching");
  try {
    const answer = await ask(place.dataset.src || location.href);
    if (answer.text !== null) take(place, answer.text);
    else if (answer.gone) location.reload(); // signed out, or no longer allowed: the page itself says which
  } catch {
    show("offline");
  }
  const again = waiting.get(place) === "again";
  waiting.delete(place);
  if (again) refresh(place);
}

// several places of a page often ask for the same address: once is enough
const asked = new Map();

function ask(url) {
  if (!asked.has(url)) {
    const answer = (async () => {
      const response = await fetch(url, { headers: { "X-Live": "1" }, credentials: "same-origin", cache: "no-store" });
      const gone = response.redirected || response.status === 401 || response.status === 403;
      return { gone, text: response.ok && !response.redirected ? await response.text() : null };
    })();
    asked.set(url, answer);
    answer.finally(() => asked.delete(url)).catch(() => {});
  }
  return asked.get(url);
}

// somebody is writing in there: what is typed is worth more than what is new
function busy(place) {
  const fields = [...place.querySelectorAll("input:not([type=hidden]), textarea, select")];
  const dirty = fields.some((field) => {
    if (field instanceof HTMLSelectElement) return [...field.options].some((o) => o.selected !== o.defaultSelected);
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  });
  return dirty || Boolean(place.querySelector("dialog[open]"));
}

export function take(place, text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const source = (place.id && fresh.getElementById(place.id)) || fresh.body.firstElementChild;
  if (!source || source.innerHTML === place.innerHTML) return;
  const focus = remember(place);
  for (const { name, value } of source.attributes) if (name !== "id") place.setAttribute(name, value);
  place.replaceChildren(...[...source.childNodes].map((node) => document.importNode(node, true)));
  recall(place, focus);
  place.dispatchEvent(new CustomEvent("live:replaced", { bubbles: true }));
}

function remember(place) {
  const open = [...place.querySelectorAll("details")].map((one) => one.open);
  const active = document.activeElement;
  if (!active || active === place || !place.contains(active)) return { open };
  const index = [...place.querySelectorAll(active.tagName)].indexOf(active);
  return { open, id: active.id, name: active.getAttribute("name"), value: active.value, tag: active.tagName, index };
}

function recall(place, focus) {
  place.querySelectorAll("details").forEach((one, index) => { if (focus.open[index]) one.open = true; });
  if (!focus.tag) return;
  const same = [...place.querySelectorAll(focus.tag)];
  const found =
    (focus.id && place.querySelector(`#${CSS.escape(focus.id)}`)) ||
    same.find((one) => focus.name && one.getAttribute("name") === focus.name && one.value === focus.value) ||
    same[focus.index];
  if (found) found.focus({ preventScroll: true });
}

if (document.body.dataset.stream && "EventSource" in window) {
  connect();
  // a tablet that slept has missed events its dead connection never reported
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    if (stream.source?.readyState === EventSource.CLOSED) { clearTimeout(stream.retry); connect(); }
    refreshAll();
  });
  // a dead connection may look open for minutes: whoever lost the network is told at once, and connects anew afterwards
  addEventListener("offline", () => { stream.failures += 1; show("offline"); });
  addEventListener("online", () => { if (stream.failures) { clearTimeout(stream.retry); connect(); } });
  addEventListener("pagehide", () => stream.source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) { connect(); refreshAll(); } });
}
