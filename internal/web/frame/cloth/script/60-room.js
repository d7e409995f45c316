// A form that only carries something from one page to the next sends itself.
$("form[data-at-once]")?.requestSubmit();

// A box that is kept as soon as it is ticked, and as soon as the tick is taken back.
addEventListener("change", (e) => { if (e.target.matches("[type=checkbox][data-at-once]")) e.target.form.requestSubmit(); });

// What somebody said before in this browser comes after the page, asked for without saying who they are. Its buttons
// stay where they are: one may be under a finger.
for (const form of $$("form[data-said]")) {
  post(form.action, form, { headers: { "X-Fragment": "said" } }).then(async (answer) => {
    if (!answer?.ok) return;
    const said = [...parse(await answer.text()).children];
    morph(form, said.pop());
    form.before(...said);
  });
}

// When the clock is over, one of those who wait opens the question for all, if the server finds it is time. Where nobody
// has written there is nothing to open, and the page is asked once more, to say so.
setInterval(() => {
  const form = $("form[data-when-over]"), clock = $("[role=timer][data-until]");
  if (!clock || clock.said !== 0) return;
  if (!form) {
    if (clock.over !== clock.dataset.until) changed(["*"]);
    clock.over = clock.dataset.until;
    return;
  }
  if (form.tried > Date.now() - 10000) return;
  form.tried = Date.now();
  setTimeout(post, 1000 * Math.random(), form.action, form, { headers: { "X-Fragment": "main" } });
}, 1000);

// What an address says once is not said again when the page is loaded anew.
if (/^\?(moved|named)$/.test(location.search)) history.replaceState(null, "", location.pathname + location.hash);

// A tapped phrase goes into the one text: as a sentence, or as the rest of the one it goes on with in its answer.
addEventListener("change", ({ target }) => {
  const field = document.getElementById(target.dataset.into);
  if (!isText(field) || !target.checked) return;
  const label = target.closest("label"), before = label.previousElementSibling?.control.value, bare = (words) => words.replace(/[.,;]$/, "");
  let text = field.value.trim(), phrase = bare(target.value);
  const fresh = !text.toLowerCase().includes(phrase.toLowerCase());
  if (!/\p{P}$/u.test(phrase)) phrase += ".";
  if (/[,;]$/.test(before) && text.endsWith(bare(before).slice(1) + ".")) text = text.slice(0, -1) + before.at(-1);
  else phrase = phrase[0].toUpperCase() + phrase.slice(1);
  if (fresh) field.value = (text + " " + phrase).trim();
  target.checked = false;
  label.classList.add("picked");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
