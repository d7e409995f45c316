addEventListener("click", (e) => { if (e.target.closest("[data-do=print]")) print(); });

// What is to be mended takes the focus.
$(refused)?.focus();

// A form is sent once, and its button says so.
addEventListener("submit", (e) => {
  const form = e.target;
  if (form.method !== "post" || e.defaultPrevented) return;
  if ("sent" in form.dataset) return e.preventDefault();
  const { draft } = form.dataset;
  if (draft) {
    clearTimeout(keeping.get(form));
    keep(form);
    if (!navigator.onLine && !("waits" in form.dataset && navigator.serviceWorker?.controller)) return waitForSignal(e, form);
  }
  if (news && !("omit" in form.dataset || form.reached)) return "stays" in form.dataset ? stay(e, form) : reach(e, form);
  if (draft) remember("sent", draftKey(form), sessionStorage);
  form.reached = false;
  form.dataset.sent = "";
  const button = e.submitter;
  if (!button) return;
  // After the browser has read the button's value.
  setTimeout(() => {
    button.dataset.was = button.textContent;
    button.textContent = page.sending;
    button.setAttribute("aria-disabled", "true");
  });
});
// One of several forms that are tapped in quick succession has data-stays and goes beside the page: one that leads to a
// new page takes with it what is tapped meanwhile. Its taps go in their order; what is not taken goes as any form does.
async function stay(e, form) {
  e.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.append(e.submitter.name, e.submitter.value);
  form.last = Promise.resolve(form.last).then(() => post(form.action, form, {
    body, keepalive: true, headers: { "X-Fragment": "main" },
  }));
  const answer = await form.last;
  if (answer?.ok) changed(["*"]);
  else reach(e, form);
}

// Where news comes, a form goes only once the server has answered: a browser that finds nobody there would put a page of
// its own in the place of the words. It is asked for what it serves without a trace.
async function reach(e, form) {
  e.preventDefault();
  if ("reaching" in form.dataset) return;
  form.dataset.reaching = "";
  form.reached = await fetch(document.styleSheets[0].href, {
    method: "HEAD", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(15000),
  }).then((answer) => answer.status < 502, () => false);
  delete form.dataset.reaching;
  if (!form.reached) return unsent(form, e.submitter);
  if (form.isConnected && (!e.submitter || e.submitter.isConnected)) form.requestSubmit(e.submitter);
}

// unsent says so beside the form. Words go by themselves once the line is back; any other tap is the person's to repeat.
function unsent(form, submitter) {
  const notice = says("unsent");
  $("[data-unsent]", form)?.again();
  form.append(notice);
  const send = () => { notice.again(); form.requestSubmit(submitter); };
  notice.again = () => { notice.remove(); removeEventListener("back", send); };
  $("[data-do=again]", notice).onclick = send;
  const { draft } = form.dataset;
  $("[data-slot=words]", notice).hidden = !draft;
  if (draft) addEventListener("back", send);
  speak($("b", notice).textContent, "alert");
}

function unsend() {
  for (const form of $$("form[data-sent]")) delete form.dataset.sent;
  for (const button of $$("button[data-was]")) {
    button.textContent = button.dataset.was;
    button.removeAttribute("aria-disabled");
  }
}

// What the browser kept as it was left may be of somebody who is not let in here any more.
addEventListener("pageshow", async (e) => {
  if (!e.persisted) return;
  unsend();
  const now = await fetch(location, { redirect: "manual" }).catch(() => "");
  if (now.type === "opaqueredirect") location.reload();
});

// A form with data-omit goes without cookies, and its answer, which stands in no history, takes the place of the page.
addEventListener("submit", async (e) => {
  const form = e.target;
  if (!("omit" in form.dataset) || e.defaultPrevented) return;
  e.preventDefault();
  const answer = await post(form.action, form, { credentials: "omit" });
  if (!answer) return unsend(), waitForSignal(e, form);
  document.body.replaceWith(parse(await answer.text()));
  ($(refused) ?? $("main")).focus();
  offerCopies();
});

// Drafts: what people write in a form with data-draft="name" stays on this device until it was sent. Days and hours are
// suggested anew, and with data-words so is everything that is ticked.
const draftKey = (form) => "draft " + (form.dataset.draft ?? form.dataset.takes);
const drafted = (form) => [...form.elements].filter((el) =>
  el.name && !/hidden|password|file|date|time/.test(el.type) && (isText(el) || !("words" in form.dataset) && /checkbox|radio/.test(el.type)));

function keep(form) {
  const fields = drafted(form).map((el) => [el.name, el.value, el.checked ?? null]);
  const written = drafted(form).some((el) => isText(el) && el.value.trim() && el.value !== el.defaultValue);
  remember(draftKey(form), written ? JSON.stringify(fields) : null);
  if (written) noteDraft(form, "kept");
}

function noteDraft(form, which) {
  let note = $("[data-draft-note]", form);
  if (!note && (note = says("draft"))) {
    form.append(note);
    $("[data-do=forget]", note).onclick = () => {
      remember(draftKey(form), null);
      form.reset();
      note.remove();
    };
  }
  for (const slot of note ? $$("[data-slot]", note) : []) slot.hidden = slot.dataset.slot !== which;
}

function restore(form) {
  const fields = JSON.parse(recall(draftKey(form)) || "null");
  if (!fields || $(refused + ", [data-fault]")) return;
  const controls = drafted(form);
  for (const [name, value, ticked] of fields) {
    const el = controls.find((c) => c.name === name && (isText(c) || c.value === value));
    if (!el) continue;
    if (isText(el)) el.value = value;
    else el.checked = ticked;
  }
  noteDraft(form, "found");
}

// Without signal the form waits here and goes by itself.
function waitForSignal(e, form) {
  e.preventDefault();
  noteDraft(form, "offline");
  speak($("[data-slot=offline]", form)?.textContent, "alert");
  addEventListener("online", () => form.requestSubmit(e.submitter), { once: true });
}

// A draft is forgotten when the page after sending it is neither a refusal nor a fault.
const sent = recall("sent", sessionStorage);
if (sent) {
  if (!$(".summary, [data-fault], .refusal")) remember(sent, null);
  remember("sent", null, sessionStorage);
}
const keeping = new Map();
for (const form of $$("form[data-draft]")) restore(form);
// Back leads to a new page with the words that were sent: their key goes with them.
for (const { elements: { once } } of $$("form[data-waits]")) history.replaceState({ once: once.value = history.state?.once || once.value }, "");
// It keeps none of its own.
for (const form of $$("form[data-takes]")) restore(form), remember(draftKey(form), null);
addEventListener("input", (e) => {
  const form = e.target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(keeping.get(form));
  keeping.set(form, setTimeout(keep, 300, form));
});
addEventListener("pagehide", () => { for (const form of $$("form[data-draft]:not([data-sent])")) if (isBusyWriting(form)) keep(form); });

// Whoever chooses another thing to change gets its words, unless they have written some already.
addEventListener("change", (e) => {
  const form = e.target.form;
  if (e.target.dataset.pick === undefined) return;
  const written = $$("textarea", form).find((el) => el.value !== el.defaultValue);
  if (written) written.dispatchEvent(new Event("input", { bubbles: true }));
  else form.requestSubmit($("[name=pick]", form));
});

// A preview that the server draws, such as what changes in a step: data-preview is its address, data-into its place.
const previews = new Map();
addEventListener("input", (e) => {
  const { preview, into } = e.target.dataset;
  if (!preview) return;
  clearTimeout(previews.get(into));
  previews.set(into, setTimeout(async () => {
    const answer = await post(preview, e.target.form, { headers: { "X-Fragment": into } });
    if (answer?.ok) morphChildren($("#" + CSS.escape(into)), parse(await answer.text()));
  }, 400));
});

// An explanation that was seen three times stays folded.
for (const fold of $$("details[data-fold]")) {
  const key = "fold " + fold.dataset.fold;
  const views = Number(recall(key));
  if (views >= 3) fold.open = false;
  else remember(key, views + 1);
}
