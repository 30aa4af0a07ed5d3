// Writing a report: numbers of the record are found beside the text and put in where the writer stands; the text is shown as
// the paper prints it. The arrow keys turn the slides of the picture report.

const fold = (words) =>
  words.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

for (const form of document.querySelectorAll("form[data-writing]")) {
  const text = form.querySelector("textarea[name=text]");
  const find = form.querySelector("[data-find]");
  const offers = [...form.querySelectorAll(".offers li")];
  const none = form.querySelector("[data-none]");
  const most = Number(form.querySelector(".offers")?.dataset.shown || 60);
  if (!text || !find) continue;

  const narrow = () => {
    const words = fold(find.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const one of offers) {
      one.hidden = shown >= most || !words.every((word) => one.dataset.words.includes(word));
      shown += one.hidden ? 0 : 1;
    }
    none.hidden = shown > 0;
  };
  const buttons = () => offers.filter((one) => !one.hidden).map((one) => one.querySelector("button"));
  const put = (token) => {
    text.setRangeText(token, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // without scripts Enter in the search must find, and a form is sent by its first button; with scripts Enter saves
  form.querySelector("button[data-first]")?.remove();
  form.querySelector("button[name=find]").hidden = true;
  narrow();
  find.addEventListener("input", narrow);
  form.addEventListener("click", (event) => {
    const chosen = event.target.closest("button[name=insert]");
    if (!chosen) return;
    event.preventDefault();
    put(chosen.value);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "." && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      find.focus();
      find.select();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
      return;
    }
    const all = buttons();
    const here = all.indexOf(event.target);
    if (event.target === find && event.key === "Enter") {
      event.preventDefault();
      if (all[0]) put(all[0].value);
    } else if (event.target === find && event.key === "ArrowDown") {
      event.preventDefault();
      all[0]?.focus();
    } else if (here >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      (event.key === "ArrowDown" ? all[here + 1] : here ? all[here - 1] : find)?.focus();
    } else if ((here >= 0 || event.target === find) && event.key === "Escape") {
      event.preventDefault();
      text.focus();
    }
  });

  const place = form.querySelector("[data-preview]");
  let timer = 0;
  const show = async () => {
    if (!text.value.trim()) { place.hidden = true; return; }
    const kind = form.querySelector("select[name=kind]")?.value || form.dataset.kind || "paragraph";
    const query = new URLSearchParams({ kind, text: text.value.slice(0, 6000) });
    const answer = await fetch(`${form.dataset.writing}?${query}`, { credentials: "same-origin" });
    if (!answer.ok) return;
    place.querySelector(".standing").innerHTML = await answer.text();
    place.hidden = false;
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => show().catch(() => {}), 600); };
  text.addEventListener("input", soon);
  form.querySelector("select[name=kind]")?.addEventListener("change", soon);
  show().catch(() => {});
}

document.addEventListener("keydown", (event) => {
  const rel = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "prev", PageUp: "prev" }[event.key];
  const link = rel && document.querySelector(`.slide a[rel="${rel}"]`);
  if (link && !event.target.closest("a, button")) { event.preventDefault(); link.click(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("textarea[data-send]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
const leader = document.getElementById("id_leader");
if (leader?.value && location.hash === "#id_said") document.getElementById("id_said").focus();
