package app_test

import (
	"slices"
	"testing"
	"time"

	"debrief/internal/practice"
)

// Under a picked name one reports, and the report says so; it makes nobody a
// convener, and whoever bears the name is told and takes it back.
func TestTablet_report(t *testing.T) {
	eachHouse(t, func(h *house) {
		picked := practice.Tablet{ID: "tab_1", Team: h.noor.Teams[0]}.Actor(practice.Member{ID: h.amal.Member, Name: "Amal"})
		n := practice.NewFailure{Text: "The till was short", Stage: practice.StageAfter, Convene: true}
		f, err := h.app.ReportFailure(h.Context(), picked, n)
		is(h.T, "report", err, "")
		if f.Source != practice.SourceTablet || f.Reporter != h.amal.Member || f.Convener != "" {
			h.Errorf("reported: %+v", f)
		}
		home, err := h.app.Home(h.Context(), h.amal)
		if err != nil || !slices.ContainsFunc(home.Notices, func(n practice.Notice) bool { return n.Code == "notice.tablet" }) {
			h.Errorf("told: %+v, %v", home.Notices, err)
		}
		_, err = h.app.TakeBackReport(h.Context(), h.amal, f.ID)
		is(h.T, "take it back", err, "")

		nobody := practice.Tablet{ID: "tab_1", Team: h.noor.Teams[0]}.Actor(practice.Member{})
		_, err = h.app.ReportFailure(h.Context(), nobody, n)
		is(h.T, "nobody is picked", err, "token.scope")
		_, err = h.app.TakeBackReport(h.Context(), picked, f.ID)
		is(h.T, "no more than that", err, "token.scope")
	})
}

// A place is taken once, in the room beside the tablet, a quarter of an hour before
// it begins at the earliest; of a failure that some only read, never.
func TestTablet_place(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		picked := practice.Tablet{ID: "tab_1", Team: h.noor.Teams[0]}.Actor(practice.Member{ID: h.amal.Member, Name: "Amal"})
		_, err := h.app.TakePlace(ctx, picked, h.open.ID, practice.Saw)
		is(h.T, "an hour before", err, "not.found")
		h.clock.Pass(46 * time.Minute)
		other := picked
		other.Teams = []practice.TeamID{"tea_1"}
		_, err = h.app.TakePlace(ctx, other, h.open.ID, practice.Saw)
		is(h.T, "of another team", err, "not.found")

		_, err = h.app.TakePlace(ctx, picked, h.open.ID, practice.Saw)
		is(h.T, "beside it", err, "")
		_, err = h.app.TakePlace(ctx, picked, h.open.ID, practice.Saw)
		is(h.T, "at the other tablet", err, "tablet.came")
		now, err := h.app.RoomsNow(ctx, picked)
		if err != nil || len(now) != 1 || !now[0].Came {
			h.Errorf("now: %+v, %v", now, err)
		}
		_, err = h.app.TakePlace(ctx, h.amal, h.open.ID, practice.Saw)
		is(h.T, "on her phone", err, "")
		_, err = h.app.RestrictFailure(ctx, h.noor, h.open.Failure, []practice.MemberID{h.amal.Member})
		is(h.T, "restrict", err, "")
		now, err = h.app.RoomsNow(ctx, picked)
		if err != nil || len(now) != 0 {
			h.Errorf("of a restricted one: %+v, %v", now, err)
		}
	})
}
