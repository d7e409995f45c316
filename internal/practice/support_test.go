package practice

import (
	"slices"
	"testing"
	"time"
)

// After something severe a late review needs no reason, and says which one it has. One
// more room than a team can finish needs one all the same.
func TestLateWhy_supportFirst(t *testing.T) {
	noticed := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		severe     bool
		after      time.Duration
		why        string
		open       int
		code, kept string
	}{
		{false, 80 * time.Hour, "", 0, "review.late", ""},
		{true, 80 * time.Hour, "", 0, "", SupportFirst},
		{true, 80 * time.Hour, "The ward was closed.", 0, "", "The ward was closed."},
		{true, 8 * time.Hour, "", 0, "", ""},
		{true, 80 * time.Hour, "", MaxOpen, "review.many", SupportFirst},
	} {
		f := Failure{Stage: StageAfter, RecognisedAt: noticed, Severe: c.severe}
		n := NewReview{MeetAt: noticed.Add(c.after), Why: c.why}
		code := ""
		if err, ok := n.MayCall(f, c.open).(*Error); ok {
			code = err.Code
		}
		if code != c.code || code == "" && n.LateWhy(f) != c.kept {
			t.Errorf("%+v: %q, kept %q", c, code, n.LateWhy(f))
		}
	}
	early := Failure{Triage: TriageSignificant, Stage: StageAfter, RecognisedAt: noticed}
	if _, runs := early.DueAt(); !runs {
		t.Error("no clock runs where nobody was hurt")
	}
	early.Severe = true
	if due, runs := early.DueAt(); runs {
		t.Errorf("support comes first, and it is due at %s", due)
	}
	for _, severe := range []bool{true, false} {
		if f := (Unnamed{Text: "x", Severe: severe}).Appear("flr_x", "tea_x", noticed); f.Severe != severe {
			t.Errorf("without a name it became %+v", f)
		}
		if f, _ := (NewHot{Happened: "x", Severe: severe}).Become("flr_x", noticed); f.Severe != severe {
			t.Errorf("after five minutes it became %+v", f)
		}
	}
	if got := (Organisation{Support: " Dr. Vera \r\n\n 112 "}).SupportLines(); !slices.Equal(got, []string{"Dr. Vera", "112"}) {
		t.Errorf("%q", got)
	}
}
