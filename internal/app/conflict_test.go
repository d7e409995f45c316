package app_test

import (
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

// Who was in the room reads what it parked, and whoever looks after it the line alone.
// They are reminded once on its day; it is settled with a line or handed to a guardian.
// It is on no record and in no export, and a year after its end it is gone.
func TestConflicts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		amal, kim, vera := add(t, a, steward, "Amal"), add(t, a, steward, "Kim"), add(t, a, steward, "Vera")
		ctx := t.Context()
		review := closedReview(t, s, amal, amal.Member, amal.Member)
		const line = "Who may stop the van"
		var id practice.ConflictID
		is(t, "park", s.Update(ctx, func(tx *store.Tx) error {
			c, err := tx.AddConflict(practice.ParkedConflict{Review: review.ID, Text: line})
			id = c.ID
			return err
		}), "")
		reads := func(who practice.Actor) []app.Aside {
			t.Helper()
			all, err := a.Conflicts(ctx, who)
			is(t, "read", err, "")
			return all
		}
		home := func(who practice.Actor) int {
			t.Helper()
			h, err := a.Home(ctx, who)
			is(t, "home", err, "")
			return len(h.Conflicts)
		}
		act := func(who practice.Actor, do app.ConflictAct, code string) {
			t.Helper()
			is(t, do.Do, a.ActOnConflict(ctx, who, id, do), code)
		}
		told := func(who practice.Actor) []string {
			t.Helper()
			return slices.DeleteFunc(notices(t, s, who.Member), func(code string) bool { return !strings.HasPrefix(code, "notice.conflict") })
		}
		due := clock.Now().AddDate(0, 0, 14)
		if all := reads(amal); len(all) != 1 || !all[0].Open || all[0].Failure.Number != 1 || home(amal) != 1 || len(reads(kim)) != 0 || home(kim) != 0 || len(reads(steward)) != 0 {
			t.Fatalf("read by who was there: %+v", all)
		}
		act(kim, app.ConflictAct{Do: "take", Due: due}, "not.found")
		act(amal, app.ConflictAct{Do: "ask", Name: "Nobody", Due: due}, "conflict.whom")
		act(amal, app.ConflictAct{Do: "guardian", Due: due}, "guardian.none")
		act(amal, app.ConflictAct{Do: "sing"}, "required")
		act(amal, app.ConflictAct{Do: "ask", Name: "kim", Due: due}, "")
		if all := reads(kim); len(all) != 1 || all[0].Failure.Number != 0 || !all[0].Mine || home(kim) != 1 || len(told(kim)) != 1 {
			t.Errorf("who is asked reads %+v, is told %v", all, told(kim))
		}
		act(kim, app.ConflictAct{Do: "yes"}, "")
		if home(kim) != 0 || home(amal) != 0 || len(told(kim)) != 0 {
			t.Errorf("somebody looks after it, and start pages ask %d, %d", home(kim), home(amal))
		}
		is(t, "early", a.TellConflicts(ctx), "")
		if len(told(kim)) != 0 {
			t.Error("reminded before the day")
		}
		clock.Pass(14 * 24 * time.Hour)
		for range 2 {
			is(t, "on the day", a.TellConflicts(ctx), "")
			clock.Pass(24 * time.Hour)
		}
		if got := told(kim); !slices.Equal(got, []string{"notice.conflict-due"}) || home(kim) != 1 {
			t.Errorf("on the day: %v", got)
		}
		is(t, "a guardian", s.Update(ctx, func(tx *store.Tx) error {
			return tx.SaveGuardian(practice.Guardian{Member: vera.Member, Agreed: true, Lookup: "x", Public: []byte("key")})
		}), "")
		act(kim, app.ConflictAct{Do: "guardian", To: amal.Member, Due: clock.Now().AddDate(0, 0, 7)}, "conflict.which")
		act(kim, app.ConflictAct{Do: "guardian", Due: clock.Now().AddDate(0, 0, 7)}, "")
		if all := reads(amal); !all[0].Guards || all[0].Name != "Vera" || len(reads(kim)) != 0 || len(told(kim)) != 0 || len(told(vera)) != 1 {
			t.Errorf("handed to the guardian: %+v", all)
		}
		act(vera, app.ConflictAct{Do: "yes"}, "")
		act(amal, app.ConflictAct{Do: "end", How: "so"}, "conflict.theirs")
		act(vera, app.ConflictAct{Do: "end", How: "They take turns."}, "")
		if all := reads(amal); all[0].How != "They take turns." || home(amal) != 0 {
			t.Errorf("settled: %+v", all)
		}
		nowhereElse(t, a, amal, line)
		is(t, "shut", s.Update(ctx, func(tx *store.Tx) error {
			m := practice.Misuse{ID: "mis_1", Lookup: "l", Public: []byte("k"), State: practice.MisuseConfirmed}
			if err := tx.AddMisuse(m); err != nil {
				return err
			}
			return tx.CloseReading(amal.Member, m.ID, tx.Now())
		}), "")
		if len(reads(amal)) != 0 {
			t.Error("whoever is kept from raw answers reads what was parked")
		}
		clock.Pass((practice.ConflictDays + 2) * 24 * time.Hour)
		is(t, "dispose", a.Dispose(ctx), "")
		if len(reads(vera)) != 0 {
			t.Error("a year after its end it is there")
		}
	})
}

// nowhereElse looks for a line in the record and in the export.
func nowhereElse(t *testing.T, a *app.App, there practice.Actor, line string) {
	t.Helper()
	record, err := a.Record(t.Context(), there, 1)
	is(t, "record", err, "")
	all := fmt.Sprintf("%+v", record)
	is(t, "export", a.Export(t.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
		all += fmt.Sprintf("%+v", e)
		return nil
	}), "")
	if strings.Contains(all, line) || !strings.Contains(all, "12 of 50") {
		t.Error("it stands in the record or in the export, or neither was read")
	}
}

// An owner who is erased looks after it no more: it waits for somebody again.
func TestConflicts_withoutTheirOwner(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	amal, kim := add(t, a, steward, "Amal"), add(t, a, steward, "Kim")
	review := closedReview(t, s, amal, amal.Member, amal.Member)
	is(t, "park", s.Update(t.Context(), func(tx *store.Tx) error {
		c, err := tx.AddConflict(practice.ParkedConflict{Review: review.ID, Text: "Who drives"})
		if err != nil {
			return err
		}
		c.Owner, c.Yes, c.DueOn, c.Version = kim.Member, true, tx.Now().AddDate(0, 0, -1), 2
		if err := tx.SaveConflict(c, 1); err != nil {
			return err
		}
		return tx.EraseMember(practice.Erasure{Member: kim.Member, By: steward.Member, Called: "somebody"})
	}), "")
	is(t, "nobody to remind", a.TellConflicts(t.Context()), "")
	all, err := a.Conflicts(t.Context(), amal)
	is(t, "read", err, "")
	if len(all) != 1 || !all[0].Open || all[0].Name != "" {
		t.Errorf("after the owner went: %+v", all)
	}
}
