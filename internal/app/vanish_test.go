package app_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// nameless is a measure without the numbers and titles of what it was counted from.
func nameless(r measure.Reading) measure.Reading {
	cases := make([]measure.Case, len(r.Cases))
	for i, c := range r.Cases {
		c.Number, c.Title = 0, ""
		cases[i] = c
	}
	r.Cases = cases
	for i := range r.Places {
		r.Places[i].Number, r.Places[i].Title = 0, ""
	}
	return r
}

// Whoever restricts a failure takes it out of no measure, and its number and title are in
// none. What is marked as practice is, and stands on Vitality by its number.
func TestVitality_nothingVanishes(t *testing.T) {
	onHollows(t, func(h *hollow) {
		h.raised()
		read := func() app.Vitality {
			h.Helper()
			v, err := h.app.Vitality(h.Context(), h.crew[2], h.team)
			h.must("vitality", err)
			return v
		}
		before := read()
		first := before.Trail.Failures[0]
		titled := h.report("The Lighthouse door")
		_, err := h.app.RestrictFailure(h.Context(), h.crew[1], titled.ID, []practice.MemberID{h.crew[1].Member})
		h.must("restrict one that was reported", err)
		before = read()
		f, err := h.app.RestrictFailure(h.Context(), h.steward, first.ID, []practice.MemberID{h.steward.Member})
		h.must("restrict", err)
		after := read()
		for i, r := range after.Readings {
			if !reflect.DeepEqual(nameless(r), nameless(before.Readings[i])) {
				h.Errorf("%s: %+v\nwas %+v", r.Name, r, before.Readings[i])
			}
			for _, c := range r.Cases {
				if c.Number == first.Number {
					h.Errorf("%s: a case has the number of what is restricted", r.Name)
				}
			}
		}
		if said := fmt.Sprintf("%+v %+v", after.Readings, after.Trail); strings.Contains(said, "Lighthouse") {
			h.Error("the title of what is restricted is in what is measured")
		}
		_, err = h.app.MarkDrill(h.Context(), h.steward, f.ID, true)
		is(h.T, "practice after the close", err, "drill.closed")
		if len(read().Drills) != 0 {
			h.Error("listed as practice, and is none")
		}
		_, err = h.app.MarkDrill(h.Context(), h.crew[1], titled.ID, true)
		h.must("practice before", err)
		if v := read(); len(v.Drills) != 1 || v.Drills[0].Number != titled.Number || len(v.Trail.Failures) != len(after.Trail.Failures)-1 {
			h.Errorf("practice: %+v of %d", v.Drills, len(v.Trail.Failures))
		}
	})
}

// Nobody is asked to look after a conflict who would not read it; and where its owner reads
// nothing any more it is open again, for the others to see.
func TestConflict_asksNobodyWhoIsShutOut(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx, there, kim, vera := h.Context(), h.crew[1], h.crew[2], h.crew[3]
		review := closedReview(h.T, h.store, there, there.Member, there.Member)
		var id practice.ConflictID
		h.must("park", h.store.Update(ctx, func(tx *store.Tx) error {
			c, err := tx.AddConflict(practice.ParkedConflict{Review: review.ID, Text: "Who may stop the van"})
			id = c.ID
			return err
		}))
		due := h.now.AddDate(0, 0, 14)
		ask := func(act app.ConflictAct, code string) {
			h.Helper()
			act.Due = due
			is(h.T, act.Do, h.app.ActOnConflict(ctx, there, id, act), code)
		}
		h.stand(vera)
		h.misused(vera)
		ask(app.ConflictAct{Do: "ask", Name: "Cleo"}, "conflict.other")
		ask(app.ConflictAct{Do: "guardian"}, "conflict.other")
		if codes := notices(h.T, h.store, vera.Member); len(codes) != 0 {
			h.Errorf("told %v", codes)
		}
		ask(app.ConflictAct{Do: "ask", Name: kim.Name}, "")
		open := func() bool {
			h.Helper()
			all, err := h.app.Conflicts(ctx, there)
			h.must("read", err)
			return len(all) == 1 && all[0].Open
		}
		if open() {
			h.Error("somebody is asked, and it is open")
		}
		h.misused(kim)
		if !open() {
			h.Error("nobody reads it who is asked")
		}
		ask(app.ConflictAct{Do: "take"}, "")
	})
}
