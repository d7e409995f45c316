// Debrief's script. Every page works without it; with it, pages stay fresh, words survive a dropped phone, and a
// keyboard is enough. It holds no words: what it shows stands in the page, in <template> elements and data attributes.

// The one Trusted Types policy. Markup is made only of what this server sent to this page; the one script it names is the worker.
const rules = { createHTML: (text) => text, createScriptURL: (url) => url };
const trust = window.trustedTypes?.createPolicy("debrief", rules) ?? rules;

function parse(text) {
  return new DOMParser().parseFromString(trust.createHTML(text), "text/html").body;
}

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// says copies what the page has ready under a name: <template id="says-quiet">.
function says(name) {
  return $("#says-" + name)?.content.firstElementChild.cloneNode(true);
}

// A browser may refuse to remember anything. Then nothing is remembered.
function remember(key, value, store = localStorage) {
  try { value === null ? store.removeItem(key) : store.setItem(key, value); } catch { /* as said */ }
}
function recall(key, store = localStorage) {
  try { return store.getItem(key); } catch { return null; }
}

// post sends what is in a form to an address; null where nothing comes back.
function post(to, form, more) {
  return fetch(to, { method: "POST", body: new URLSearchParams(new FormData(form)), ...more }).catch(() => null);
}

// isText tells controls that people write in from those they tap.
function isText(el) {
  return !!el?.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=hidden])");
}
