// What a phone keeps of the five minutes after an action: locked by a key that no script can read out, and for a day,
// unless somebody marks it as a legal matter. Its page keeps it; what works beside the pages sends it and clears it away.
const me = async () => (await (await caches.match("/whose"))?.text()) ?? "";

// Only what writes makes the shelf: what looks into it must not leave one where somebody went out.
async function shelf(mode, act) {
  const db = await new Promise((done, fail) => {
    const opening = indexedDB.open("five", 1);
    opening.onupgradeneeded = () => mode === "readonly" ? done(opening.transaction.abort()) : opening.result.createObjectStore("five");
    opening.onsuccess = () => done(opening.result);
    opening.onerror = fail;
  });
  if (!db) return;
  const deal = db.transaction("five", mode), asked = act(deal.objectStore("five"));
  await new Promise((done, fail) => [deal.oncomplete, deal.onabort] = [done, fail]).finally(() => db.close());
  return asked.result;
}
const held = (name) => shelf("readonly", (on) => on.get(name));
const forget = () => shelf("readwrite", (on) => on.clear());
const lock = (iv) => ({ name: "AES-GCM", iv });

// The day begins with the first word, and no later one makes it longer.
async function seal(words, legal) {
  const key = await held("key") ?? await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12)), until = (await held("words"))?.until ?? Date.now() + 864e5;
  const data = await crypto.subtle.encrypt(lock(iv), key, new TextEncoder().encode(JSON.stringify(words)));
  await shelf("readwrite", (on) => (on.put(key, "key"), on.put({ iv, data, until, legal }, "words")));
}

async function unseal() {
  const it = await held("words");
  if (!it) return;
  if (!it.legal && Date.now() > it.until) return forget();
  return { ...it, words: JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(lock(it.iv), await held("key"), it.data))) };
}

// What a server has not had time for it does not refuse.
const refuses = (answer) => answer?.status > 399 && answer.status < 500 && answer.status !== 429;

// It goes in the name of whoever sent it off, and where nobody was let in yet in that of whoever is first; sent twice
// it is there once, for its key goes with it.
async function goFive() {
  const it = await unseal();
  if (!it || !/waits|out/.test(it.words.state) || it.words.from && it.words.from !== await me()) return;
  const { state, ...words } = it.words;
  const answer = await fetch("/hot", { method: "POST", body: new URLSearchParams({ ...words, sure: "yes" }) }).catch(() => {});
  const now = /\/f\/\d+$/.test(answer?.url) ? "sent" : answer?.status === 401 ? "out" : refuses(answer) ? "refused" : state;
  if (now === "sent" && !it.legal) await forget();
  else if (now !== state && await held("words")) await seal({ ...words, state: now }, it.legal);
  return now === "sent" ? answer.url : now;
}
