package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// guided is a house in whose open room, of Noor and Amal, Kai was asked to lead.
func (h *house) guided() (kai practice.Actor) {
	h.Helper()
	kai = add(h.T, h.app, h.noor, "Kai")
	is(h.T, "name", h.app.NameGuide(h.Context(), h.noor, h.open.ID, kai.Member), "")
	return kai
}

// notices are the codes of what somebody is told about leading.
func (h *house) notices(of practice.Actor) (codes []string) {
	h.Helper()
	home, err := h.app.Home(h.Context(), of)
	is(h.T, "home", err, "")
	for _, n := range home.Notices {
		if strings.HasPrefix(n.Code, "notice.guide") || n.Code == "notice.talk" || n.Code == "notice.off-guide" {
			codes = append(codes, n.Code)
		}
	}
	slices.Sort(codes)
	return codes
}

func (h *house) told(of practice.Actor, want ...string) {
	h.Helper()
	if got := h.notices(of); !slices.Equal(got, want) {
		h.Errorf("%s is told %q, want %q", of.Name, got, want)
	}
}

// begin begins the open room.
func (h *house) begin() {
	h.Helper()
	is(h.T, "begin", h.store.Update(h.Context(), func(tx *store.Tx) error {
		r, err := tx.Review(h.open.ID)
		if err != nil {
			return err
		}
		was := r.Version
		r.Phase, r.StartedAt, r.Version = practice.PhaseIntended, tx.Now(), was+1
		return tx.SaveReview(r, was)
	}), "")
}

// Whoever sits in it or decides about somebody in it does not lead it, and
// whoever leads it does not sit in it; before they say yes, too.
func TestNameGuide_refuses(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai, boss := add(h.T, h.app, h.noor, "Kai"), add(h.T, h.app, h.noor, "Rosa")
		is(h.T, "leads", h.app.SaveLeads(ctx, h.noor, boss.Member, []practice.MemberID{h.amal.Member}), "")
		name := func(who practice.MemberID) error { return h.app.NameGuide(ctx, h.noor, h.open.ID, who) }
		is(h.T, "invited", name(h.amal.Member), "guide.part")
		is(h.T, "leads one of them", name(boss.Member), "guide.leads")
		is(h.T, "a guest", name(h.carrier.ID), "member.unknown")
		is(h.T, "nobody", name("mem_nobody"), "member.unknown")
		is(h.T, "by another", h.app.NameGuide(ctx, h.amal, h.open.ID, kai.Member), "review.convener")
		is(h.T, "from outside", name(kai.Member), "")
		is(h.T, "invited while asked", h.app.InviteOne(ctx, h.noor, 1, app.NewGuest{Member: kai.Member}), "guide.invited")
		is(h.T, "yes of another", h.app.AcceptGuide(ctx, boss, h.open.ID, ""), "not.found")
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		is(h.T, "invited", h.app.InviteOne(ctx, h.noor, 1, app.NewGuest{Member: kai.Member}), "guide.invited")
		_, err := h.app.TakePlace(ctx, kai, h.open.ID, practice.Did)
		is(h.T, "a seat", err, "not.found")
		_, err = h.app.AskReady(ctx, kai, h.open.ID)
		is(h.T, "go or not now", err, "not.found")
		h.begin()
		is(h.T, "another, once it has begun", name(boss.Member), "guide.begun")
		is(h.T, "taken back, once it has begun", h.app.EndGuide(ctx, h.noor, h.open.ID), "guide.begun")
	})
}

// Somebody who came to lead one of those invited since they were asked says yes too
// late.
func TestAcceptGuide_looksAgain(t *testing.T) {
	eachHouse(t, func(h *house) {
		kai := h.guided()
		is(h.T, "leads", h.app.SaveLeads(h.Context(), h.noor, kai.Member, []practice.MemberID{h.amal.Member}), "")
		is(h.T, "yes", h.app.AcceptGuide(h.Context(), kai, h.open.ID, ""), "guide.leads")
		is(h.T, "leads no more", h.app.SaveLeads(h.Context(), h.noor, kai.Member, nil), "")
		h.begin()
		is(h.T, "yes, once it has begun", h.app.AcceptGuide(h.Context(), kai, h.open.ID, ""), "guide.begun")
	})
}

// Each side can undo it until the room begins, and the other one is told.
func TestGuide_isToldToTheOther(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := h.guided()
		h.told(kai, "notice.guide")
		is(h.T, "no", h.app.EndGuide(ctx, kai, h.open.ID), "")
		h.told(kai)
		h.told(h.noor, "notice.guide-no")
		is(h.T, "asked again", h.app.NameGuide(ctx, h.noor, h.open.ID, kai.Member), "")
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		is(h.T, "twice", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		h.told(kai, "notice.guide-leads")
		h.told(h.noor, "notice.guide-no", "notice.guide-yes")
		rosa := add(h.T, h.app, h.noor, "Rosa")
		is(h.T, "another", h.app.NameGuide(ctx, h.noor, h.open.ID, rosa.Member), "")
		h.told(rosa, "notice.guide")
		_, err := h.app.Guided(ctx, kai, 1)
		is(h.T, "the first one reads on", err, "not.found")
		is(h.T, "by somebody else", h.app.EndGuide(ctx, h.amal, h.open.ID), "review.convener")
		is(h.T, "taken back", h.app.EndGuide(ctx, h.noor, h.open.ID), "")
		is(h.T, "taken back twice", h.app.EndGuide(ctx, h.noor, h.open.ID), "")
		h.told(rosa, "notice.guide-off")
	})
}

// Who asks to talk is told to the guide alone, and no notice names them.
func TestAskTalk(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := h.guided()
		ask := func(who practice.Actor, asks bool) error { return h.app.AskTalk(ctx, who, h.open.ID, asks) }
		is(h.T, "before the yes", ask(h.amal, true), "not.found")
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		is(h.T, "not invited", ask(kai, true), "not.found")
		is(h.T, "asks", ask(h.amal, true), "")
		is(h.T, "asks twice", ask(h.amal, true), "")
		h.told(kai, "notice.guide-leads", "notice.talk")
		g, err := h.app.Guided(ctx, kai, 1)
		is(h.T, "read", err, "")
		if !slices.Equal(g.Talks, []string{"Amal"}) {
			h.Errorf("talks: %v", g.Talks)
		}
		for _, row := range storetest.Dump(h.T, h.database) {
			if row.Table != "talk" && row.Table != "member" && strings.Contains(fmt.Sprint(row.Values), "Amal") {
				h.Errorf("%s names who asks: %v", row.Table, row.Values)
			}
		}
		for who, want := range map[*practice.Actor]bool{&h.amal: true, &h.noor: false} {
			if d, err := h.app.Door(ctx, *who, 1); err != nil || d.Guide.Name != "Kai" || d.Talk != want {
				h.Errorf("at the door %s reads %q, %v: %v", who.Name, d.Guide, d.Talk, err)
			}
		}
		is(h.T, "no more", ask(h.amal, false), "")
		h.begin()
		is(h.T, "once it has begun", ask(h.amal, true), "guide.begun")
	})
}

// What a guide writes down goes when the review is called off, with all they led; what
// is theirs they take along until then, and nobody else does.
func TestNoteAsGuide_goes(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := h.guided()
		is(h.T, "before the yes", h.app.NoteAsGuide(ctx, kai, h.open.ID, "x"), "not.found")
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		is(h.T, "asks", h.app.AskTalk(ctx, h.amal, h.open.ID, true), "")
		is(h.T, "too long", h.app.NoteAsGuide(ctx, kai, h.open.ID, strings.Repeat("x", practice.MaxNote+1)), "too.long")
		is(h.T, "note", h.app.NoteAsGuide(ctx, kai, h.open.ID, "ask Amal how she is"), "")
		for who, want := range map[*practice.Actor]bool{&kai: true, &h.noor: false, &h.amal: false} {
			is(h.T, "mine", h.store.View(ctx, func(tx *store.Tx) error {
				mine, err := tx.Mine(who.Member)
				if got := strings.Contains(fmt.Sprintf("%+v", mine), "ask Amal how she is"); got != want {
					h.Errorf("%s takes the note along: %v", who.Name, got)
				}
				return err
			}), "")
		}
		var all strings.Builder
		is(h.T, "export", h.app.Export(ctx, practice.Actor{Operator: true}, func(e app.Exported) error {
			_, err := fmt.Fprintln(&all, e.File, e.Line, e.Page)
			return err
		}), "")
		if strings.Contains(all.String(), "how she is") {
			h.Error("the note is in the export of the house")
		}
		is(h.T, "off", h.app.CallOff(ctx, h.noor, h.open.ID, ""), "")
		for _, row := range storetest.Dump(h.T, h.database) {
			if row.Table == "guide_note" || row.Table == "talk" {
				h.Errorf("left in %s: %v", row.Table, row.Values)
			}
		}
		_, err := h.app.Guided(ctx, kai, 1)
		is(h.T, "read", err, "not.found")
		is(h.T, "a note afterwards", h.app.NoteAsGuide(ctx, kai, h.open.ID, "x"), "not.found")
		h.told(kai, "notice.off-guide")
	})
}

// Of a review that is called off, somebody who led it is told whose it was and when, and
// their calendar says that it is off. So it says another time, and where it is led.
func TestGuide_isInTheirCalendar(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := add(h.T, h.app, h.noor, "Kai")
		secret, err := h.app.RenewFeed(ctx, kai)
		is(h.T, "feed", err, "")
		is(h.T, "titles", h.app.ShowTitles(ctx, kai, true), "")
		feed := func() []app.Meeting {
			h.Helper()
			got, err := h.app.FeedOf(ctx, practice.Actor{}, secret)
			is(h.T, "feed", err, "")
			return got
		}
		if got := feed(); len(got) != 0 {
			h.Errorf("before they are asked: %+v", got)
		}
		is(h.T, "name", h.app.NameGuide(ctx, h.noor, h.open.ID, kai.Member), "")
		is(h.T, "leave the team", h.app.LeaveTeam(ctx, h.noor, kai.Member, kai.Teams[0], nil), "")
		kai.Teams = nil
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		got := feed()
		if len(got) != 1 || got[0].Path() != "/f/1/guide" || got[0].Title == "" || got[0].Review.MeetAt.IsZero() {
			h.Fatalf("%+v", got)
		}
		at := got[0].Review.MeetAt.Add(time.Hour)
		_, err = h.app.MoveReview(ctx, h.noor, h.open.ID, practice.NewReview{Form: practice.FormLive, MeetAt: at, Why: "The others wait."})
		is(h.T, "move", err, "")
		if got = feed(); len(got) != 1 || !got[0].Review.MeetAt.Equal(at) {
			h.Errorf("moved: %+v", got)
		}
		h.told(kai, "notice.guide-leads")
		is(h.T, "off", h.app.CallOff(ctx, h.noor, h.open.ID, ""), "")
		if got = feed(); len(got) != 1 || got[0].Review.Phase != practice.PhaseOff {
			h.Errorf("called off: %+v", got)
		}
		h.told(kai, "notice.off-guide")
	})
}

// Whoever goes leads nothing any more: the script does, and those invited hear it. Of
// somebody who never said yes they had heard nothing.
func TestLetGo_leadsNoMore(t *testing.T) {
	for yes, hears := range map[bool][]string{true: {"notice.guide-no"}, false: nil} {
		eachHouse(t, func(h *house) {
			kai := h.guided()
			if yes {
				is(h.T, "yes", h.app.AcceptGuide(h.Context(), kai, h.open.ID, ""), "")
				is(h.T, "asks", h.app.AskTalk(h.Context(), h.amal, h.open.ID, true), "")
			}
			is(h.T, "let go", h.app.LetGo(h.Context(), h.noor, kai.Member, nil), "")
			c, err := h.app.Review(h.Context(), h.noor, h.open.ID)
			is(h.T, "read", err, "")
			if d, err := h.app.Door(h.Context(), h.amal, 1); err != nil || c.Guide.Member != "" || d.Guide.Name != "" || d.Talk {
				h.Errorf("it is led by %+v, at the door %+v: %v", c.Guide, d, err)
			}
			h.told(h.amal, hears...)
		})
	}
}

// Somebody who is erased is not named where those invited are told that the script leads.
func TestEraseMe_leadsNoMore(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := h.guided()
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		kai.Proved = true
		is(h.T, "erase", h.app.EraseMe(ctx, kai, "somebody"), "")
		h.told(h.amal, "notice.guide-no")
		for _, row := range storetest.Dump(h.T, h.database) {
			if text := fmt.Sprint(row.Values); strings.Contains(text, "Kai") || row.Table == "guide" {
				h.Errorf("%s: %s", row.Table, text)
			}
		}
	})
}

// What is restricted to others than whoever leads it is led by the script again, and
// nothing they are told says what it is. Once it has begun they read no more of it. To
// somebody who is among those named nothing happens.
func TestRestrictFailure_takesAGuide(t *testing.T) {
	for what, c := range map[string]struct{ named, begun bool }{
		"before": {}, "begun": {begun: true}, "named, before": {named: true}, "named, begun": {named: true, begun: true},
	} {
		eachHouse(t, func(h *house) {
			ctx := h.Context()
			kai := h.guided()
			is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
			is(h.T, "asks", h.app.AskTalk(ctx, h.amal, h.open.ID, true), "")
			is(h.T, "note", h.app.NoteAsGuide(ctx, kai, h.open.ID, "ask Amal"), "")
			secret, err := h.app.RenewFeed(ctx, kai)
			is(h.T, "feed", err, "")
			is(h.T, "titles", h.app.ShowTitles(ctx, kai, true), "")
			called, err := h.app.Review(ctx, h.noor, h.open.ID)
			is(h.T, "read", err, "")
			if c.begun {
				h.begin()
			}
			only := []practice.MemberID{h.noor.Member}
			if c.named {
				only = append(only, kai.Member)
			}
			_, err = h.app.RestrictFailure(ctx, h.noor, called.Failure.ID, only)
			is(h.T, "restrict", err, "")

			reads := ""
			if !c.named {
				reads = "not.found"
			}
			_, err = h.app.Guided(ctx, kai, 1)
			is(h.T, what+": their page", err, reads)
			is(h.T, what+": their note", h.app.NoteAsGuide(ctx, kai, h.open.ID, "more"), reads)
			var all strings.Builder
			home, err := h.app.Home(ctx, kai)
			is(h.T, "home", err, "")
			meetings, err := h.app.FeedOf(ctx, practice.Actor{}, secret)
			is(h.T, "feed", err, "")
			is(h.T, "mine", h.store.View(ctx, func(tx *store.Tx) error {
				mine, err := tx.Mine(kai.Member)
				_, err2 := fmt.Fprintf(&all, "%+v %+v %+v", home, meetings, mine)
				return errors.Join(err, err2)
			}), "")
			if got := strings.Contains(all.String(), called.Failure.Title); got != c.named {
				h.Errorf("%s: they read the title %v in %s", what, got, &all)
			}
			codes := map[bool][]string{true: {"notice.guide-leads", "notice.talk"}}[c.named]
			hears := []string(nil)
			if !c.named {
				codes, hears = []string{"notice.guide-off"}, []string{"notice.guide-no"}
			}
			h.told(kai, codes...)
			h.told(h.amal, hears...)
			led := c.named || c.begun // so its record says who did
			if c, err := h.app.Review(ctx, h.noor, h.open.ID); err != nil || (c.Guide.Name == "Kai") != led {
				h.Errorf("%s: led by %+v, %v", what, c.Guide, err)
			}
			_, err = h.app.RestrictFailure(ctx, h.noor, called.Failure.ID, only)
			is(h.T, "once more", err, "")
			h.told(h.amal, hears...)
		})
	}
}

// A review that is called with somebody to lead it asks them, in writing too.
func TestCallReview_withAGuide(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, noor := setUp(t, s)
		kai := add(t, a, noor, "Kai")
		call := func(text string, form practice.Form, who practice.MemberID) error {
			at := time.Now().Add(time.Hour)
			if form == practice.FormDays {
				at = time.Now()
			}
			_, err := a.CallReview(t.Context(), noor, practice.NewReview{Failure: reported(t, a, noor, text).ID, Form: form, MeetAt: at, Box: practice.DefaultBox,
				People: []practice.MemberID{noor.Member}, Guide: who})
			return err
		}
		is(t, "with herself, who is invited", call("One", practice.FormLive, noor.Member), "guide.part")
		is(t, "with Kai", call("Two", practice.FormLive, kai.Member), "")
		is(t, "in writing from now on", call("Three", practice.FormDays, kai.Member), "")
		proposal, err := a.ProposeReview(t.Context(), noor, reported(t, a, noor, "Four").ID)
		is(t, "proposal", err, "")
		if len(proposal.Guides) != 2 || proposal.Guides[0].ID != kai.Member || proposal.Guides[1].ID != noor.Member {
			t.Errorf("could lead it: %+v", proposal.Guides)
		}
	})
}

// An export says of each review how it was led, so that the two can be compared, and
// not by whom.
func TestExport_saysHowItWasLed(t *testing.T) {
	for outside, want := range map[bool]string{false: "script", true: "outside"} {
		eachHouse(t, func(h *house) {
			kai := add(h.T, h.app, h.noor, "Kai")
			is(h.T, "led", h.store.Update(h.Context(), func(tx *store.Tx) error {
				return tx.SaveGuide(practice.Guide{Review: h.done.ID, Member: kai.Member, Outside: outside})
			}), "")
			said := ""
			is(h.T, "export", h.app.Export(h.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
				if e.File == "reviews.jsonl" && e.Line["id"] == string(h.done.ID) {
					said = fmt.Sprint(e.Line["led"])
					if strings.Contains(fmt.Sprint(e.Line), "Kai") {
						h.Errorf("it says who: %v", e.Line)
					}
				}
				return nil
			}), "")
			if said != want {
				h.Errorf("led by %q, want %q", said, want)
			}
		})
	}
}

// A review in writing that begins as it is called has somebody to lead it like one that
// begins later: they say yes until its first answers open. A talk is asked for before
// anybody writes.
func TestCallReview_ledAndWrittenFromNow(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := add(h.T, h.app, h.noor, "Kai")
		for what, later := range map[string]time.Duration{"from now": 0, "later": 2 * time.Hour} {
			talk := map[bool]string{true: "guide.begun"}[later == 0]
			f, err := h.app.ReportFailure(ctx, h.amal, practice.NewFailure{Team: h.amal.Teams[0], Text: "The ramp slipped, " + what, Stage: practice.StageAfter})
			is(h.T, "report", err, "")
			r, err := h.app.CallReview(ctx, h.noor, practice.NewReview{Failure: f.ID, MeetAt: h.clock.Now().Add(later), Form: practice.FormDays,
				People: []practice.MemberID{h.noor.Member, h.amal.Member}, Guide: kai.Member})
			is(h.T, what, err, "")
			is(h.T, what+", yes", h.app.AcceptGuide(ctx, kai, r.ID, ""), "")
			is(h.T, what+", a talk", h.app.AskTalk(ctx, h.amal, r.ID, true), talk)
			is(h.T, what+", no more", h.app.EndGuide(ctx, kai, r.ID), "")
			is(h.T, what+", asked again", h.app.NameGuide(ctx, h.noor, r.ID, kai.Member), "")
			is(h.T, "open", h.store.Update(ctx, func(tx *store.Tx) error {
				was := r.Version
				r.Phase, r.StartedAt, r.WrittenAt, r.Open, r.Version = practice.PhaseIntended, tx.Now(), tx.Now(), true, was+1
				return tx.SaveReview(r, was)
			}), "")
			is(h.T, what+", yes once it is open", h.app.AcceptGuide(ctx, kai, r.ID, ""), "guide.begun")
		}
	})
}
