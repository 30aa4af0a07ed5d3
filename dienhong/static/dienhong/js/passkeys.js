// Passkeys: a form marked data-passkey asks the browser for a credential and sends it.
// "enter": signing in, the question is fetched; "prove": the question stands in the page; "add": a new key.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

async function question(form) {
  if (form.dataset.passkey !== "enter") return read("passkey-question");
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`no question: ${answer.status}`);
  return answer.json();
}

async function credential(form) {
  const asked = await question(form);
  if (form.dataset.passkey !== "add") return window.webauthnJSON.get(asked.request_options);
  const options = JSON.parse(JSON.stringify(asked.creation_options));
  const alone = form.querySelector("[name=passwordless]");
  const wish = options.publicKey.authenticatorSelection;
  wish.residentKey = alone && alone.checked ? "required" : "discouraged";
  wish.requireResidentKey = Boolean(alone && alone.checked);
  if (wish.requireResidentKey) wish.userVerification = "required";
  return window.webauthnJSON.create(options);
}

function tell(form, error) {
  let place = form.querySelector("[data-passkey-error]");
  if (!place) {
    place = document.createElement("p");
    place.className = "err";
    place.setAttribute("role", "alert");
    place.setAttribute("data-passkey-error", error.name);
    form.prepend(place);
  }
  place.textContent = form.dataset.failed;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = document.getElementById(form.dataset.button);
  if (!window.PublicKeyCredential) {
    button.addEventListener("click", () => tell(form, new Error("no passkeys here")));
    continue;
  }
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.setAttribute("aria-busy", "true");
    try {
      form.querySelector("[name=credential]").value = JSON.stringify(await credential(form));
      form.submit();
    } catch (error) {
      tell(form, error);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}
