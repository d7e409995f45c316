// The page for when there is no signal: what waits on this device, and what became of it.
const $ = (selector, within = document) => within.querySelector(selector);
const beside = navigator.serviceWorker, slips = new Map();
const stored = async () => await caches.has("waits") ? caches.open("waits") : null;
const goOn = async () => (await beside.ready).active.postMessage("");

async function show(sent = {}) {
  const me = await (await caches.match("/whose"))?.text(), kept = await stored(), keys = kept ? await kept.keys() : [];
  for (const at of keys) {
    const held = await kept.match(at), form = new URLSearchParams(await held?.text());
    const slip = slips.get(at.url) ?? $("#says-waits").content.firstElementChild.cloneNode(true);
    slips.set(at.url, slip);
    $("[data-waiting]").append(slip);
    if (form.get("from") !== (me ?? "")) { say(slip, "others"); continue; } // their words are theirs
    say(slip, { 200: "waits", 401: "out" }[held.status] ?? "refused");
    $("[data-slot=what]", slip).textContent = form.get("what");
    $("[data-slot=at]", slip).textContent = new Date(form.get("written")).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    $("[data-do=go]", slip).onclick = goOn;
    $("[data-do=form]", slip).onclick = () => mend(at, form);
    $("[data-do=drop]", slip).onclick = () => drop(at);
  }
  for (const [url, slip] of slips) {
    if (sent[url]) $("[data-slot=sent]", slip).href = sent[url], say(slip, "sent");
    else if (!keys.some((at) => at.url === url) && slip.state !== "sent") slip.remove(), slips.delete(url);
  }
}

function say(slip, state) {
  slip.state = state;
  for (const el of slip.querySelectorAll("[data-says]")) el.hidden = !el.dataset.says.split(" ").includes(state);
}

// mend puts what was refused below what may stand in the form already, where it is a draft like any other.
function mend(at, form) {
  fields.what.value = [fields.what.value, form.get("what")].filter(Boolean).join("\n\n");
  for (const name of ["when", "day", "time", "other", "stage"]) fields[name].value = form.get(name);
  fields.severe.checked = form.has("severe");
  fields.what.dispatchEvent(new Event("input", { bubbles: true }));
  fields.what.focus();
  drop(at);
}

async function drop(at) {
  await (await stored())?.delete(at);
  await show();
}

// Each opening of the form is a report of its own, and "before" begins with now.
const now = new Date(Date.now() - 60000 * new Date().getTimezoneOffset()).toISOString(), fields = $("form[data-waits]").elements;
fields.day.defaultValue = now.slice(0, 10); // and no value, which would look typed
fields.time.defaultValue = now.slice(11, 16);
if (beside) {
  fields.once.value ||= crypto.randomUUID();
  $("#out").hidden = location.hash !== "#out";
  beside.addEventListener("message", (e) => show(e.data.sent));
  addEventListener("online", goOn);
  setInterval(() => [...slips.values()].some((slip) => slip.state === "waits") && goOn(), 10000);
  show().then(goOn);
}
