// Single keys, off while somebody types and for whoever switched them off. Elements say which key is theirs: data-key,
// and data-go for the one after g.
let after = "";
addEventListener("keydown", (e) => {
  const at = document.activeElement;
  if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && at?.form) {
    e.preventDefault();
    at.form.requestSubmit($(".go:not([type=button])", at.form) ?? $("button:not([type=button])", at.form));
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || isText(at) || $("dialog[open]")) return;
  if (e.key === "?") return showKeys();
  if (recall("keys") === "off") return;
  const first = after;
  after = e.key === "g" ? "g" : "";
  if (first === "g") return press(`[data-go="${CSS.escape(e.key)}"]`, e);
  if (e.key === "j" || e.key === "k") return move(e.key === "j" ? 1 : -1);
  if (/^[1-9]$/.test(e.key)) return press($$("[data-choose] input")[e.key - 1], e);
  if (e.key === "Escape") return press(".nudge [data-do=keep]", e);
  press(`[data-key="${CSS.escape(e.key)}"]`, e);
});

function press(what, e) {
  const el = typeof what === "string" ? $$(what).find((el) => el.checkVisibility?.() ?? true) : what;
  if (!el) return;
  e.preventDefault();
  el.focus();
  if (!isText(el)) el.click();
}

function move(by) {
  const links = $$("[data-list] > * a:first-of-type");
  const here = links.findIndex((a) => a.closest("[data-list] > *").contains(document.activeElement));
  links[Math.max(0, Math.min(links.length - 1, here + by))]?.focus();
}

function showKeys() {
  const dialog = says("keys");
  if (!dialog) return;
  const from = document.activeElement;
  const [off, on] = $$("[data-do=keys]", dialog);
  const show = () => { off.hidden = recall("keys") === "off"; on.hidden = !off.hidden; };
  const turn = (to, next) => () => { remember("keys", to); show(); next.focus(); };
  off.onclick = turn("off", on);
  on.onclick = turn(null, off);
  $("[data-do=close]", dialog).onclick = () => dialog.close();
  dialog.onclose = () => { dialog.remove(); from?.focus(); };
  document.body.append(dialog);
  show();
  dialog.showModal();
}

document.documentElement.classList.add("scripted");
