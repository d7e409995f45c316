package web

import (
	"debrief/internal/practice"
	"debrief/internal/words"
)

// What the pages about people and teams are filled with.
var (
	ben = person{Member: practice.Member{ID: "mem_ben", Name: "Ben", Active: true, Steward: true,
		Leads: []practice.MemberID{"mem_ilse"}}, Initial: "B", You: true}
	laptop = practice.Device{ID: "dev_a", Label: "Firefox, Linux", LetInAt: noon, SeenAt: noon, EndsAt: noon}
	scopes = []practice.Scope{practice.ScopeRead, practice.ScopeReport, practice.ScopeWrite}
)

var _ = sample("setup", func(f *Frame) (any, any) {
	return setUpPage{inTeam: inTeam{f}}, setUpPage{inTeam: inTeam{f}, Packs: []*words.Pack{f.Pack}, Zone: "UTC", Starts: "09:00",
		Form: wrongForm(f, "triggers", "hours")}
})

var _ = sample("door", func(f *Frame) (any, any) {
	return doorPage{Frame: f}, doorPage{Frame: f, Ready: true, Out: true, Next: "/more", Form: wrongForm(f, "passphrase")}
})

var _ = sample("link", func(f *Frame) (any, any) {
	return linkPage{Frame: f}, linkPage{Frame: f, Name: "Ben", Reset: true, Least: 8, Form: wrongForm(f, "passphrase")}
})

var _ = sample("team", func(f *Frame) (any, any) {
	return teamPage{inTeam: inTeam{f}, Now: teamSettings(f, permits)}, teamPage{inTeam: inTeam{f}, Now: teamSettings(f, permits), Team: permits, Packs: []*words.Pack{f.Pack}, Edits: true, Steward: true,
		Kept: true, Others: []practice.Team{permits}, Form: wrongForm(f, "triggers")}
})

var _ = sample("teamwords", func(f *Frame) (any, any) {
	form := wrongForm(f, "review")
	form.Meanwhile(map[string]string{"review.many": "debriefs", "core": ""})
	many := wordField(f, form, "review.many", "team.words.many", map[string]string{})
	return teamWordsPage{inTeam: inTeam{f}, Pack: f.Pack}, teamWordsPage{inTeam: inTeam{f}, Form: form, Team: permits, Pack: f.Pack, Edits: true, Kept: true,
		Rows: []wordRow{{Plain: "Review", One: wordField(f, form, "review", "team.words.one", map[string]string{}), Many: &many}}}
})

var _ = sample("newteam", func(f *Frame) (any, any) {
	return newTeamPage{inTeam: inTeam{f}}, newTeamPage{inTeam: inTeam{f}, Packs: []*words.Pack{f.Pack},
		Early: &Refusal{Title: "Early", Why: "Because", Small: true}, Form: wrongForm(f, "why")}
})

var _ = sample("organisation", func(f *Frame) (any, any) {
	house := practice.Organisation{Name: "Halvern City", Zone: "UTC"}
	return organisationPage{inTeam: inTeam{f}, Now: houseSettings(house)}, organisationPage{inTeam: inTeam{f}, Organisation: house, Now: houseSettings(house), Edits: true, Kept: true, Form: wrongForm(f, "hours")}
})

var _ = sample("people", func(f *Frame) (any, any) {
	return peoplePage{inTeam: inTeam{f}}, peoplePage{inTeam: inTeam{f}, Team: permits, Teams: []practice.Team{permits, {ID: "tea_b", Name: "Night"}},
		People: []person{ben}, Elsewhere: []person{ben}, Left: []person{ben}, Leads: []leading{{"Ben", []string{"Ilse", "Dana"}}},
		Added: "Two", Steward: true, Form: wrongForm(f, "names")}
})

var _ = sample("member", func(f *Frame) (any, any) {
	return memberPage{Frame: f}, memberPage{Frame: f, Person: ben, Devices: []practice.Device{laptop, {ID: "dev_b"}},
		Teams: []practice.Team{permits}, Others: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}},
		Holdings: []holding{{"Carries: x", "/f/1"}}, Form: wrongForm(f, "name")}
})

var _ = sample("shown", func(f *Frame) (any, any) {
	return shownOncePage{Frame: f}, shownOncePage{Frame: f, Heading: "A link", Lede: "For Ben",
		Secret: "https://x/in/y", Until: "Once.", Back: "/you"}
})

var _ = sample("you", func(f *Frame) (any, any) {
	return youPage{Frame: f}, youPage{Frame: f, Person: ben, Teams: []practice.Team{permits},
		Devices: []ownDevice{{laptop, true}, {practice.Device{ID: "dev_b"}, false}},
		Tokens: []practice.Token{
			{ID: "tok_a", Name: "monitor", Scopes: scopes, EndsAt: noon.AddDate(0, 0, 9), SeenAt: noon},
			{ID: "tok_b", Name: "old"}, {ID: "tok_c", Name: "new", EndsAt: noon.AddDate(0, 0, 1)},
		},
		Passphrase: true, Kept: true, Form: wrongForm(f, "before", "days")}
})
