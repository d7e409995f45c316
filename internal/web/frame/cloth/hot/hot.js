// The page of the five minutes after an action. Without this script, or where the browser locks nothing, it is a plain form.
const all = (name) => document.querySelectorAll(`[data-${name}]`), at = (name) => all("hot=" + name)[0];
const form = at("form"), fields = form?.elements, legal = at("legal");
const inTurn = (act) => navigator.locks.request("five", act);
let had, asked, keeping = 0;

const written = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));

function say(state) {
  for (const el of all("state")) el.hidden = el.dataset.state !== state;
}

// What was changed after it was sent off is sent off anew.
function keep(state = "", from = "") {
  const words = written(), any = had = Object.keys(words).some((name) => !/once|day/.test(name)), stays = legal.checked;
  document.body.ariaBusy = ++keeping > 0;
  return inTurn(async () => {
    if (any) await seal({ ...words, state, from }, stays), say(state || "kept");
    else if (!stays) await forget();
  }).finally(() => (document.body.ariaBusy = --keeping > 0));
}

async function open() {
  const it = await inTurn(unseal);
  if (keeping) return;
  if (!it) return had && fresh();
  had = true;
  for (const name of [...new FormData(form).keys(), "kind", "severe", "carrier"]) fields[name].value = it.words[name] ?? "";
  legal.checked = it.legal;
  at("forget").hidden = it.legal;
  say(it.words.state || "kept");
}

function fresh() {
  form.reset();
  had = false;
  fields.once.value = crypto.randomUUID();
  fields.day.value = new Date().toLocaleDateString("sv");
  at("forget").hidden = false;
  say("");
}

// The second step shows what leaves, and nothing else does.
function leave(yes) {
  at("leaves").hidden = !yes;
  form.hidden = yes;
  for (const line of yes ? all("line") : []) {
    const { line: name } = line.dataset, ticked = form.querySelector(`[name=${name}]:checked:not([value=other])`);
    line.hidden = !(line.lastElementChild.textContent = name === "day" ? new Date(fields.day.value + " 12:00").toLocaleDateString([], { dateStyle: "full" })
      : ticked?.nextElementSibling.firstChild.textContent.trim() ?? fields[name === "carrier" ? "other" : name].value);
  }
  scrollTo(0, 0);
}

const told = (state) => state?.startsWith("http") ? location = state : state && say(state);
const go = async () => told(await navigator.locks.request("waits", () => inTurn(goFive)));

function ready() {
  at("unkept").hidden = true;
  at("kept").hidden = at("keep").hidden = false;
  form.oninput = () => {
    fields.other.setCustomValidity(fields.carrier.value === "other" && RegExp(form.dataset.several, "i").test(fields.other.value.trim()) ? form.dataset.one : "");
    keep();
  };
  form.onsubmit = (e) => {
    e.preventDefault();
    if (!form.reportValidity()) return;
    if (!(fields.carrier.value || fields.other.value || asked)) return asked = at("asks"), asked.hidden = false, asked.focus();
    keep();
    leave(true);
  };
  legal.onchange = () => (at("forget").hidden = legal.checked, keep());
  at("keep").onclick = () => keep();
  at("forget").onclick = async () => (await inTurn(forget), fresh());
  at("back").onclick = () => leave(false);
  at("send").onclick = async () => {
    const from = await me();
    await keep(from ? "waits" : "out", from);
    leave(false);
    at("says").scrollIntoView();
    await go();
  };
  ononline = go;
  document.onvisibilitychange = open;
  setInterval(open, 6e5);
  navigator.serviceWorker?.addEventListener("message", (e) => told(e.data.five));
  fresh();
  open().then(go);
}

// Where people stop for care first they take along when they talk: the server is not asked for it.
for (const talk of all("talk")) talk.onclick = () => {
  const then = new Date(Date.now() + talk.dataset.days * 864e5).toISOString().replace(/[-:]|\..*/g, "");
  talk.href = URL.createObjectURL(new Blob([talk.dataset.talk.replace(/\d+T\d+/g, then).replace(/\n/g, "\r\n")]));
};

let left = 300;
setInterval(() => at("clock").textContent = new Date(1e3 * (left &&= left - 1)).toISOString().slice(15, 19), 1000);
if (form && navigator.locks && crypto.subtle) ready();
