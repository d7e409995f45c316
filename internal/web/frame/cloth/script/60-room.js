// A form that only carries something from one page to the next sends itself.
$("form[data-at-once]")?.requestSubmit();

// A box that is kept as soon as it is ticked, and as soon as the tick is taken back.
addEventListener("change", (e) => { if (e.target.matches("[type=checkbox][data-at-once]")) e.target.form.requestSubmit(); });

// When the clock of a room is over, one of those who wait opens the question for all. The server decides whether it is
// time; whoever is first does it, the others change nothing.
// Where nobody has written yet there is nothing to open, and the page is asked once more, to say so.
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

// A tapped phrase goes into the one text, as a sentence of its own.
addEventListener("change", (e) => {
  const field = e.target.dataset.into && document.getElementById(e.target.dataset.into);
  if (!field || !isText(field) || !e.target.checked) return;
  let phrase = e.target.value.trim().replace(/[,;]$/, "");
  if (!/\p{P}$/u.test(phrase)) phrase += ".";
  if (!field.value.toLowerCase().includes(phrase.replace(/\.$/, "").toLowerCase())) field.value = (field.value.trim() + " " + phrase[0].toUpperCase() + phrase.slice(1)).trim();
  e.target.checked = false;
  e.target.closest("label").classList.add("picked");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
