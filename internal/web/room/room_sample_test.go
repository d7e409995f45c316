package room

import (
	"net/http/httptest"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// What the pages of a room are filled with.
func aRoom(phase practice.Phase, open bool) room.Room {
	return room.Room{
		Review: practice.Review{ID: "rev_1", Phase: phase, Open: open, Version: 4, Box: practice.DefaultBox, Sitting: 1, MeetAt: webtest.Noon,
			StartedAt: webtest.Noon.Add(-time.Hour), EndsAt: webtest.Noon.Add(-time.Minute), PhaseEndsAt: webtest.Noon.Add(-time.Second), FreeAt: webtest.Noon.Add(-time.Second)},
		Failure:  practice.Failure{ID: "flr_1", Number: 7, Title: "12 of 50 delivered"},
		Team:     practice.Team{Name: "Vans", Pack: "operations"},
		House:    practice.Organisation{RetentionDays: 90},
		Progress: practice.Progress{Seats: 3, Came: 3, Near: 1, Written: 3, Stand: 1, Text: true, Gaps: 2, Asked: 3},
		Move:     true, Blame: true, More: 1, Here: 2, Passing: true, Ideas: []room.Idea{{ID: "ans_9", Text: "A second bag"}}, Aside: []room.Aside{{ParkedConflict: practice.ParkedConflict{ID: "cft_a", Text: "Who drives"}}, {ParkedConflict: practice.ParkedConflict{ID: "cft_b", Text: "Two keys", Owner: "mem_a", DueOn: webtest.Noon}, Name: "Amal"}},
	}
}

func sampleSeat(f *frame.Frame, view room.Room) inSeat {
	p := seated(httptest.NewRequest("GET", "/seat/rev_1/2?moved&named", nil), f, view)
	p.Path = "/seat/rev_1/2"
	return p
}

var aPlan = practice.Plan{ID: "pln_a", FrozenAt: webtest.Noon, Intent: practice.Intent{Title: "Two rounds", Aim: "50 parcels by noon", Hard: "Stairs", Notice: "Bags are left",
	Signals: []practice.Signal{{What: "Bags", From: "5"}}, Ask: "Amal", Stop: "at one"}, Added: []practice.Addition{{Text: "It rained.", At: webtest.Noon}}, Reasons: []string{"The van was late.", "Nobody was at home."}}

var answers = []room.Read{
	{Answer: practice.Answer{ID: "ans_1", Text: "We rang at 21 doors. 6 opened.", Shows: "the tally"}, Mine: true, Phrases: []string{"We rang at 21 doors.", "6 opened."}},
	{Answer: practice.Answer{ID: "ans_2", Text: "Two went home.", Spoken: true, Added: true, Actual: "12", Where: "door"}, Phrases: []string{"Two went home."}},
}

var gaps = []practice.Gap{
	{ID: "gap_1", Intended: "50", Actual: "12", Where: "at the door", Taken: true, Round: 1, Version: 2, Quotes: []string{"6 opened."}},
	{ID: "gap_2", Intended: "six vans", Actual: "five", Where: "in the yard", Round: 1, Version: 1},
}

func sampleQuestion(f *frame.Frame, n int, open bool) questionPage {
	q := practice.Questions()[n-1]
	view := aRoom(q, open)
	p := questionPage{inSeat: sampleSeat(f, view), N: n, Q: room.Question{Room: view, Asked: q}}
	if open {
		p.Q.Answers, p.Q.Silent, p.Q.Quotes = answers, 2, []string{"6 opened."}
		p.Q.Text = practice.AgreedText{Text: "We rang at 21 doors.", Differ: "some say 22", Version: 2, Stand: 1}
	}
	p.Q.Mine = practice.Answer{ID: "ans_1", Text: "We rang", Actual: "nobody came", Where: "door", Shows: "the tally"}
	p.Q.Meant = "50 parcels"
	p.Room.Review.CameTrue = 2
	if p.Q.Plan = aPlan; n == 2 {
		p.Q.Plan = practice.Plan{}
	}
	p.Q.Untold, p.Room.Review.Trace, p.Room.Review.Traceless = true, "the tally", true
	p.Q.Facts = []practice.Fact{{At: webtest.Noon, Text: "Bags handed out", Link: "https://example.org", Pasted: "a long text", File: "fil_a"}}
	p.Q.Gaps = gaps
	return p
}

var _ = webtest.Sample("question", func(f *frame.Frame) (any, any) {
	full := sampleQuestion(f, 3, true)
	full.Form, full.Sent, full.Met = webtest.WrongForm(f, "text", "actual", "where"), "gap", "gap_2"
	return questionPage{inSeat: inSeat{Frame: f}, N: 1, Q: room.Question{Asked: practice.PhaseIntended, Hot: practice.Hot{Meant: "Sign 50", Day: webtest.Noon}}}, full
})

var _ = webtest.Sample("question", func(f *frame.Frame) (any, any) {
	past := sampleQuestion(f, 1, true)
	past.Q.Plan, past.Q.Text.Recalled, past.Room.Review.Phase = practice.Plan{}, true, practice.PhaseGap
	waiting := sampleQuestion(f, 1, false)
	scars := []practice.Scar{{Number: 12, At: webtest.Noon, UsedAt: webtest.Noon}}
	waiting.Q.Before = []room.Before{{Procedure: practice.Procedure{Title: "Doors"}, Step: practice.ProcedureStep{Number: "3", Text: "Ring twice."}, Scars: scars},
		{Safeguard: practice.Safeguard{ID: "sfg_1", Text: "One lock"}, Scars: []practice.Scar{{Number: 9, At: webtest.Noon}}},
		{Safeguard: practice.Safeguard{ID: "sfg_2", Text: "A lamp"}, Scars: []practice.Scar{{At: webtest.Noon, Of: "Vans"}}, Use: practice.UseCheck{Round: 1, Tally: practice.UseTally{No: 2}, SaidAt: webtest.Noon, DueAt: webtest.Noon}}}
	past.Q.Before = []room.Before{{Procedure: practice.Procedure{Title: "Doors"}, Step: practice.ProcedureStep{Number: "4", Text: "Knock."}}}
	waiting.Room.Passing, waiting.Nudge = false, &frame.Nudge{Frame: f, Remark: "Says who.", Turn: "It was shut …", Line: "<who> forgot", Sent: true}
	return waiting, past
})

var _ = webtest.Sample("sorting", func(f *frame.Frame) (any, any) {
	view := aRoom(practice.PhaseSort, false)
	full := sortPage{inSeat: sampleSeat(f, view), Back: "gap_1", sent: sortSent{webtest.WrongForm(f, "kind", "could", "differ", "do", "needs", "text2"), "gap_2"}}
	shown := gaps[1]
	shown.Open, shown.Taken, shown.Verdict, shown.Differ, shown.Needs, shown.OpenTill = true, true, practice.KeptOpen, "some say", "a van", webtest.Noon
	full.Gaps = []room.Sorted{
		{Gap: gaps[0], Mine: practice.Judgement{ID: "ans_3", Kind: practice.Inherent, Reason: "because", Could: practice.CouldOthers}},
		{Gap: shown, Marks: []room.Marks{{Kind: practice.Avoidable, N: 2, Reasons: []string{"We never asked."}},
			{Kind: practice.Inherent, N: 1, Needs: []string{"a sixth van"}}, {Kind: practice.KeptOpen, N: 1}}},
	}
	return sortPage{inSeat: inSeat{Frame: f}}, full
})

var _ = webtest.Sample("arrive", func(f *frame.Frame) (any, any) {
	full := arrivePage{inSeat: sampleSeat(f, aRoom(practice.PhaseArrive, false)), Form: webtest.WrongForm(f, "why"), Carrier: "Ines", Leaders: []string{"Martin"}, Guide: practice.Led{Name: "Kai"},
		Last: practice.Carry{ID: "cry_1", Moment: "before Saturday", Act: "count the bags", State: practice.CarryDropped, Why: "no bags"}}
	full.LastOf = practice.Failure{Title: "Bags ran out"}
	full.Room.Failure.Severe = true
	full.Agree = opening(f, full.Room.House.Guardian)
	return arrivePage{inSeat: inSeat{Frame: f}}, full
})

var _ = webtest.Sample("place", func(f *frame.Frame) (any, any) {
	return placePage{Frame: f}, placePage{Frame: f, Form: webtest.WrongForm(f, "closeness"), Number: 7, Spent: true, Seat: "/seat/rev_1",
		Near: []frame.Option{{Value: "did", Text: "I did it"}}, Meets: "You meet Sat 13 June, 14:30.", Few: true, Talk: &talk{f, practice.Led{Name: "Kai", Why: "Nobody else is here."}, true, "/f/7/room/talk"}, NotNow: &notNow{Frame: f, Number: 7, Guardian: "Marguerite", Until: webtest.Noon}}
})

var _ = webtest.Sample("asked", func(f *frame.Frame) (any, any) {
	return askedPage{Frame: f}, askedPage{Frame: f, Number: 7, Names: []string{"Noor", "Ines"}}
})

var _ = webtest.Sample("asking", func(f *frame.Frame) (any, any) {
	refusal := practice.Refuse(practice.Conflict, "invite.leader").With("n", 2).With("of", 3).With("name", "Martin")
	return askingPage{Frame: f, A: app.Asking{Invited: true}}, askingPage{Frame: f, A: app.Asking{Failure: webtest.Oven, Member: practice.Member{ID: "mem_m", Name: "Martin"}}, Leader: refusal}
})

var _ = webtest.Sample("asking", func(f *frame.Frame) (any, any) {
	return askingPage{Frame: f}, askingPage{Frame: f, A: app.Asking{Failure: webtest.Oven, Member: practice.Member{ID: "mem_m", Name: "Martin"}}}
})

var _ = webtest.Sample("guests", func(f *frame.Frame) (any, any) {
	return guestsPage{Frame: f, Number: 7}, guestsPage{Frame: f, Form: webtest.WrongForm(f, "name"), Number: 7, Base: "https://debrief.example.org",
		Guests: []app.Guest{{Member: practice.Member{Name: "Tariq"}, Pass: practice.Pass{ID: "pas_1", Use: practice.PassSeat}, Sealed: "abc"}, {Member: practice.Member{Name: "Lena"}, Came: true}}}
})

var _ = webtest.Sample("handed", func(f *frame.Frame) (any, any) {
	return handedPage{Frame: f}, handedPage{Frame: f, Name: "Tariq", Link: "https://debrief.example.org/pass/carry/abc", Back: "/carry/cry_1"}
})

var _ = webtest.Sample("guest", func(f *frame.Frame) (any, any) {
	over := guestPage{Frame: f, About: app.Passed{Review: practice.Review{Phase: practice.PhaseClosed}}}
	return over, guestPage{Frame: f, Form: webtest.WrongForm(f, "closeness"), Guest: practice.Actor{Name: "Tariq"},
		About: app.Passed{Team: practice.Team{Name: "Vans"}, Review: practice.Review{ID: "rev_1", MeetAt: webtest.Noon}, Hold: "a court asked", Guide: practice.Led{Name: "Kai"}, Talk: true}, Ready: sampleReady(f)}
})

var _ = webtest.Sample("promise", func(f *frame.Frame) (any, any) {
	return guestPage{Frame: f}, guestPage{Frame: f, Form: webtest.WrongForm(f, "proof"), Guest: practice.Actor{Name: "Tariq"},
		About: app.Passed{Team: practice.Team{Name: "Vans"}, Carry: practice.Carry{Moment: "Before Saturday", Act: "count the bags", DueAt: webtest.Noon, State: practice.CarryAccepted}, Hold: "a court asked"}}
})

var _ = webtest.Sample("ticket", func(f *frame.Frame) (any, any) {
	return ticketPage{Frame: f}, ticketPage{Frame: f, Seat: "/seat/rev_1", Ticket: "abc"}
})

var _ = webtest.Sample("closed", func(f *frame.Frame) (any, any) {
	return closedPage{Frame: f}, closedPage{Frame: f, Base: "/seat/rev_1", Record: "/f/1/record", Closings: closings(f, "/seat/rev_1", room.Taps(), nil)}
})

var _ = webtest.Sample("words", func(f *frame.Frame) (any, any) {
	return wordsPage{Frame: f}, wordsPage{Frame: f, Form: webtest.WrongForm(f, "words"), Base: "/seat/rev_1", Near: []string{"copper", "copy"}}
})

var _ = webtest.Sample("paper", func(f *frame.Frame) (any, any) {
	return paperPage{inSeat: inSeat{Frame: f}}, paperPage{inSeat: sampleSeat(f, aRoom(practice.PhaseArrive, false)),
		Paper: []paperQuestion{{N: 1, Title: "What?", Remind: "Numbers.", Labels: []string{"This"}, Kinds: []string{"one kind"}}}}
})
