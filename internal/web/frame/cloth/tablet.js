// A tablet that a team shares goes back to the names when nobody touches it. Nothing stays on it: what was kept there
// goes, and other scripts of ours find a browser that refuses to remember.
const [seconds, home] = document.querySelector("meta[name=tablet]").content.split(";url=");
for (const kept of ["localStorage", "sessionStorage"]) try { window[kept].clear(); } catch { /* it refuses already */ }
Storage.prototype.setItem = () => { throw new Error("shared"); };
const each = (all, act) => all.then((found) => found.map(act), () => {});
if (window.caches) each(caches.keys(), (name) => caches.delete(name));
if (navigator.serviceWorker) each(navigator.serviceWorker.getRegistrations(), (beside) => beside.unregister());
window.indexedDB?.deleteDatabase("five");

// A tablet that slept through its time goes back as it wakes.
let until = 0, timer = 0;
function goBack() {
  for (const form of document.forms) form.reset();
  location.replace(home);
}
function look() {
  const left = until - Date.now();
  for (const says of document.querySelectorAll("[data-leaving]")) says.hidden = left > 20000;
  clearTimeout(timer);
  left > 0 ? timer = setTimeout(look, Math.min(left, 1000)) : goBack();
}
function touched() { until = Date.now() + 1000 * seconds; look(); }
for (const what of ["pointerdown", "keydown", "input", "wheel"]) addEventListener(what, touched, { passive: true });
document.addEventListener("visibilitychange", () => document.hidden || look());
addEventListener("pagehide", () => { for (const form of document.forms) form.reset(); });
addEventListener("pageshow", (e) => { if (e.persisted) goBack(); });
touched();
