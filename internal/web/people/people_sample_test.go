package people

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
	"debrief/internal/words"
)

// What the pages about people and teams are filled with.
var (
	ben = person{Member: practice.Member{ID: "mem_ben", Name: "Ben", Active: true, Steward: true,
		Leads: []practice.MemberID{"mem_ilse"}}, Initial: "B", You: true}
	laptop = practice.Device{ID: "dev_a", Label: "Firefox, Linux", LetInAt: webtest.Noon, SeenAt: webtest.Noon, EndsAt: webtest.Noon}
	mo     = practice.Knock{ID: "knk_mo", Team: "tea_a", Name: "Mo", Words: "copper heron", Label: "Firefox, Android",
		State: practice.KnockWaiting, At: webtest.Noon, EndsAt: webtest.Noon}
	oneCode = practice.TeamCode{Team: "tea_a", Words: "alder copper heron mill", EndsAt: webtest.Noon}
	scopes  = []practice.Scope{practice.ScopeRead, practice.ScopeReport, practice.ScopeWrite}
)

var _ = webtest.Sample("setup", func(f *frame.Frame) (any, any) {
	return setUpPage{inTeam: inTeam{f}}, setUpPage{inTeam: inTeam{f}, Packs: []*words.Pack{f.Pack}, Zone: "UTC", Starts: "09:00",
		Form: webtest.WrongForm(f, "triggers", "hours")}
})

var _ = webtest.Sample("door", func(f *frame.Frame) (any, any) {
	return doorPage{Frame: f}, doorPage{Frame: f, Ready: true, Out: true, Nobody: true, Next: "/more", Receipt: "/receipt", Form: webtest.WrongForm(f, "passphrase"),
		Provider: &provider{Name: "Riverside sign-in", Knocks: true}}
})

var _ = webtest.Sample("link", func(f *frame.Frame) (any, any) {
	return linkPage{Frame: f, Name: "Ben", Provider: &provider{Name: "Halvern ID"}}, linkPage{Frame: f, Name: "Ben", Reset: true, Least: 8, Form: webtest.WrongForm(f, "passphrase")}
})

var _ = webtest.Sample("team", func(f *frame.Frame) (any, any) {
	return teamPage{inTeam: inTeam{f}, Now: teamSettings(f, webtest.Permits)}, teamPage{inTeam: inTeam{f}, Now: teamSettings(f, webtest.Permits), Team: webtest.Permits, Packs: []*words.Pack{f.Pack}, Edits: true, Steward: true,
		Kept: true, Others: []practice.Team{webtest.Permits}, Form: webtest.WrongForm(f, "triggers")}
})

var _ = webtest.Sample("teamwords", func(f *frame.Frame) (any, any) {
	form := webtest.WrongForm(f, "review")
	form.Meanwhile(map[string]string{"review.many": "debriefs", "core": ""})
	many := wordField(f, form, "review.many", "team.words.many", map[string]string{})
	return teamWordsPage{inTeam: inTeam{f}, Pack: f.Pack}, teamWordsPage{inTeam: inTeam{f}, Form: form, Team: webtest.Permits, Pack: f.Pack, Edits: true, Kept: true,
		Rows: []wordRow{{Plain: "Review", One: wordField(f, form, "review", "team.words.one", map[string]string{}), Many: &many}}}
})

var _ = webtest.Sample("remarks", func(f *frame.Frame) (any, any) {
	form := webtest.WrongForm(f, "phrases")
	form.Meanwhile(map[string]string{"phrases": "[left alone]\nneglected children"})
	return remarksPage{inTeam: inTeam{f}, Now: ownPhrases(webtest.Permits)}, remarksPage{inTeam: inTeam{f}, Form: form, Team: webtest.Permits, Now: ownPhrases(webtest.Permits),
		Edits: true, Kept: true, Tried: true, Found: []string{"A remark."}}
})

var _ = webtest.Sample("newteam", func(f *frame.Frame) (any, any) {
	return newTeamPage{inTeam: inTeam{f}}, newTeamPage{inTeam: inTeam{f}, Packs: []*words.Pack{f.Pack},
		Early: &frame.Refusal{Title: "Early", Why: "Because", Small: true}, Form: webtest.WrongForm(f, "why")}
})

var _ = webtest.Sample("organisation", func(f *frame.Frame) (any, any) {
	house := practice.Organisation{Name: "Halvern City", Zone: "UTC"}
	return organisationPage{inTeam: inTeam{f}, Now: houseSettings(house)}, organisationPage{inTeam: inTeam{f}, Organisation: house, Now: houseSettings(house), Edits: true, Kept: true, Form: webtest.WrongForm(f, "hours")}
})

var _ = webtest.Sample("people", func(f *frame.Frame) (any, any) {
	return peoplePage{inTeam: inTeam{f}}, peoplePage{inTeam: inTeam{f}, Team: webtest.Permits, Teams: []practice.Team{webtest.Permits, {ID: "tea_b", Name: "Night"}},
		People: []person{ben}, Elsewhere: []person{ben}, Left: []person{ben}, Leads: []leading{{"Ben", []string{"Ilse", "Dana"}}},
		Became: "Two", Steward: true, Form: webtest.WrongForm(f, "names"), Code: &code{oneCode, "https://x.example" + oneCode.Path(), false},
		Knocks: []app.Knocking{{Knock: mo, Team: webtest.Permits, May: true}, {Knock: practice.Knock{ID: "knk_b", Name: "Ben"}, Known: ben.Member}}}
})

var _ = webtest.Sample("member", func(f *frame.Frame) (any, any) {
	return memberPage{Frame: f}, memberPage{Frame: f, Person: ben, Devices: []practice.Device{laptop, {ID: "dev_b"}},
		Teams: []practice.Team{webtest.Permits}, Others: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}},
		Names: map[practice.MemberID]string{"mem_ilse": "Ilse"}, Form: webtest.WrongForm(f, "name")}
})

var _ = webtest.Sample("join", func(f *frame.Frame) (any, any) {
	return joinPage{Frame: f, Form: webtest.WrongForm(f, "code"), Provider: &provider{Name: "Riverside sign-in"}}, joinPage{Frame: f, Team: "Permits", Knock: mo}
})

var _ = webtest.Sample("code", func(f *frame.Frame) (any, any) {
	return codePage{Frame: f, Code: code{Over: true}}, codePage{Frame: f, Team: webtest.Permits, Code: code{oneCode, "http://127.0.0.1:8080" + oneCode.Path(), false}, Join: "x.example/join"}
})

var _ = webtest.Sample("address", func(f *frame.Frame) (any, any) {
	return addressPage{Frame: f}, addressPage{f, webtest.Permits, "https://x.example/r/abcdefghijklmnop"}
})

var _ = webtest.Sample("leaving", func(f *frame.Frame) (any, any) {
	return leavingPage{Frame: f, Person: ben, Team: webtest.Permits}, leavingPage{Frame: f, Person: ben, Form: webtest.WrongForm(f, "to-review-x"),
		Takers: []taker{{Name: "to-review-x", Label: "Leads: x", Empty: "Choose", Wrong: "Choose", Options: []frame.Option{{Value: "mem_ilse", Text: "Ilse", On: true}}}}}
})

var _ = webtest.Sample("device", func(f *frame.Frame) (any, any) {
	return devicePage{Frame: f}, devicePage{Frame: f, Device: laptop, Form: webtest.WrongForm(f, "name")}
})

var _ = webtest.Sample("shown", func(f *frame.Frame) (any, any) {
	return shownOncePage{Frame: f}, shownOncePage{Frame: f, Heading: "A link", Lede: "For Ben",
		Secret: "https://x/in/y", Until: "Once.", Back: "/you"}
})

var _ = webtest.Sample("you", func(f *frame.Frame) (any, any) {
	return youPage{Frame: f}, youPage{Frame: f, Person: ben, Teams: []practice.Team{webtest.Permits},
		Devices: []ownDevice{{laptop, true}, {practice.Device{ID: "dev_b"}, false}},
		Tokens: []practice.Token{
			{ID: "tok_a", Name: "monitor", Scopes: scopes, EndsAt: webtest.Noon.AddDate(0, 0, 9), SeenAt: webtest.Noon},
			{ID: "tok_b", Name: "old"}, {ID: "tok_c", Name: "new", EndsAt: webtest.Noon.AddDate(0, 0, 1)},
		},
		Passphrase: true, Kept: true, Form: webtest.WrongForm(f, "before", "days"), Provider: &provider{Name: "Riverside sign-in", Wish: "a-wish"}}
})

var _ = webtest.Sample("mine", func(f *frame.Frame) (any, any) {
	return minePage{Frame: f}, minePage{Frame: f, Form: webtest.WrongForm(f, "sure")}
})
