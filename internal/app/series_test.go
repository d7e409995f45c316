package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// fiveAlike are five plans of one action, each with a closed review that led to a safeguard
// of its own.
func fiveAlike(t *testing.T, l *library, ben practice.Actor) (plans []practice.Plan, failures []practice.Failure) {
	t.Helper()
	a, ctx := l.App, t.Context()
	for n := range 5 {
		p := planned(t, a, ben)
		if n > 0 {
			_, err := a.LikePlan(ctx, ben, p.Number, plans[n-1].Number)
			is(t, "again", err, "")
		}
		p, err := a.FreezePlan(ctx, ben, p.Number)
		is(t, "freeze", err, "")
		f, err := a.ReportFailure(ctx, ben, practice.NewFailure{Text: fmt.Sprintf("Moved back, %d.", n+1), Stage: practice.StageAfter, Plan: p.ID})
		is(t, "report", err, "")
		is(t, "close", l.store.Update(ctx, func(tx *store.Tx) error {
			r := practice.Review{ID: practice.ReviewID(fmt.Sprint("rev_", n)), Failure: f.ID, Form: practice.FormLive, Lead: ben.Member, Phase: practice.PhaseClosed, ClosedAt: tx.Now(), Whole: n < 4}
			guard := practice.Safeguard{ID: guardOf(n), Team: f.Team, Text: "lock", At: tx.Now()}
			return errors.Join(tx.AddReview(r, []practice.MemberID{ben.Member}),
				tx.SaveText(practice.AgreedText{Review: r.ID, Phase: practice.PhaseHappened, Text: "Four of them", Version: 1}, 0),
				tx.AddSafeguard(guard), tx.AddGap(practice.Gap{ID: gapOf(n), Review: r.ID, Intended: "all", Actual: "four", Where: "at the door", Taken: true,
					Verdict: practice.Avoidable, Route: practice.Route{Kind: practice.RouteSafeguard, To: string(guard.ID)}}))
		}), "")
		plans, failures = append(plans, p), append(failures, f)
	}
	return plans, failures
}

func gapOf(n int) practice.GapID         { return practice.GapID(fmt.Sprint("gap_", n)) }
func guardOf(n int) practice.SafeguardID { return practice.SafeguardID(fmt.Sprint("sfg_", n)) }

// repeated says what came back in a series: in which failures, and what makes them alike.
func repeated(s app.Series) (all []string) {
	for _, r := range s.Repeats {
		var in []int
		for _, c := range r.Cases {
			in = append(in, c.Failure.Number)
		}
		all = append(all, fmt.Sprint(r.Works, in, r.Tied, r.Led.Safeguard.ID))
	}
	return all
}

// A series of five shows which gap repeats: what people tied as the same, and what led to
// the same safeguard. Without either, the same words in all of them show none.
func TestSeries_ofFive(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, ctx := l.App, t.Context()
		ben := add(t, a, l.noor, "Ben")
		plans, failures := fiveAlike(t, l, ben)
		read := func(who practice.Actor) app.Series {
			t.Helper()
			all, err := a.Series(ctx, who, plans[2].Number)
			is(t, "series", err, "")
			return all
		}
		all := read(ben)
		if got := repeated(all); len(got) != 0 || len(all.Plans) != 5 {
			t.Fatalf("where nothing is alike: %v, %d plans", got, len(all.Plans))
		}
		for n, w := range read(l.noor).Plans { // who reads of the last one what it changed, and no words
			if w.ID != plans[n].ID || len(w.Went) != 1 {
				t.Fatalf("plan %d is %s, %d", n+1, w.ID, len(w.Went))
			}
			r := w.Went[0].Record
			if whole := n < 4; r.Whole != whole || len(r.Texts) > 0 != whole || len(r.Gaps) != 1 || (r.Gaps[0].Gap.Where != "") != whole || r.Gaps[0].Safeguard.ID != guardOf(n) {
				t.Errorf("plan %d: %v, %+v, %+v", n+1, r.Whole, r.Texts, r.Gaps)
			}
		}
		_, err := a.TieFailures(ctx, ben, failures[2].ID, failures[0].ID, practice.TieSame)
		is(t, "tie", err, "")
		is(t, "to one lock", s.Update(ctx, func(tx *store.Tx) error {
			var all error
			for _, n := range []int{3, 4} {
				g, err := tx.Gap(gapOf(n))
				g.Route.To, g.Version = string(guardOf(1)), g.Version+1
				all = errors.Join(all, err, tx.SaveGap(g, g.Version-1))
			}
			return all
		}), "")
		both := []string{fmt.Sprint(3, []int{2, 4, 5}, false, guardOf(1)), fmt.Sprint(2, []int{1, 3}, true, "")}
		if got := repeated(read(ben)); !slices.Equal(got, both) {
			t.Errorf("what came back: %v, want %v", got, both)
		}
		_, err = a.TieFailures(ctx, ben, failures[3].ID, failures[1].ID, practice.TieSame)
		is(t, "tie", err, "")
		_, err = a.TieFailures(ctx, ben, failures[4].ID, failures[1].ID, practice.TieSame)
		is(t, "tie", err, "")
		both[0] = fmt.Sprint(3, []int{2, 4, 5}, true, guardOf(1))
		if got := repeated(read(ben)); !slices.Equal(got, both) {
			t.Errorf("tied as well: %v, want %v", got, both)
		}
		_, err = a.RestrictFailure(ctx, ben, failures[3].ID, []practice.MemberID{ben.Member})
		is(t, "restrict", err, "")
		theirs := read(l.noor)
		if len(theirs.Plans[3].Went) != 0 || !slices.Contains(repeated(theirs), fmt.Sprint(2, []int{2, 5}, true, guardOf(1))) {
			t.Errorf("restricted to others: %v, %+v", repeated(theirs), theirs.Plans[3])
		}
		stranger := ben
		stranger.Teams = nil
		_, err = a.Series(ctx, stranger, plans[2].Number)
		is(t, "a stranger", err, "not.found")
		_, err = a.LikePlan(ctx, stranger, plans[2].Number, 0)
		is(t, "a stranger", err, "not.found")
	})
}

// A series outlives the draft it began with, has no other team's plan in it, and goes along
// when everything is taken out.
func TestSeries_outlivesItsFirst(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, ctx := l.App, t.Context()
		ben := add(t, a, l.noor, "Ben")
		first := planned(t, a, ben)
		again := func(like int) practice.Plan {
			t.Helper()
			p, err := a.BeginPlan(ctx, ben, app.NewPlan{Title: "Again", Like: like})
			is(t, "again", err, "")
			return p
		}
		second := again(first.Number)
		is(t, "drop the first", a.DropPlan(ctx, ben, first.Number), "")
		third := again(second.Number)
		all, err := a.Series(ctx, ben, third.Number)
		if is(t, "series", err, ""); len(all.Plans) != 2 || all.Plans[0].ID != second.ID {
			t.Errorf("without the first: %+v", all.Plans)
		}
		_, err = a.LikePlan(ctx, ben, third.Number, third.Number)
		is(t, "like itself", err, "series.itself")
		_, err = a.LikePlan(ctx, ben, third.Number, first.Number)
		is(t, "like what is gone", err, "plan.unknown")
		other := practice.Team{ID: "tea_night", Name: "Night", Pack: "default", CycleDays: 7}
		is(t, "another team", s.Update(ctx, func(tx *store.Tx) error { return tx.AddTeam(other) }), "")
		both := ben
		both.Teams = append(slices.Clone(ben.Teams), other.ID)
		theirs, err := a.BeginPlan(ctx, both, app.NewPlan{Team: other.ID, Title: "Theirs"})
		is(t, "theirs", err, "")
		_, err = a.LikePlan(ctx, both, third.Number, theirs.Number)
		is(t, "like another team's", err, "plan.unknown")
		_, err = a.BeginPlan(ctx, both, app.NewPlan{Team: ben.Teams[0], Title: "Mixed", Like: theirs.Number})
		is(t, "of two teams", err, "plan.unknown")
		p, err := a.BeginPlan(ctx, both, app.NewPlan{Title: "Theirs again", Like: theirs.Number})
		if is(t, "of its team", err, ""); p.Team != other.ID {
			t.Errorf("of %s", p.Team)
		}
		_, err = a.WritePlan(ctx, ben, third.Number, means(payout))
		is(t, "write", err, "")
		_, err = a.FreezePlan(ctx, ben, third.Number)
		is(t, "freeze", err, "")
		p, err = a.LikePlan(ctx, ben, third.Number, 0)
		if is(t, "by itself", err, ""); !p.Intact() {
			t.Error("what was frozen is another now")
		}
		if all, err = a.Series(ctx, ben, third.Number); err != nil || len(all.Plans) != 1 {
			t.Errorf("by itself: %+v, %v", all.Plans, err)
		}
		var out strings.Builder
		is(t, "export", a.Export(ctx, practice.Actor{Operator: true}, func(e app.Exported) error {
			_, err := fmt.Fprintln(&out, e.Line["series"])
			return err
		}), "")
		if !strings.Contains(out.String(), string(p.InSeries())) {
			t.Errorf("the export has no series: %s", out.String())
		}
	})
}

// A plan begun again has the words of the earlier one to rework, and says which still read as
// they did there, until they are written anew.
func TestBeginPlan_carriesOn(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ctx := t.Context()
		first := planned(t, a, steward)
		again, err := a.BeginPlan(ctx, steward, app.NewPlan{Title: "Again", Like: first.Number})
		is(t, "again", err, "")
		if again.Intent.Title != "Again" || again.Intent.Aim == "" || again.Intent.Aim != first.Intent.Aim || len(again.Intent.Signals) != len(first.Intent.Signals) || again.Frozen() {
			t.Errorf("carried on: %+v", again)
		}
		from, same, err := a.CarriedOn(ctx, steward, again.Number)
		is(t, "carried on", err, "")
		if from.ID != first.ID || !slices.Contains(same, practice.PartAim) || !slices.Contains(same, practice.PartSignals) {
			t.Errorf("from %+v: %v", from, same)
		}
		_, err = a.WritePlan(ctx, steward, again.Number, func(practice.Plan) (practice.Intent, error) {
			return practice.Intent{Title: "Again", Aim: "12 by June", Signals: []practice.Signal{{What: "Another"}}}, nil
		})
		is(t, "rework", err, "")
		if from, same, err = a.CarriedOn(ctx, steward, again.Number); err != nil || from.ID != "" || len(same) > 0 {
			t.Errorf("all is its own: %s, %v, %v", from.ID, same, err)
		}
		if _, same, _ = a.CarriedOn(ctx, steward, first.Number); len(same) > 0 {
			t.Errorf("the first carries on %v", same)
		}
		_, _, err = a.CarriedOn(ctx, practice.Actor{Member: steward.Member}, again.Number)
		is(t, "of no team", err, "not.found")
	})
}
