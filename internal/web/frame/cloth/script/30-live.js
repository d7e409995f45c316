// speak says a sentence to screen readers, at most one every five seconds; a newer one takes the place of one that
// still waits.
const speaking = { waiting: "", timer: 0 };
function speak(sentence, region = "polite") {
  if (speaking.timer && region === "polite") {
    speaking.waiting = sentence;
    return;
  }
  $("#" + region).textContent = sentence;
  clearTimeout(speaking.timer);
  speaking.timer = setTimeout(() => {
    speaking.timer = 0;
    if (speaking.waiting) speak(speaking.waiting);
    speaking.waiting = "";
  }, 5000);
}

// speakNew says what a fragment marks with data-speak, once.
const spoken = new Set($$("[data-speak]").map((el) => el.textContent));
function speakNew(within) {
  for (const el of $$("[data-speak]", within)) {
    if (!spoken.has(el.textContent)) speak(el.textContent);
    spoken.add(el.textContent);
  }
}

// The stream says which fragments changed; the page gets those with its own rights. Bursts are gathered for 150 ms.
const stale = new Set();
let gathering = 0;
function changed(names) {
  for (const el of $$("[data-fragment]")) {
    if (names.includes("*") || names.includes(el.dataset.fragment)) stale.add(el.dataset.fragment);
  }
  gathering ||= setTimeout(() => {
    gathering = 0;
    const due = [...stale];
    stale.clear();
    for (const name of due) refresh($(`[data-fragment=${name}]`));
  }, 150);
}

async function refresh(el) {
  if (!el) return;
  const round = (el.round = (el.round || 0) + 1);
  let answer, text;
  // A stitched line says so.
  const slow = setTimeout(() => { el.ariaBusy = "true"; }, 1000);
  try {
    answer = await fetch(el.dataset.src, { headers: { "X-Fragment": el.dataset.fragment } });
    text = await answer.text();
  } catch {
    // The stream may go on although this did not get through.
    answer = { status: 503 };
  } finally {
    clearTimeout(slow);
    el.ariaBusy = null;
  }
  if (answer.status >= 500) setTimeout(() => round === el.round && changed([el.dataset.fragment]), 2000 + 2000 * Math.random());
  if (!answer.ok || answer.status === 204 || answer.redirected || round !== el.round) return;
  morphChildren(el, parse(text));
  speakNew(el);
  moveOn();
}

// moveOn follows a link that carries data-move after five seconds, unless somebody is writing or has something to mend.
let moving = 0;
function moveOn() {
  const link = $("a[data-move]");
  if (!link || moving) return;
  moving = setTimeout(() => {
    moving = 0;
    if (link.isConnected && !$$("form").some(isHeld)) location.assign(link.href);
  }, 5000);
}

// The browser takes up a broken stream by itself, but not one that was answered with a refusal. Both count as a try,
// and after two the page says so.
const page = document.body.dataset, { news } = page;
const line = { source: null, tries: 0, last: page.since, wait: 0 };
function listen() {
  clearTimeout(line.wait);
  line.source?.close();
  line.source = new EventSource(news + "?since=" + line.last);
  line.source.onopen = () => {
    line.tries = 0;
    dispatchEvent(new Event("back"));
    const notice = $("[data-quiet]");
    if (!notice) return;
    $("#alert").textContent = "";
    speak(notice.dataset.back);
    notice.remove();
  };
  line.source.addEventListener("changed", (e) => {
    line.last = e.lastEventId || line.last;
    changed(e.data.split(" "));
  });
  line.source.onerror = () => {
    line.tries++;
    if (line.tries === 2) quiet();
    if (line.source.readyState === EventSource.CLOSED) {
      line.wait = setTimeout(listen, Math.min(30, 2 ** line.tries) * (500 + 500 * Math.random()));
    }
  };
}

function quiet() {
  const notice = says("quiet");
  if ($("[data-quiet]")) return;
  notice.dataset.quiet = "";
  $("[data-do=check]", notice).onclick = () => { listen(); changed(["*"]); };
  $("main").prepend(notice);
  speak($("b", notice).textContent, "alert");
}

if (news) {
  listen();
  addEventListener("pagehide", () => line.source.close());
  addEventListener("pageshow", (e) => { if (e.persisted) { line.tries = 1; listen(); } });
}
moveOn();

// Clocks run on the server's time and speak at five minutes, at one, and at the end.
function tick() {
  for (const el of $$("[role=timer][data-until]")) {
    el.ahead ??= Date.parse(el.dataset.now) - Date.now();
    const left = Math.max(0, Math.round((Date.parse(el.dataset.until) - Date.now() - el.ahead) / 1000));
    const text = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    const slot = $("[data-slot=left]", el);
    if (slot && slot.textContent !== text) slot.textContent = text;
    const say = el.dataset["say" + left];
    if (say && el.said !== left) speak(say);
    el.said = left;
  }
}
if ($("[role=timer][data-until]")) { tick(); setInterval(tick, 1000); }
