// What goes on beside the pages: without signal a page opens on which one can report, what is sent waits here, and goes
// by itself. The pages that are kept are the same for everybody: no page of a person, of a team or of a room is.
const pages = "pages version", waits = "waits", whose = "whose";
const shell = ["/offline", "/hot", "hot.js", "debrief.css", "debrief.js", "waits.js", "icons.svg", "mark.svg", "stitch.svg", "holes.svg", "holes-down.svg", "suture.svg"];

// Nothing of whoever leaves their name off, of a seat, of a door or of a program is looked at, answered or kept: what
// this script does for a person by name must not stand beside what somebody sent without one, on the device or in time.
const others = /^\/(r|receipt|seat|pass|api|setup|in|join)(\/|$)/;

// A new release brings another name for its pages with it; what waits stays.
addEventListener("install", (e) => {
  skipWaiting();
  e.waitUntil(caches.open(pages).then((kept) => kept.addAll(shell)));
});
addEventListener("activate", (e) => e.waitUntil(caches.keys()
  .then((all) => Promise.all(all.filter((name) => ![pages, waits, whose].includes(name)).map((name) => caches.delete(name))))
  .then(() => clients.claim())));

addEventListener("fetch", (e) => {
  const { method, mode, url } = e.request, { origin, pathname, search } = new URL(url);
  if (origin !== location.origin || others.test(pathname)) return;
  if (method === "GET" && mode === "navigate") e.respondWith(fetch(e.request).catch(() => still(pathname)));
  else if (method === "GET" && shell.includes(pathname)) e.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(e.request)));
  else if (method === "POST" && mode === "navigate" && pathname === "/report") e.respondWith(send(e.request));
  else if (method === "POST" && mode === "navigate" && pathname === "/out" && !search) e.respondWith(out());
});

// Whoever was not let in yet has the page of the five minutes; a report is in somebody's name.
const still = async (at) => at === "/hot" ? caches.match(at) : await me() ? caches.match("/offline") : Response.error();

// A proxy that finds nobody behind it is no signal either.
async function send(request) {
  const copy = request.clone();
  const answer = await fetch(request).catch(() => null);
  return answer && answer.status !== 502 && answer.status !== 504 ? answer : wait(new URLSearchParams(await copy.text()));
}

// "Just now" is when it was written, not when it goes.
async function wait(form) {
  const kept = await caches.open(waits);
  form.set("from", await me());
  form.set("written", new Date().toISOString());
  if (!form.get("once") || await kept.match("/waits/" + form.get("once"))) form.set("once", crypto.randomUUID());
  await kept.put("/waits/" + form.get("once"), new Response(form));
  registration.sync?.register(waits).catch(() => {});
  return Response.redirect("/offline", 303);
}

// Going out empties the device. Where something waits on it, the page asks first.
async function out() {
  const kept = await caches.open(waits);
  return (await kept.keys()).length || await unseal() ? Response.redirect("/offline#out", 303) : Response.redirect("/out?now", 307);
}

// What waits goes in the name of whoever wrote it, or not at all. What was sent twice is there once: its key goes with
// it. What the server refused is kept under the status it refused it with; who came in again may send it again.
async function goOn() {
  const kept = await caches.open(waits), by = await me(), sent = {};
  let left = 0;
  for (const at of await kept.keys()) {
    const held = await kept.match(at), body = new URLSearchParams(await held.text());
    if (body.get("from") !== by) continue;
    left++;
    if (held.status !== 200 && held.status !== 401) continue;
    const answer = await fetch("/report", { method: "POST", body }).catch(() => null);
    if (/^\/f\/\d+\/in$/.test(answer && new URL(answer.url).pathname)) {
      await kept.delete(at);
      sent[at.url] = answer.url;
      left--;
    } else if (refuses(answer)) await kept.put(at, new Response(body, { status: answer.status }));
  }
  const five = await navigator.locks.request("five", goFive);
  for (const page of await clients.matchAll()) page.postMessage({ sent, left, five });
}
const inTurn = () => navigator.locks.request(waits, goOn);
addEventListener("sync", (e) => e.waitUntil(inTurn()));

// A page says who it is for, or only that it is time to try.
async function hear(by) {
  if (by) await (await caches.open(whose)).put("/" + whose, new Response(by));
  await inTurn();
}
addEventListener("message", (e) => e.waitUntil(hear(e.data)));
