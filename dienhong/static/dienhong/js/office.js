// What every page of the office loads. Each part works on what it finds in the page and does without the others.
import "./clock.js";
import "./confirm.js";
import "./forms.js";
import "./keys.js";
import "./live.js";
import "./sort.js";
