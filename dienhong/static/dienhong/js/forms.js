// After a failed try the summary of errors has the focus, and its links go to the input itself.

const summary = document.querySelector("[data-errors]");
if (summary) summary.focus();

// a form that is on its way is not sent a second time by a second press
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000); // the answer may be a file, and the page stays
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
