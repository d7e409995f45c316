package app_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// saidTo is everything an actor is told without asking for one thing by name.
func saidTo(t *testing.T, a *app.App, who practice.Actor, like practice.FailureID) string {
	t.Helper()
	var all strings.Builder
	tell := func(what string, said any, err error) {
		t.Helper()
		is(t, what, err, "")
		fmt.Fprintf(&all, "%s: %+v\n", what, said)
	}
	list, err := a.Failures(t.Context(), who, store.FailureFilter{})
	tell("failures", list, err)
	home, err := a.Home(t.Context(), who)
	tell("home", home, err)
	reviews, err := a.Reviews(t.Context(), who)
	tell("reviews", len(reviews), err)
	carries, err := a.Carries(t.Context(), who)
	tell("carries", carries, err)
	gaps, err := a.Gaps(t.Context(), who)
	tell("gaps", gaps, err)
	echo, err := a.EchoOf(t.Context(), who, like)
	tell("echo", echo, err)
	alike, err := a.Similar(t.Context(), who, []app.Ask{{Text: "the vault of the lighthouse"}})
	tell("alike", alike, err)
	ties, err := a.Ties(t.Context(), who, like)
	tell("ties", ties, err)
	guards, err := a.Safeguards(t.Context(), who)
	tell("safeguards", guards, err)
	finding, err := a.Finding(t.Context(), who, 1)
	tell("finding", finding, err)
	for _, text := range []string{"lighthouse", "F-1", "twelve signatures", "count twice"} {
		found, err := a.Search(t.Context(), who, app.SearchFor{Text: text})
		tell("search", found, err)
	}
	return all.String()
}

// What is restricted to named people is told to nobody else, in no list, count,
// comparison or calendar; and asked for by its number it is not there.
func TestRestrictFailure(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s, Index: recall.New(), Log: slog.New(slog.DiscardHandler)})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		r := closedReview(t, s, ben, ben.Member, ben.Member)
		like := reported(t, a, amal, "The vault of the bank stood open all night")
		open := reported(t, a, ben, "The vault of the lighthouse stood open all night")
		is(t, "convene", a.HandConvening(t.Context(), ben, open.ID, amal.Member), "")
		_, err = a.TieFailures(t.Context(), ben, like.ID, open.ID, practice.TieJoined)
		is(t, "tie", err, "")
		learnAll(t, s, a)
		secret := []string{"lighthouse", "12 of 50", "twelve signatures", "count them twice"}
		if said := saidTo(t, a, amal, like.ID); !hasAll(said, secret[:2]) || !strings.Contains(said, string(open.ID)) {
			t.Fatalf("before, %s is told %s", amal.Name, said)
		}
		_, err = a.RestrictFailure(t.Context(), steward, open.ID, []practice.MemberID{steward.Member})
		is(t, "neither reporter nor convener", err, "failure.hands")
		_, err = a.RestrictFailure(t.Context(), ben, open.ID, []practice.MemberID{"mem_nobody"})
		is(t, "nobody we know", err, "member.unknown")
		f, err := a.RestrictFailure(t.Context(), ben, open.ID, []practice.MemberID{ben.Member})
		is(t, "restrict", err, "")
		if len(f.Only) != 2 {
			t.Errorf("its convener is not among %v", f.Only)
		}
		is(t, "hand it back", a.HandConvening(t.Context(), amal, open.ID, ben.Member), "")
		for _, id := range []practice.FailureID{open.ID, r.Failure} {
			_, err = a.RestrictFailure(t.Context(), ben, id, []practice.MemberID{ben.Member, steward.Member})
			is(t, "restrict", err, "")
		}
		said := saidTo(t, a, amal, like.ID)
		for _, word := range append(secret, string(open.ID)) {
			if strings.Contains(said, word) {
				t.Errorf("%s is told %q:\n%s", amal.Name, word, said)
			}
		}
		for _, named := range []practice.Actor{ben, steward} {
			if said := saidTo(t, a, named, like.ID); !hasAll(said, []string{"lighthouse", "12 of 50", "count them twice"}) {
				t.Errorf("%s is named, and told %s", named.Name, said)
			}
		}
		notThere(t, a, amal, open)
		notThere(t, a, amal, practice.Failure{ID: "flr_never", Number: 999})
		outside(t, a, secret)
	})
}

func hasAll(said string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(said, w) {
			return false
		}
	}
	return true
}

// notThere wants every door to one failure to look as if there were none.
func notThere(t *testing.T, a *app.App, who practice.Actor, f practice.Failure) {
	t.Helper()
	ctx := t.Context()
	for what, ask := range map[string]func() error{
		"number":   func() error { _, err := a.Failure(ctx, who, f.Number); return err },
		"id":       func() error { _, err := a.FailureByID(ctx, who, f.ID); return err },
		"record":   func() error { _, err := a.Record(ctx, who, f.Number); return err },
		"door":     func() error { _, err := a.Door(ctx, who, f.Number); return err },
		"meeting":  func() error { _, err := a.MeetingOf(ctx, who, f.Number); return err },
		"facts":    func() error { _, err := a.Facts(ctx, who, f.ID); return err },
		"echo":     func() error { _, err := a.EchoOf(ctx, who, f.ID); return err },
		"formers":  func() error { _, err := a.Formers(ctx, who, f.ID); return err },
		"ask in":   func() error { _, err := a.AskIn(ctx, who, f.Number); return err },
		"restrict": func() error { _, err := a.RestrictFailure(ctx, who, f.ID, nil); return err },
		"triage": func() error {
			_, err := a.TriageFailure(ctx, who, f.ID, app.Triage{Decision: practice.TriageKept})
			return err
		},
		"note": func() error { return a.NoteFailures(ctx, who, []practice.FailureID{f.ID}, "small") },
		"fact": func() error {
			_, err := a.AddFact(ctx, who, practice.Fact{Failure: f.ID, Text: "at nine"}, nil)
			return err
		},
	} {
		is(t, fmt.Sprintf("%s of F-%d", what, f.Number), ask(), "not.found")
	}
}

// outside wants none of these words in what leaves the house.
func outside(t *testing.T, a *app.App, secret []string) {
	t.Helper()
	operator := practice.Actor{Operator: true}
	var out strings.Builder
	is(t, "export", a.Export(t.Context(), operator, func(e app.Exported) error {
		_, err := fmt.Fprintln(&out, e.File, e.Line, e.Page)
		return err
	}), "")
	alike, err := a.Similar(t.Context(), operator, []app.Ask{{Text: "the vault of the lighthouse"}})
	is(t, "alike", err, "")
	fmt.Fprintf(&out, "%+v", alike)
	for _, word := range secret {
		if strings.Contains(out.String(), word) {
			t.Errorf("%q left the house:\n%s", word, out.String())
		}
	}
	if !strings.Contains(out.String(), "the bank") {
		t.Error("nothing left the house")
	}
}

// learnAll lets the index know all that happened.
func learnAll(t *testing.T, s *store.Store, a *app.App) {
	t.Helper()
	events := storetest.Events(t, s, store.Position{}).Events
	is(t, "nouns", s.View(t.Context(), func(tx *store.Tx) error {
		ids, err := tx.Findable()
		for _, id := range ids {
			events = append(events, store.StoredEvent{Event: practice.Event{About: id}})
		}
		all, err2 := tx.Failures(store.FailureFilter{All: true})
		for _, f := range all {
			events = append(events, store.StoredEvent{Event: practice.Event{About: string(f.ID)}})
		}
		if err == nil {
			err = err2
		}
		return err
	}), "")
	_, err := a.Learn(t.Context(), events)
	is(t, "learn", err, "")
}

// Whoever is invited to talk about a restricted failure reads it, and its time
// stands in the calendars of those with its title.
func TestRestrictFailure_invited(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		f := reported(t, a, ben, "The vault of the lighthouse stood open")
		_, err := a.RestrictFailure(t.Context(), ben, f.ID, []practice.MemberID{ben.Member})
		is(t, "restrict", err, "")
		_, err = a.FailureByID(t.Context(), amal, f.ID)
		is(t, "before", err, "not.found")
		_, err = a.CallReview(t.Context(), ben, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox,
			People: []practice.MemberID{amal.Member}})
		is(t, "call", err, "")
		_, err = a.FailureByID(t.Context(), amal, f.ID)
		is(t, "invited", err, "")
		_, err = a.FailureByID(t.Context(), steward, f.ID)
		is(t, "not invited", err, "not.found")
		is(t, "a chat with titles", s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.SaveChannel(practice.Channel{Team: f.Team, Titles: true})
		}), "")
		m, err := a.MeetingOf(t.Context(), amal, f.Number)
		is(t, "meeting", err, "")
		if m.Title != "" {
			t.Errorf("the meeting says %q outside", m.Title)
		}
		_, err = a.RestrictFailure(t.Context(), ben, f.ID, nil)
		is(t, "lift", err, "")
		if m, err = a.MeetingOf(t.Context(), steward, f.Number); err != nil || m.Title == "" {
			t.Errorf("once it is lifted the meeting says %q, %v", m.Title, err)
		}
	})
}

// Practising counts nowhere, is found nowhere, and can be cleared away with all
// that came of it.
func TestDrill(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New(), Log: slog.New(slog.DiscardHandler)})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		r := closedReview(t, s, ben, ben.Member, ben.Member)
		learnAll(t, s, a)
		counted := func() (closed int, found int) {
			t.Helper()
			is(t, "count", s.View(t.Context(), func(tx *store.Tx) (err error) {
				closed, _, err = tx.Maturity()
				return err
			}), "")
			for _, text := range []string{"12 of 50", "twelve signatures", "count them twice"} {
				got, err := a.Search(t.Context(), ben, app.SearchFor{Text: text})
				is(t, text, err, "")
				found += got.Total
			}
			return closed, found
		}
		if closed, found := counted(); closed != 1 || found == 0 {
			t.Fatalf("before: %d closed, %d found", closed, found)
		}
		// mark writes a mark that was there before the close: afterwards nobody sets or clears it
		mark := func(drill bool) {
			t.Helper()
			_, err := a.MarkDrill(t.Context(), amal, r.Failure, drill)
			is(t, "after the close", err, "drill.closed")
			is(t, "mark", s.Update(t.Context(), func(tx *store.Tx) error {
				event := func(kind, about string) error {
					return tx.Emit(practice.Event{Kind: kind, About: about, In: string(ben.Teams[0])})
				}
				return errors.Join(tx.SaveDrill(practice.Failure{ID: r.Failure, Drill: drill}), event("review.drilled", string(r.ID)), event("failure.drilled", string(r.Failure)))
			}), "")
			learnAll(t, s, a)
			_, err = a.MarkDrill(t.Context(), amal, r.Failure, drill)
			is(t, "what it is already", err, "")
		}
		mark(true)
		if closed, found := counted(); closed != 0 || found != 0 {
			t.Errorf("practising: %d closed, %d found", closed, found)
		}
		guards, err := a.Safeguards(t.Context(), ben)
		is(t, "safeguards", err, "")
		if len(guards[0].Scars) != 0 {
			t.Errorf("practising left %+v", guards[0].Scars)
		}
		mark(false)
		if closed, found := counted(); closed != 1 || found == 0 {
			t.Errorf("taken back: %d closed, %d found", closed, found)
		}
		is(t, "clear what is none", a.ClearDrill(t.Context(), ben, r.Failure), "drill.not")
		mark(true)
		is(t, "clear", a.ClearDrill(t.Context(), ben, r.Failure), "")
		learnAll(t, s, a)
		if closed, found := counted(); closed != 0 || found != 0 {
			t.Errorf("cleared: %d closed, %d found", closed, found)
		}
		stands(t, address, "Saturday crew", true)
		for _, word := range []string{"12 of 50", "twelve", "one lock", "count them", "two pens", "10:40"} {
			stands(t, address, word, false)
		}
	})
}
