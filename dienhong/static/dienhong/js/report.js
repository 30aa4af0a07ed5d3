// Puts a live figure or claim where the writer stands, and turns the slides by the arrow keys.
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
