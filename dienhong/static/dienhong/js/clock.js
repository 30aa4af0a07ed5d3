// The office's clock, which in a demonstration is not the machine's: `data-now` on the body says what time it was when the
// page was made. <b data-until="2023-11-24T09:41:30+07:00">00:23</b> counts down to it; <time data-clock> shows the time.

const made = Date.parse(document.body.dataset.now || "");
const shift = Number.isNaN(made) ? 0 : made - Date.now();

export const now = () => Date.now() + shift;

export function left(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

function tick() {
  for (const place of document.querySelectorAll("[data-until]")) {
    const rest = Date.parse(place.dataset.until) - now();
    const words = left(rest);
    if (place.textContent !== words) place.textContent = words;
    if (rest <= 0 && place.dataset.over === undefined) {
      place.dataset.over = "";
      place.dispatchEvent(new CustomEvent("clock:over", { bubbles: true }));
    }
  }
  for (const place of document.querySelectorAll("time[data-clock]")) {
    const zone = place.dataset.clock || "Asia/Ho_Chi_Minh";
    const words = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(now());
    if (place.textContent !== words) place.textContent = words;
  }
}

if (document.querySelector("[data-until], time[data-clock], [data-live]")) {
  tick();
  setInterval(tick, 250);
}
