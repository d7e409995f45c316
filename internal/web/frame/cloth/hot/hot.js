// The page of the five minutes after an action. Without this script, or where the browser locks nothing, it is a plain form.
const at = (name) => document.querySelector(`[data-hot=${name}]`);
const form = at("form"), fields = form?.elements, legal = at("legal"), beside = navigator.serviceWorker;
const inTurn = (act) => navigator.locks.request("five", act);
let had, asked, keeping = 0;

const written = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
const hasWords = (words) => Object.keys(words).some((name) => !/once|day/.test(name));

function say(state) {
  for (const el of document.querySelectorAll("[data-state]")) el.hidden = !el.dataset.state.split(" ").includes(state);
}

// What was changed after it was sent off is sent off anew.
function keep(state = "", from = "") {
  const words = written(), any = had = hasWords(words), stays = legal.checked;
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
  for (const name of [...new FormData(form).keys(), "kind", "carrier"]) fields[name].value = it.words[name] ?? "";
  legal.checked = it.legal;
  at("forget").hidden = it.legal;
  say(it.words.state || "kept");
}

function fresh() {
  form.reset();
  had = false;
  fields.once.value = crypto.randomUUID();
  fields.day.value = new Date(Date.now() - 60000 * new Date().getTimezoneOffset()).toISOString().slice(0, 10);
  at("forget").hidden = false;
  say("");
}

// The second step shows what leaves, and nothing else does.
function leave(yes) {
  at("leaves").hidden = !yes;
  form.hidden = yes;
  for (const line of yes ? at("leaves").querySelectorAll("[data-line]") : []) {
    const { line: name } = line.dataset, ticked = form.querySelector(`[name=${name}]:checked`), value = fields[name].value;
    const text = ticked && ticked.value !== "other" ? ticked.nextElementSibling.firstChild.textContent.trim() : name === "carrier" ? fields.other.value : value;
    line.lastElementChild.textContent = text;
    line.hidden = !text;
  }
  scrollTo(0, 0);
}

const told = (state) => state?.startsWith("http") ? location = state : state && say(state);
const go = async () => told(await navigator.locks.request("waits", () => inTurn(goFive)));

function ready() {
  at("unkept").hidden = true;
  at("kept").hidden = at("keep").hidden = false;
  form.addEventListener("input", () => {
    fields.other.setCustomValidity(fields.carrier.value === "other" && RegExp(form.dataset.several, "i").test(fields.other.value.trim()) ? form.dataset.one : "");
    keep();
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    if (!form.reportValidity()) return;
    if (!(fields.carrier.value || fields.other.value || asked)) return asked = at("asks"), asked.hidden = false, asked.focus();
    keep();
    leave(true);
  });
  legal.addEventListener("change", () => (at("forget").hidden = legal.checked, keep()));
  at("keep").onclick = () => keep();
  at("forget").onclick = async () => (await inTurn(forget), fresh());
  at("back").onclick = () => leave(false);
  at("send").onclick = async () => {
    const from = await me();
    await keep(from ? "waits" : "out", from);
    leave(false);
    await go();
  };
  addEventListener("online", go);
  document.addEventListener("visibilitychange", open);
  setInterval(open, 600000);
  beside?.addEventListener("message", (e) => told(e.data.five));
  fresh();
  open().then(go);
}

let left = 300;
setInterval(() => at("clock").textContent = Math.floor((left = Math.max(0, left - 1)) / 60) + ":" + String(left % 60).padStart(2, "0"), 1000);
if (form && window.crypto?.subtle && window.indexedDB && navigator.locks) ready();
