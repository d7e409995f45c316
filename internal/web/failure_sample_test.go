package web

import (
	"net/url"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// What the pages about failures are filled with.
var (
	meant = []app.Meant{{Scar: scar, Procedure: practice.Procedure{Slug: "closing", Title: "Closing"}, Step: line}, {Scar: scar, Safeguard: guard}}
	meet  = app.Called{Review: practice.Review{ID: "rev_a", Phase: practice.PhaseArrive, MeetAt: noon.Add(time.Hour)}, Failure: oven,
		Invited: []practice.Invitation{{Member: "mem_ilse"}}}
	shut = app.Called{Review: practice.Review{ID: "rev_b", Phase: practice.PhaseClosed, ClosedAt: noon}, Failure: oven, Carried: &promise}
)

var _ = sample("report", func(f *Frame) (any, any) {
	return reportPage{Frame: f}, reportPage{Frame: f, Of: permits, Teams: []practice.Team{permits, {ID: "tea_b", Name: "Night"}},
		Words: "oven", Form: wrongForm(f, "what", "time")}
})

var _ = sample("echo", func(f *Frame) (any, any) {
	return echoPage{Frame: f, Failed: true}, echoPage{Frame: f, Failure: oven, Convener: "Dana", Mine: true, Said: url.Values{"unsure": {"7"}}, Echo: app.Echo{Meant: meant,
		Earlier: []app.Likeness{{Failure: brought, Words: []string{"oven", "left", "night"}}, {Failure: oven, Team: "Night"}, {Failure: oven, Tie: practice.Tie{ID: "lnk_a", Kind: practice.TieJoined}}},
		Limits:  []app.Likeness{{Constraint: limit}}}}
})

var _ = sample("failure", func(f *Frame) (any, any) {
	return failurePage{inLoop: inLoop{f}, Failure: brought}, failurePage{inLoop: inLoop{f}, Failure: oven, Team: permits, Convener: "Dana", reader: "mem_ilse",
		Facts:   []practice.Fact{{ID: "fct_a", At: noon, Text: "It was hot", Link: "https://elsewhere.example/3", File: "fil_a", Pasted: "one\ntwo", Author: "mem_ilse"}},
		Ties:    []app.Tied{{Tie: practice.Tie{ID: "lnk_a", Kind: practice.TieJoined}, Other: brought}},
		Reviews: []app.Called{meet, shut}, People: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}}, Touched: []string{"the night shift"},
		Form: wrongForm(f, "text", "picture")}
})

var _ = sample("invite", func(f *Frame) (any, any) {
	return invitePage{Frame: f, Failure: oven}, invitePage{Frame: f, Failure: oven, Convener: "Dana", Times: []time.Time{noon},
		People: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}}, Closest: map[practice.MemberID]string{"mem_ilse": "reported it"},
		Leader: practice.Refuse(practice.Conflict, "invite.leader").With("name", "Martin").With("id", "mem_m").With("n", 2),
		Form:   wrongForm(f, "why", "people")}
})

var _ = sample("home", func(f *Frame) (any, any) {
	early := oven
	early.Stage = practice.StageEarly
	return homePage{inLoop: inLoop{f}}, homePage{inLoop: inLoop{f}, Me: "mem_ilse", Names: map[practice.MemberID]string{"mem_d": "Dana Ruiz"}, Home: app.Home{
		Began: true, Windows: []app.Window{{Failure: oven}, {Failure: oven, Review: meet.Review}}, Waiting: []practice.Failure{oven, early},
		Mine: []app.Carried{{Carry: practice.Carry{ID: "cry_a", Act: "brief them", Moment: "before June", DueAt: noon, State: practice.CarryOffered}}},
		OnTheWay: []app.Carried{{Carry: practice.Carry{ID: "cry_b", Act: "adds it", DueAt: noon, State: practice.CarryAccepted}, Carrier: practice.Member{Name: "Dana Ruiz"}},
			{Carry: practice.Carry{ID: "cry_c", Act: "tells them", State: practice.CarryOffered}}},
		Back: &meant[1], Unseen: []app.Unseen{{Procedure: practice.Procedure{Slug: "closing", Title: "Closing"}, Places: []int{3, 4}}},
		Lately: meant, Notices: []practice.Notice{{ID: "ntc_a", Code: "notice.convene", Args: practice.Args{"title": "Oven"}, Link: "/f/120"}}}}
})

var _ = sample("note", func(f *Frame) (any, any) {
	return notePage{Frame: f}, notePage{Frame: f, Waiting: []practice.Failure{oven}, Form: wrongForm(f, "why")}
})
