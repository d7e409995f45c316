package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Another procedure ends a review unfinished: nothing is read or called any more, nothing
// leads from an answer to a seat, no count has it, and the answers go in their time.
func TestStopReview_endsUnfinished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, ben := add(t, a, steward, "Amal"), add(t, a, steward, "Ben")
		f := reported(t, a, amal, "The ladder gave way.")
		r := practice.Review{ID: "rev_a", Failure: f.ID, Form: practice.FormLive, Lead: amal.Member, MeetAt: time.Now(), Box: practice.DefaultBox,
			Phase: practice.PhaseHappened, StartedAt: time.Now(), Sitting: 1}
		is(t, "a room", s.Update(t.Context(), func(tx *store.Tx) error {
			return errors.Join(tx.AddReview(r, []practice.MemberID{amal.Member, ben.Member}),
				tx.SetAnswers(r.ID, practice.PhaseHappened, []practice.Answer{{ID: "ans_a", Mark: "mark-of-a-seat", Text: "the bolt was loose"}}))
		}), "")
		marked := func() (all, marks int) {
			for _, row := range storetest.Dump(t, address) {
				line := fmt.Sprint(row.Values)
				all += strings.Count(line, "the bolt was loose")
				marks += strings.Count(line, "mark-of-a-seat")
			}
			return all, marks
		}
		if all, marks := marked(); all != 1 || marks != 1 { // the control
			t.Fatalf("%d answers with %d marks prove nothing", all, marks)
		}
		counted := func() (n int) {
			is(t, "trail", s.View(t.Context(), func(tx *store.Tx) error {
				trail, err := tx.Trail(f.Team)
				n = len(trail.Failures) + len(trail.Reviews)
				return err
			}), "")
			return n
		}
		if counted() != 2 {
			t.Fatalf("%d are counted before", counted())
		}
		_, err = a.StopReview(t.Context(), ben, f.ID, "revenge")
		is(t, "without saying which", err, "required")
		for range 2 { // of two at once the second finds it done
			_, err = a.StopReview(t.Context(), ben, f.ID, practice.StopFormal)
			is(t, "stop", err, "")
		}
		if all, marks := marked(); all != 1 || marks != 0 {
			t.Errorf("%d answers are left with %d marks", all, marks)
		}
		if counted() != 0 {
			t.Errorf("%d are counted", counted())
		}
		_, err = a.CallReview(t.Context(), amal, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox, People: []practice.MemberID{amal.Member}})
		is(t, "call another", err, "review.stopped")
		told, err := a.Home(t.Context(), amal)
		is(t, "home", err, "")
		if len(told.Notices) != 1 || told.Notices[0].Code != "notice.stopped" || told.Notices[0].Args["name"] != "Ben" {
			t.Errorf("Amal is told %+v", told.Notices)
		}
		for _, day := range []struct{ after, want int }{{89, 1}, {91, 0}} {
			is(t, "dispose", app.New(app.Options{Store: later(t, address, day.after), Index: recall.New()}).Dispose(t.Context()), "")
			if all, _ := marked(); all != day.want {
				t.Errorf("after %d days %d answers are left", day.after, all)
			}
		}
		_, err = a.ResumeReviews(t.Context(), ben, f.ID)
		is(t, "over", err, "")
		_, err = a.CallReview(t.Context(), amal, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox, People: []practice.MemberID{amal.Member}})
		is(t, "call one", err, "")
		if counted() != 0 {
			t.Errorf("%d are counted once it is over", counted())
		}
		for i := range 3 {
			add(t, a, steward, fmt.Sprintf("Mate %d", i))
		}
		if v, err := a.Vitality(t.Context(), amal, f.Team); err != nil || len(v.Stopped) != 1 || v.Stopped[0].Number != f.Number {
			t.Errorf("it left the measures unseen: %+v, %v", v.Stopped, err)
		}
	})
}
