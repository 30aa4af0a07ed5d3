// Grave acts: a link with `data-confirm` leads to a page that says what will happen and asks for a reason. With scripts
// that page's form (`data-confirm-form`) opens in a dialog here; without, or when it fails, the page itself is shown.

const dialog = document.getElementById("confirm");
const place = dialog?.querySelector("[data-confirm-place]");

function show(form, opener) {
  place.replaceChildren(form);
  const title = form.querySelector("h1, h2");
  if (title) {
    title.id ||= "confirm-title";
    dialog.setAttribute("aria-labelledby", title.id);
  }
  if (!dialog.open) {
    dialog.showModal();
    dialog.addEventListener("close", () => { place.replaceChildren(); opener?.focus(); }, { once: true });
  }
  (form.querySelector("[aria-invalid=true], textarea, input:not([type=hidden]), select") || title)?.focus();
}

function formIn(text) {
  const form = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-confirm-form]");
  return form ? document.importNode(form, true) : null;
}

document.addEventListener("click", async (event) => {
  const closer = event.target.closest?.("[data-dialog-close]");
  if (closer && dialog?.open && dialog.contains(closer)) {
    event.preventDefault();
    dialog.close();
    return;
  }
  const link = event.target.closest?.("a[data-confirm]");
  if (!link || !place || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { credentials: "same-origin", cache: "no-store" });
    const form = answer.ok && !answer.redirected ? formIn(await answer.text()) : null;
    if (!form) throw new Error("no form");
    if (!form.getAttribute("action")) form.setAttribute("action", link.href);
    show(form, link);
  } catch {
    location.href = link.href;
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!dialog?.open || !dialog.contains(form) || form.method !== "post") return;
  event.preventDefault();
  const button = event.submitter;
  if (button) button.setAttribute("aria-disabled", "true");
  try {
    const body = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    const again = answer.redirected ? null : formIn(await answer.text());
    if (again) show(again); // the form came back with what is wrong
    else if (answer.redirected) location.href = answer.url;
    else location.reload();
  } catch {
    button?.removeAttribute("aria-disabled");
    let failed = place.querySelector("[data-failed]");
    if (!failed) {
      failed = document.createElement("p");
      failed.className = "err";
      failed.dataset.failed = "";
      failed.setAttribute("role", "alert");
      place.prepend(failed);
    }
    failed.textContent = dialog.dataset.failed;
  }
});
