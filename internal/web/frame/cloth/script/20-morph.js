// morph makes `now` look like `next` and touches only what differs, so that focus, selection and scrolling stay where
// they are. A form somebody is writing in is left alone: see hold.
function morph(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  if (now.nodeName === "FORM" && isRefused(now)) return;
  if (now.nodeName === "FORM" && isWritten(now)) return hold(now, next);
  const untouched = "defaultValue" in now && now.value === now.defaultValue;
  const unticked = now.checked === now.defaultChecked;
  morphAttributes(now, next);
  morphChildren(now, next);
  if (untouched && now.type !== "file") now.value = next.defaultValue;
  if (unticked && "checked" in now) now.checked = next.defaultChecked;
}

function morphAttributes(now, next) {
  for (const { name, value } of next.attributes) {
    // Open or shut is the reader's choice.
    if (name === "open" && now.nodeName === "DETAILS") continue;
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (name !== "open" && !next.hasAttribute(name)) now.removeAttribute(name);
  }
}

function morphChildren(now, next) {
  let here = now.firstChild;
  for (const want of [...next.childNodes]) {
    const found = match(here, want);
    if (found) {
      while (here !== found && here && !name(here)) here = drop(here);
      if (found !== here) now.insertBefore(found, here);
      else here = here.nextSibling;
      morph(found, want);
    } else {
      const added = document.importNode(want, true);
      // Shown by opacity only.
      added.classList?.add("appear");
      now.insertBefore(added, here);
    }
  }
  while (here) here = drop(here);
}

// name is what an element keeps from one version of the page to the next.
function name(el) {
  return el.id || (el.nodeName === "FORM" && el.getAttribute("action")) || "";
}

// match finds what may become `want`: the next of its kind with its name, or without one, but nothing that says a refusal.
function match(from, want) {
  if (want.nodeType !== Node.ELEMENT_NODE) return from?.nodeType === want.nodeType ? from : null;
  for (let el = from; el; el = el.nextSibling) {
    if (el.nodeName === want.nodeName && name(el) === name(want) && !el.matches(refused)) return el;
  }
  return null;
}

// drop takes an element out, unless somebody is writing in it or has to mend it. It returns the one after it.
function drop(el) {
  const after = el.nextSibling;
  const forms = el.nodeName === "FORM" ? [el] : el.querySelectorAll ? $$("form", el) : [];
  const kept = forms.filter(isHeld);
  if (kept.length > 0) strip(el, kept);
  else if (!el.matches?.(refused)) el.remove();
  return after;
}

// strip leaves of an element that is out of date only the forms in it, where they stand: moved, they would lose the
// cursor. What says why something was not kept stays whole: its form alone would offer a choice between nothing.
function strip(el, kept) {
  if (kept.includes(el) || el.matches(refused)) return;
  el.classList.add("kept");
  for (const child of [...el.childNodes]) {
    if (kept.some((form) => child.contains(form))) strip(child, kept);
    else if (!child.matches?.(refused)) child.remove();
  }
}

// refused is what says that something sent was not kept; isRefused: a form that still holds it.
const refused = "[data-refused]";
function isRefused(form) {
  return !!(form.closest(refused) || $(".wrong, [aria-invalid=true], " + refused, form));
}

// isBusyWriting: the cursor is in a text of this form, or something in it is written.
function isBusyWriting(form) {
  return isText($(":focus", form)) || isWritten(form);
}

const isHeld = (form) => isRefused(form) || isBusyWriting(form);

// isWritten: something in this form differs from what the server sent.
function isWritten(form) {
  return [...form.elements].some((el) =>
    "checked" in el && /checkbox|radio/.test(el.type) ? el.checked !== el.defaultChecked
      : isText(el) && "defaultValue" in el && el.value !== el.defaultValue);
}

// hold keeps what somebody wrote in a form. Where the text on the server changed meanwhile, both stand below the field
// until the person says which: the form keeps sending the version it was written against. Two who wrote the same have
// nothing to choose.
function hold(form, next) {
  $("[data-both]", form)?.remove();
  const changed = $$("textarea, input", next).filter((theirs) => {
    const mine = isText(theirs) && form.elements[theirs.name], is = theirs.defaultValue;
    if (!mine) return;
    if (mine.value === mine.defaultValue) mine.value = is;
    if (mine.value === is) mine.defaultValue = is;
    return mine.defaultValue !== is;
  });
  if (!isWritten(form)) return morph(form, next);
  if (changed.length === 0) return takeHidden(form, next);
  for (const theirs of changed) offerBoth(form, form.elements[theirs.name], theirs.defaultValue, next);
}

function takeHidden(form, next) {
  for (const { name, value } of $$("[type=hidden]:not([name=once])", next)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

function offerBoth(form, field, theirs, next) {
  const both = says("both");
  $("[data-slot=theirs]", both).textContent = theirs;
  $("[data-slot=mine]", both).textContent = field.value;
  const settle = (text) => () => {
    field.value = text();
    field.defaultValue = theirs;
    takeHidden(form, next);
    both.remove();
    // What else is new in the form.
    changed(["*"]);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  $("[data-do=theirs]", both).onclick = settle(() => theirs);
  $("[data-do=mine]", both).onclick = settle(() => field.value);
  $("[data-do=join]", both).onclick = settle(() => field.value + "\n" + theirs);
  field.after(both);
  speak($("b", both).textContent);
}
