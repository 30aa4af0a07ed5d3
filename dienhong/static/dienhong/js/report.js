// Puts a live figure or claim where the writer stands, turns the slides by the arrow keys, and sends what is written
// quickly with Ctrl and Enter.
for (const list of document.querySelectorAll("select[data-insert]")) {
  const text = document.getElementById(list.dataset.insert);
  if (!text) continue;
  list.addEventListener("change", () => {
    if (!list.value) return;
    text.setRangeText(list.value, text.selectionStart, text.selectionEnd, "end");
    list.value = "";
    text.focus();
  });
}
document.addEventListener("keydown", (event) => {
  const rel = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" }[event.key];
  const link = rel && document.querySelector(`.slide a[rel="${rel}"]`);
  if (link) link.click();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("textarea[data-send]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
const leader = document.getElementById("id_leader");
if (leader?.value && location.hash === "#id_said") document.getElementById("id_said").focus();
