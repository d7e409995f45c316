// What is wrong with how the page lies at this width, one line each.
(() => {
  const wide = document.documentElement.clientWidth, phone = wide < 500, least = wide < 390 ? 12 : 13, finger = 44;
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  // A form answers with its fields where their names are those of methods.
  const all = what => [...document.body.querySelectorAll(what)].filter(e => e.tagName !== "FORM" && shown(e));
  const style = e => getComputedStyle(e);
  const name = e => `${e.tagName.toLowerCase()} "${(e.textContent || e.name || "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;

  const clipped = e => e && (style(e).clipPath === "inset(50%)" || clipped(e.parentElement));
  function shown(e) {
    const r = e.getBoundingClientRect();
    return r.width > 1 && r.height > 1 && !e.closest(".vh, .skip, option") && !clipped(e)
      && e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }
  const words = e => [...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
  const texts = all("*").filter(e => words(e).length);

  function sideways() {
    const width = document.documentElement.scrollWidth;
    if (width <= wide) return [];
    const out = all("main *").find(e => [e.getBoundingClientRect(), ...lines(e)].some(r => r.right > wide + 1) && !e.closest(".scrollx, .subnav"));
    return [`the page is ${width} px wide${out ? ", because of " + name(out) : ""}`];
  }

  const small = () => texts.filter(e => parseFloat(style(e).fontSize) < least).map(e => `text of ${style(e).fontSize}: ${name(e)}`);

  // A link inside a sentence is as high as its line.
  function tight() {
    return !phone ? [] : all(controls).filter(e => {
      const inside = style(e).display === "inline" && e.parentElement.textContent.trim() !== e.textContent.trim();
      return !inside && (e.closest("label") ?? e).getBoundingClientRect().height < finger - .5;
    }).map(e => `too low for a finger: ${name(e)}`);
  }

  // The lines of an element's own words, less what it cuts off.
  function lines(e) {
    const range = document.createRange(), end = style(e).overflow === "visible" ? Infinity : e.getBoundingClientRect().bottom - 6;
    return words(e).flatMap(n => (range.selectNodeContents(n), [...range.getClientRects()])).filter(r => r.top < end);
  }
  const floats = e => e !== document.body && (style(e).position === "fixed" || floats(e.parentElement));
  const meet = (p, q) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 3 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 6;
  function over() {
    const lain = texts.filter(e => !floats(e)).map(e => [e, lines(e)]);
    return lain.flatMap(([a, as], i) => lain.slice(i + 1)
      .filter(([b, bs]) => !a.contains(b) && as.some(p => bs.some(q => meet(p, q))))
      .map(([b]) => `${name(a)} and ${name(b)} lie over each other`));
  }

  const ringed = e => style(e).outlineStyle !== "none" && parseFloat(style(e).outlineWidth) >= 2;
  function ringless() {
    const before = document.activeElement;
    const without = all(controls).filter(e => {
      e.focus({ preventScroll: true, focusVisible: true });
      return document.activeElement === e && !ringed(e) && !ringed(e.closest("label") ?? e);
    });
    document.activeElement.blur();
    before.focus({ preventScroll: true });
    return without.map(e => `no ring around ${name(e)}`);
  }

  return JSON.stringify([...new Set([sideways, small, tight, over, ringless].flatMap(f => f()))]);
})()
