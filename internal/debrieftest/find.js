// find looks for something on the page as a person would, by its words, and
// says where it is or why it cannot be used yet.
(function find(act, what, option) {
  const squeeze = (s) => (s || "").replace(/\s+/g, " ").trim();
  const visible = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && el.getClientRects().length > 0;
  const isSelector = /^[#.[]|[[>]|^(main|form|article|section|li|ol|ul) |^(body|main|nav|header|footer|form|title|h1|h2|dialog)$/.test(what);
  const named = "a[href], button, input, select, textarea, summary, label, [role=button], [role=tab], [contenteditable]";
  const fields = "input:not([type=hidden]), select, textarea, [contenteditable]";

  function name(el) {
    if (el.getAttribute("aria-label")) return squeeze(el.getAttribute("aria-label"));
    const by = el.getAttribute("aria-labelledby");
    if (by) return squeeze(by.split(/\s+/).map((id) => (document.getElementById(id) || {}).textContent).join(" "));
    if (el.labels && el.labels.length) return squeeze(el.labels[0].innerText);
    if (el.matches("input[type=submit], input[type=button]")) return squeeze(el.value);
    // Words for ears alone stand on a line of their own: "Edit", ", Step 2".
    return squeeze(el.innerText).replace(/ ,/g, ",") || squeeze(el.getAttribute("title") || el.getAttribute("alt"));
  }

  function candidates(selector) {
    if (isSelector) return [...document.querySelectorAll(what)];
    const all = [...document.querySelectorAll(selector)];
    const words = squeeze(what);
    for (const fits of [(n) => n === words, (n) => n.startsWith(words), (n) => n.includes(words)]) {
      const some = all.filter((el) => fits(name(el)));
      if (some.some(visible)) return some;
    }
    return all.filter((el) => el.name === what || el.id === what);
  }

  // stop is where the Tab key has come to, and what is wrong with it: whoever has no mouse must see where they are, and
  // come through the page in the order in which it is read.
  function stop() {
    const el = document.activeElement;
    const before = window.lastStop;
    window.lastStop = el;
    if (!el || el === document.body) return { Text: "" };
    const here = { Text: name(el), There: isSelector ? el.matches(what) : name(el).startsWith(squeeze(what)) };
    let ringed = el;
    for (let up = 0; up < 3 && ringed && !hasRing(ringed); up++) ringed = ringed.parentElement;
    const parted = el.matches("input[type=date], input[type=time]"); // the browser rings its parts, out of our sight
    if (!parted && (!ringed || !hasRing(ringed))) return { ...here, Not: "shows no focus" };
    if (el.tabIndex > 0) return { ...here, Not: "has a place of its own in the order" };
    if (!seen(el) && !(ringed && seen(ringed))) return { ...here, Not: "has the focus and cannot be seen" };
    const first = [...document.querySelectorAll(named + ", [tabindex]")].find((e) => e.tabIndex >= 0);
    if (before && before.isConnected && el !== first && before.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_PRECEDING) {
      return { ...here, Not: "comes after " + name(before) + " and stands before it" };
    }
    return here;
  }

  function hasRing(el) {
    const style = getComputedStyle(el);
    return style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  }

  function seen(el) {
    return [...el.getClientRects()].some((r) => [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
      const top = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
      return top && (el.contains(top) || top.contains(el) || [...(el.labels || [])].some((l) => l.contains(top)));
    }));
  }

  if (act === "address") return { Text: location.pathname + location.search };
  if (act === "focused") return { Text: document.activeElement ? name(document.activeElement) : "" };
  if (act === "stop") return stop();
  if (act === "see" || act === "gone") {
    const shown = document.body && squeeze(document.body.innerText).toLowerCase().includes(squeeze(what).toLowerCase());
    if (act === "see") return shown ? {} : { Not: "is not shown" };
    return shown ? { Not: "is still shown" } : {};
  }
  if (act === "read") {
    const el = document.querySelector(what);
    return el ? { Text: what === "title" ? document.title : el.innerText } : { Not: "is not there" };
  }

  const el = candidates(act === "click" ? named : fields).find((el) => visible(el) || (el.labels && [...el.labels].some(visible)));
  if (!el) return { Not: "is not there, or not visible" };
  if (act === "value") return { Text: el.value };
  if (act === "hold") return el.value.includes(option) ? {} : { Not: "holds " + el.value };
  if (el.disabled) return { Not: "is disabled" };
  if (act === "type") {
    if (el.readOnly) return { Not: "is read-only" };
    el.focus();
    if (el.select) el.select();
    return document.activeElement === el ? {} : { Not: "takes no focus" };
  }
  if (act === "choose") {
    const pick = [...el.options].find((o) => squeeze(o.text) === squeeze(option));
    if (!pick) return { Not: "has no option " + option };
    el.value = pick.value;
    el.dispatchEvent(new Event("input", { bubbles: true }));
    el.dispatchEvent(new Event("change", { bubbles: true }));
    return {};
  }
  const target = visible(el) ? el : [...el.labels].find(visible);
  const was = target.getBoundingClientRect().top;
  target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  if (target.getBoundingClientRect().top !== was) { // until it is drawn there, a click lands where it was
    window.moved = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.moved = -Infinity; }));
  }
  // Pages without scripts and windows behind others hear of no drawing: half a second has to do.
  if (performance.now() - window.moved < 500) return { Not: "is being brought into view" };
  const box = [...target.getClientRects()].find((r) => r.width > 0 && r.height > 0);
  if (!box) return { Not: "has no area" };
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const hits = top && (target.contains(top) || top.contains(target) || (el.labels && [...el.labels].some((l) => l.contains(top))));
  if (!hits) return { Not: "is covered by " + (top ? top.outerHTML.slice(0, 120) : "nothing, it is off the page") };
  // A page that is drawn anew between this look and the click lies elsewhere under it.
  window.missed = false;
  addEventListener("click", ({ target: at }) => {
    window.missed = target.isConnected && at !== top && !target.contains(at) && ![...(el.labels || [])].some((l) => l.contains(at));
  }, { capture: true, once: true });
  return { X: x, Y: y };
})
