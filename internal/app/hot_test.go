package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func fiveMinutes(team practice.TeamID) practice.NewHot {
	return practice.NewHot{Team: team, Meant: "Sign 50 by two.", Happened: "12 signed. The leaflets ran out.", Parted: "People need a day to read.",
		Kind: practice.Inherent, Change: "First visit: leaflet only.", Carrier: "Juniper"}
}

// What is sent is there once however often it is sent, for the team, and neither
// who sent it nor when is in any row.
func TestSendHot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 6, 13, 15, 34, 56, 789000, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal := add(t, a, steward, "Amal")
		n := fiveMinutes(amal.Teams[0])
		amal.Once = "3d2f6c1e"
		clock.Pass(time.Minute)
		f, err := a.SendHot(t.Context(), amal, n)
		is(t, "send", err, "")
		again, err := a.SendHot(t.Context(), amal, n)
		is(t, "send again", err, "")
		if f.ID == "" || again.ID != f.ID || f.Number != 1 {
			t.Errorf("sent twice it is %+v and %+v", f, again)
		}
		h, err := a.Hot(t.Context(), steward, f.ID)
		is(t, "read", err, "")
		if h.Meant != n.Meant || h.Carrier != "Juniper" || h.Kind != practice.Inherent || h.Day.UTC() != time.Date(2026, 6, 12, 22, 0, 0, 0, time.UTC) {
			t.Errorf("read as %+v", h)
		}
		stranger := practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}
		_, err = a.Hot(t.Context(), stranger, f.ID)
		is(t, "of another team", err, "not.found")
		_, err = a.SendHot(t.Context(), stranger, n)
		is(t, "to another team", err, "team.others")
		n.Carrier, amal.Once = "we", "another"
		_, err = a.SendHot(t.Context(), amal, n)
		is(t, "carried by all", err, "carrier.group")
		for _, row := range storetest.Dump(t, address) {
			said := fmt.Sprint(row.Values)
			if !slices.Contains([]string{"failure", "hot", "event"}, row.Table) || row.Table == "event" && !strings.Contains(said, string(f.ID)) {
				continue
			}
			for _, secret := range []string{string(amal.Member), fmt.Sprint(clock.Now().UnixMicro()), fmt.Sprint(clock.Now().Unix())} {
				if strings.Contains(said, secret) {
					t.Errorf("%s says who or when: %s", row.Table, said)
				}
			}
		}
	})
}

// What was left beside the failure goes as raw answers do: not while its review
// is open or held. The failure stays.
func TestDispose_ofFiveMinutes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		var all []practice.Failure
		for range 3 {
			f, err := a.SendHot(t.Context(), steward, fiveMinutes(steward.Teams[0]))
			is(t, "send", err, "")
			all = append(all, f)
		}
		called := func(f practice.Failure, held string, closed time.Time) {
			is(t, "call", s.Update(t.Context(), func(tx *store.Tx) error {
				phase := practice.PhaseClosed
				if closed.IsZero() {
					phase = practice.PhaseArrive
				}
				r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: steward.Member, MeetAt: tx.Now(),
					Box: practice.DefaultBox, Phase: phase, ClosedAt: closed}
				if err := tx.AddReview(r, []practice.MemberID{steward.Member}); err != nil || held == "" {
					return err
				}
				return tx.SaveHold(practice.Hold{ID: "hld_1", Failure: f.ID, Why: held, By: steward.Member, At: tx.Now()})
			}), "")
		}
		called(all[1], "", time.Time{})
		called(all[2], "a court asked", time.Now())
		left := func() (have []bool) {
			for _, f := range all {
				h, err := a.Hot(t.Context(), steward, f.ID)
				is(t, "read", err, "")
				have = append(have, h.Failure != "")
			}
			return have
		}
		for _, after := range []struct {
			days int
			want []bool
		}{{89, []bool{true, true, true}}, {92, []bool{false, true, true}}} {
			is(t, "dispose", app.New(app.Options{Store: later(t, address, after.days), Index: recall.New()}).Dispose(t.Context()), "")
			if got := left(); !slices.Equal(got, after.want) {
				t.Errorf("after %d days there is %v, want %v", after.days, got, after.want)
			}
		}
		if f, err := a.FailureByID(t.Context(), steward, all[0].ID); err != nil || f.Text == "" {
			t.Errorf("the failure is %+v, %v", f, err)
		}
	})
}

// Personal data is taken out of it, it leaves with the export, and goes with a
// failure that only practised.
func TestHot_isKnownToWhatLooksAfterWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		n := fiveMinutes(steward.Teams[0])
		n.Meant, n.Parted, n.Change, n.Carrier = "Quintilia Vex signs", "at Quintilia Vex", "ask Quintilia Vex", "Quintilia Vex"
		f, err := a.SendHot(t.Context(), steward, n)
		is(t, "send", err, "")
		done, err := a.RemovePersonalData(t.Context(), steward, f.ID, practice.NewRedaction{Words: "Quintilia Vex", Sure: true})
		is(t, "take out", err, "")
		if done.Places != 4 {
			t.Errorf("it was taken from %d places", done.Places)
		}
		stands(t, address, "Quintilia", false)
		out := ""
		is(t, "export", a.Export(t.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
			out += fmt.Sprint(e.Line)
			return nil
		}), "")
		if !strings.Contains(out, "ask "+practice.Removed) {
			t.Errorf("the export says %s", out)
		}
		_, err = a.MarkDrill(t.Context(), steward, f.ID, true)
		is(t, "drill", err, "")
		is(t, "clear", a.ClearDrill(t.Context(), steward, f.ID), "")
		stands(t, address, "ask "+practice.Removed, false)
	})
}
