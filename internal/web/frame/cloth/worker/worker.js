// What goes on beside the pages: without signal a page opens on which one can report, what is sent waits here, and goes
// by itself. The pages that are kept are the same for everybody: no page of a person, of a team or of a room is.
const pages = "pages version", waits = "waits", whose = "whose";
const shell = ["/offline", "/hot", "hot.js", "debrief.css", "debrief.js", "waits.js", "icons.svg", "mark.svg", "stitch.svg", "holes.svg", "holes-down.svg", "suture.svg"];

// Nothing of whoever leaves their name off, of a seat, of a door, of a shared tablet or of a program is looked at, answered or kept: what
// this script does for a person by name must not stand beside what somebody sent without one, on the device or in time.
const others = /^\/(r|receipt|seat|pass|api|setup|in|join|tablet)(\/|$)/;

// A new release brings another name for its pages with it; what waits stays.
addEventListener("install", (e) => {
  skipWaiting();
  e.waitUntil(caches.open(pages).then((kept) => kept.addAll(shell)));
});
addEventListener("activate", (e) => e.waitUntil(caches.keys()
  .then((all) => Promise.all(all.filter((name) => ![pages, waits, whose].includes(name)).map((name) => caches.delete(name))))
  .then(() => clients.claim())));

let leaving;
addEventListener("fetch", (e) => {
  const { method, mode, url } = e.request, { origin, pathname, search } = new URL(url), page = mode === "navigate";
  if (page) leaving = pathname === "/out";
  if (origin !== location.origin || others.test(pathname)) return;
  if (method === "GET" && page) e.respondWith(fetch(e.request).catch(() => still(pathname)));
  else if (method === "GET" && shell.includes(pathname)) e.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(e.request)));
  else if (page && pathname === "/report") e.respondWith(send(e.request));
  else if (page && pathname === "/out" && search !== "?now") e.respondWith(out(search));
});

// Whoever was not let in yet has the page of the five minutes; a report is in somebody's name.
const still = async (at) => at === "/hot" ? caches.match(at) : await me() ? caches.match("/offline") : Response.error();

// A proxy that finds nobody behind it is no signal either.
async function send(request) {
  const copy = request.clone();
  const answer = await fetch(request).catch(() => {});
  return answer && !/502|504/.test(answer.status) ? answer : wait(new URLSearchParams(await copy.text()));
}

// "Just now" is when it was written, not when it goes.
async function wait(form) {
  const kept = await caches.open(waits), place = () => "/waits/" + form.get("once");
  form.set("from", await me());
  form.set("written", new Date().toJSON());
  if (!form.get("once") || await kept.match(place())) form.set("once", crypto.randomUUID());
  await kept.put(place(), new Response(form));
  registration.sync?.register(waits).catch(() => {});
  return Response.redirect("/offline", 303);
}

// What only looks at what waits does not make a place for it.
const stored = async () => await caches.has(waits) ? caches.open(waits) : null;

// Going out empties the device, where something waits on it after the page asked. The server has the browser forget it
// all once more, and with it what was in the middle of something here or on another page and made some of it again.
async function out(sure) {
  if (!sure && ((await (await stored())?.keys())?.[0] || await unseal())) return Response.redirect("/offline#out", 303);
  await Promise.all([caches.delete(waits), caches.delete(whose), forget()]);
  return Response.redirect("/out?now", 307);
}

// What waits goes in the name of whoever wrote it, or not at all. What was sent twice is there once: its key goes with
// it. What the server refused is kept under the status it refused it with; who came in again may send it again.
async function goOn() {
  const kept = await stored(), by = await me(), sent = {};
  let left = 0;
  for (const at of await kept?.keys() ?? []) {
    const held = await kept.match(at), body = new URLSearchParams(await held.text());
    if (body.get("from") !== by) continue;
    left++;
    if (!/200|401/.test(held.status)) continue;
    const answer = await fetch("/report", { method: "POST", body }).catch(() => {});
    if (/\/f\/\d+\/in$/.test(answer?.url)) {
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

// A page says who it is for, or only that it is time to try. While they go out it says nothing any more.
async function hear(by) {
  if (by && !leaving) await (await caches.open(whose)).put("/whose", new Response(by));
  await inTurn();
}
addEventListener("message", (e) => e.waitUntil(hear(e.data)));
