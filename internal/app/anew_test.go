package app_test

import (
	"errors"
	"fmt"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// came reports the same once more, so many days ago, and ties it to the one before.
func (h *hollow) came(days int, before practice.FailureID) (id practice.FailureID) {
	h.Helper()
	h.must("a report", h.store.Update(h.Context(), func(tx *store.Tx) error {
		at := tx.Now().AddDate(0, 0, -days)
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: h.team, Title: fmt.Sprint("Late by ", days), Text: "Late", Stage: practice.StageAfter,
			RecognisedAt: at, ReportedAt: at, Source: practice.SourceReport, Triage: practice.TriageNew, Standing: practice.Reported})
		if before != "" {
			err = errors.Join(err, tx.AddTie(practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: f.ID, B: before, Kind: practice.TieSame, At: at}))
		}
		id = f.ID
		return err
	}))
	return id
}

// anew is the failure for which the team is told, after the day's work, on each of its
// start pages.
func (h *hollow) anew() practice.FailureID {
	h.Helper()
	h.watch()
	r, err := h.app.Rhythm(h.Context(), h.crew[1], h.team)
	h.must("rhythm", err)
	home, err := h.app.Home(h.Context(), h.crew[2])
	h.must("home", err)
	told := len(home.Rhythms) == 1 && home.Rhythms[0].Again.ID == r.Again.ID && r.Again.ID != ""
	if told != (r.Again.ID != "") {
		h.Errorf("the start page has %+v, and it is about %q", home.Rhythms, r.Again.ID)
	}
	return r.Again.ID
}

// When the same came back twice after a change for it was in use, a team is told that it
// can begin anew. Not now lasts until it comes back once more.
func TestAnew_untilNotNow(t *testing.T) {
	onHollows(t, func(h *hollow) {
		h.met(150, true)
		var first practice.FailureID
		h.must("in use", h.store.Update(h.Context(), func(tx *store.Tx) error {
			trail, err := tx.Trail(h.team)
			first = trail.Failures[0].ID
			return errors.Join(err, tx.MarkUsed(practice.UseCheck{Review: trail.Reviews[0].ID, Tally: practice.UseTally{Yes: 2}, SaidAt: tx.Now().AddDate(0, 0, -118)}))
		}))
		last := h.came(60, first)
		if got := h.anew(); got != "" {
			h.Errorf("it came back once: %s", got)
		}
		last = h.came(10, last)
		if got := h.anew(); got != last {
			h.Errorf("it came back twice: %q, want %s", got, last)
		}
		stranger := add(h.T, h.app, h.steward, "Fynn")
		stranger.Teams = nil
		is(h.T, "not of the team", h.app.NotAnew(h.Context(), stranger, h.team, last), "not.found")
		is(h.T, "another failure", h.app.NotAnew(h.Context(), h.crew[1], h.team, first), "")
		if got := h.anew(); got != last {
			h.Errorf("about another failure it is not now: %q", got)
		}
		for range 2 { // two people at once
			is(h.T, "not now", h.app.NotAnew(h.Context(), h.crew[1], h.team, last), "")
			if got := h.anew(); got != "" {
				h.Errorf("not now, and still %s", got)
			}
		}
		last = h.came(1, last)
		if got := h.anew(); got != last {
			h.Errorf("it came back once more: %q, want %s", got, last)
		}
		h.must("a review", h.store.Update(h.Context(), func(tx *store.Tx) error {
			return tx.AddReview(practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: last, Form: practice.FormLive, Lead: h.steward.Member, MeetAt: tx.Now(),
				Box: practice.DefaultBox, Phase: practice.PhaseArrive}, nil)
		}))
		if got := h.anew(); got != "" {
			h.Errorf("a review of it is called, and still %s", got)
		}
	})
}
