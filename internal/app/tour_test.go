package app_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// The tour stops at what was reported most often, and at nothing that somebody may not
// read; where nothing was recorded it has nothing to say, and another team's is not there.
func TestTour(t *testing.T) {
	onUses(t, func(u *use) {
		team := u.steward.Teams[0]
		tour, err := u.app.Tour(u.Context(), u.crew[3], team)
		u.must("tour", err)
		if tour.Failure.ID != u.r.Failure || tour.Again != 0 || tour.Promise == nil || tour.Limit != nil || tour.Finding == nil || tour.Line == nil || tour.Line.Failure.ID != u.r.Failure {
			u.Errorf("after one review: %+v %+v %+v", tour.Failure, tour.Line, tour.Promise)
		}
		first, err := u.app.FailureByID(u.Context(), u.steward, u.r.Failure)
		u.must("failure", err)
		u.now = u.now.Add(3 * time.Hour)
		twice := report(u, "Twice the same", first.RecognisedAt.Add(time.Hour))
		again := report(u, "Twice the same again", first.RecognisedAt.Add(2*time.Hour))
		u.must("tie", u.store.Update(u.Context(), func(tx *store.Tx) error {
			return tx.AddTie(practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: twice.ID, B: again.ID, Kind: practice.TieSame, At: tx.Now()})
		}))
		tour, err = u.app.Tour(u.Context(), u.crew[3], team)
		u.must("tour", err)
		if tour.Again != 1 || tour.Failure.ID == u.r.Failure {
			u.Errorf("what came back is not first: %+v", tour.Failure)
		}
		if _, err := u.app.Tour(u.Context(), practice.Actor{Member: u.crew[3].Member, Teams: []practice.TeamID{"tea_other"}}, team); err == nil {
			u.Error("another team reads it")
		}
	})
}

func report(u *use, text string, at time.Time) practice.Failure {
	u.Helper()
	f, err := u.app.ReportFailure(u.Context(), u.steward, practice.NewFailure{Team: u.steward.Teams[0], Text: text, Stage: practice.StageAfter, At: at})
	u.must("report", err)
	return f
}
