package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A name is gone from the report, from what it said before, from its facts and
// from its closed review, from the index and its snapshot, and from what leaves
// the house. Who took it out stays, and the place is marked.
func TestRemovePersonalData(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New(), Log: slog.New(slog.DiscardHandler)})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		f := reported(t, a, ben, "Quintilia Vexborough was hurt at the gate. Nobody saw Quintilia Vexborough.")
		_, err = a.EditReport(t.Context(), ben, f.ID, says("Quintilia  Vexborough fell at the gate"))
		is(t, "edit", err, "")
		_, err = a.AddFact(t.Context(), amal, practice.Fact{Failure: f.ID, Text: "quintilia vexborough fell", Pasted: "log: QUINTILIA VEXBOROUGH"}, nil)
		is(t, "fact", err, "")
		is(t, "hand it on", a.HandConvening(t.Context(), ben, f.ID, steward.Member), "")
		r := practice.ReviewID("")
		is(t, "close", s.Update(t.Context(), func(tx *store.Tx) error {
			r = practice.ReviewID(tx.NewID("rev"))
			gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r, Actual: "Quintilia Vexborough slipped", Quotes: []string{"I held Quintilia Vexborough", "it was wet"}}
			return errors.Join(tx.AddReview(practice.Review{ID: r, Failure: f.ID, Form: practice.FormLive, Lead: amal.Member, MeetAt: tx.Now(),
				Box: practice.DefaultBox, Phase: practice.PhaseClosed, ClosedAt: tx.Now(), StartedAt: tx.Now()}, []practice.MemberID{amal.Member}),
				tx.SpendInvitation(practice.Invitation{Review: r, Member: amal.Member, Closeness: practice.Saw}), tx.AddGap(gap),
				tx.SaveText(practice.AgreedText{Review: r, Phase: practice.PhaseHappened, Text: "Quintilia Vexborough fell", Version: 1}, 0),
				tx.SetAnswers(r, practice.PhaseHappened, []practice.Answer{{ID: "ans_1", Text: "Oswin carried Quintilia Vexborough", Place: 1}}))
		}), "")
		learnAll(t, s, a)
		has := func(who practice.Actor, word string) int {
			found, err := a.Search(t.Context(), who, app.SearchFor{Text: word})
			is(t, "search", err, "")
			return found.Total
		}
		if has(amal, "Quintilia") == 0 {
			t.Fatal("nothing is found before")
		}
		take := func(who practice.Actor, words string, sure bool) (practice.Redaction, error) {
			return a.RemovePersonalData(t.Context(), who, f.ID, practice.NewRedaction{Words: words, Sure: sure})
		}
		stranger := add(t, a, steward, "Tove")
		_, err = take(stranger, "Quintilia Vexborough", true)
		is(t, "somebody who has nothing to do with it", err, "failure.hands")
		_, err = take(ben, "Oswin", true)
		is(t, "words of an answer, for who reads none", err, "redact.nowhere")
		counted, err := take(amal, "Oswin", false)
		is(t, "count for who took part", err, "")
		done, err := take(ben, "Quintilia Vexborough", true)
		is(t, "take out", err, "")
		if counted.Places != 1 || done.Places != 8 {
			t.Errorf("counted %d, took from %d places", counted.Places, done.Places)
		}
		learnAll(t, s, a)
		for _, word := range []string{"Quintilia", "quintilia", "QUINTILIA", "Vexborough"} {
			stands(t, address, word, false)
			if n := has(amal, word); n != 0 {
				t.Errorf("%d are found by %q", n, word)
			}
		}
		stands(t, address, practice.Removed+" fell at the gate", true)
		stands(t, address, "Oswin carried "+practice.Removed, true)
		who, err := a.Redactions(t.Context(), stranger, f.ID)
		is(t, "who did it", err, "")
		if len(who.Done) != 1 || who.Done[0].Name != "Ben" || who.Done[0].At.IsZero() || who.May {
			t.Errorf("it was %+v", who)
		}
		for _, one := range []practice.Actor{ben, amal} {
			if may, err := a.Redactions(t.Context(), one, f.ID); err != nil || !may.May {
				t.Errorf("%s may not take out more: %v", one.Name, err)
			}
		}
		leaves(t, a)
	})
}

// leaves wants the name in nothing that is written to a file.
func leaves(t *testing.T, a *app.App) {
	t.Helper()
	var out bytes.Buffer
	frozen, err := a.Freeze(t.Context())
	is(t, "freeze", err, "")
	is(t, "snapshot", frozen.Write(&out), "")
	is(t, "export", a.Export(t.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
		_, err := fmt.Fprintln(&out, e.File, e.Line, e.Page)
		return err
	}), "")
	said := strings.ToLower(out.String())
	if strings.Contains(said, "quintilia") || !strings.Contains(said, "gate") {
		t.Errorf("to the files goes %q", said)
	}
}
