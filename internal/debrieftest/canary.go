package debrieftest

import (
	"context"
	"encoding/json"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// canary sings when anybody's words run: they call it.
const canary = `window.sung = []; window.canary = window.alert = window.prompt = window.confirm = (...said) => sung.push("ran: " + said)`

// intruders are what no page of ours has, although nobody has touched it yet.
const intruders = `(async () => {
	const found = [...sung], name = (el) => el.outerHTML.slice(0, 200);
	for (const el of document.querySelectorAll("*")) {
		for (const a of el.attributes) {
			if (/^on/i.test(a.name)) found.push("handler: " + name(el));
			if (/^(href|src|action|formaction|data|srcdoc|xlink:href|poster|background)$/i.test(a.name) &&
				/^(javascript|data|vbscript|feed|view-source):/i.test(a.value.replace(/[\u0000-\u0020]/g, ""))) found.push("address: " + name(el));
			if (a.name === "style" && el.closest("main, header, footer")) found.push("style: " + name(el));
		}
		if (/^(iframe|object|embed|base|marquee|style|frame)$/i.test(el.localName) || el.localName === "meta" && el.httpEquiv.toLowerCase() === "refresh" ||
			el.localName === "script" && !el.src?.startsWith(location.origin + "/cloth/")) found.push("element: " + name(el));
	}
	return JSON.stringify([...new Set(found)].slice(0, 20));
})()`

// Unguarded takes the content policy away from every page from the next one on:
// what somebody smuggled into one then runs.
func (d *Device) Unguarded() {
	d.t.Helper()
	d.do("take the content policy away",
		call(page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}),
		func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
			_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: canary})
			return chromedp.Void{}, err
		},
	)
}

// Intruders returns what on the page was smuggled in: what ran, and what would
// when touched.
func (d *Device) Intruders() (found []string) {
	d.t.Helper()
	if err := json.Unmarshal([]byte(d.Await(intruders)), &found); err != nil {
		d.t.Fatal(err)
	}
	return found
}
