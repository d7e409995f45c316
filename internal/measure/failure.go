package measure

import (
	"cmp"
	"slices"
	"time"

	"debrief/internal/practice"
)

// ByMonitor is the case of [Early] that a machine told as an early sign.
const ByMonitor = "monitor"

// FewReports is how many reports a quarter needs to show a share.
const FewReports = 5

// early counts the failures that were first told by people, before anything broke.
func (w *walked) early() Reading {
	told := func(from, to time.Time) []*event {
		return where(w.events, func(e *event) bool { return !e.At.Before(from) && e.At.Before(to) })
	}
	sign := func(e *event) bool { return e.Stage == practice.StageEarly && e.Source != practice.SourceMonitor }
	share := func(all []*event) Share { return Of(all, sign) }
	r := Reading{Name: Early, From: w.since(90)}
	now := told(r.From, w.At.Add(1))
	r.Share, r.Before = share(now), share(told(w.since(180), r.From))
	r.Sign, r.Trend = Rule{Least: 8, Well: 0.5, Ill: 0.5}.Sign(r.Share), r.Share.Since(r.Before)
	for _, stage := range []practice.Stage{practice.StageHappening, practice.StageAfter} {
		r.Apart = append(r.Apart, Apart{string(stage), Of(now, func(e *event) bool { return e.Stage == stage }).K})
	}
	r.Slices = quarters(w, w.events, func(e *event) time.Time { return e.At }, share, FewReports)
	for _, e := range told(earlier(w.since(180), r.Slices[0].From), w.At.Add(1)) {
		c := e.asCase(e.At)
		c.In, c.Counts, c.How = !e.At.Before(r.From), sign(e), string(e.Stage)
		if e.Stage == practice.StageEarly && !c.Counts {
			c.How = ByMonitor
		}
		r.Cases = append(r.Cases, c)
	}
	return r
}

// sought are the significant failures on which a clock runs and which either were
// written about, or have not been for 72 hours. Where support comes first none runs:
// neither haste nor waiting counts.
func (w *walked) sought() []*event {
	return where(w.events, func(e *event) bool {
		_, written := e.written()
		return e.Significant && !e.Severe && e.Stage != practice.StageEarly && (written || !e.Paused && e.since(w.At) > practice.ReviewLimit)
	})
}

// written is how long it took until people wrote alone about an event, and whether
// they have.
func (e *event) written() (time.Duration, bool) { return e.took(writing) }

// met is the same for when they met, or wrote where they never did.
func (e *event) met() (time.Duration, bool) { return e.took(meeting) }

func (e *event) took(when func(practice.TrailReview) time.Time) (time.Duration, bool) {
	var first time.Time
	for _, r := range e.reviews {
		if at := when(r.TrailReview); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return max(0, e.since(first)), !first.IsZero()
}

// since is how long the clock of an event has run at a moment. A pause stops it.
func (e *event) since(at time.Time) time.Duration {
	if e.Resumed.After(e.RecognisedAt) && !at.Before(e.Resumed) {
		return at.Sub(e.Resumed)
	}
	return at.Sub(e.RecognisedAt)
}

// inTime counts of the last twelve significant failures those that were written about
// within 72 hours, and how long it took.
func (w *walked) inTime() Reading {
	r := Reading{Name: InTime}
	var spells []Spell
	for _, e := range latest(w.sought(), 12) {
		c := e.asCase(e.RecognisedAt)
		wrote, written := e.written()
		met, _ := e.met()
		c.Counts = written && wrote <= practice.ReviewLimit
		c.Took = Spell{met, true}
		if !written {
			c.Took = Spell{e.since(w.At), false}
		}
		c.Written = c.Counts && met > practice.ReviewLimit
		r.Cases, spells = append(r.Cases, c), append(spells, c.Took)
	}
	r.Share = Of(r.Cases, func(c Case) bool { return c.Counts })
	r.Sign, r.Middle = Rule{Least: 6, Well: 0.6, Ill: 0.6}.Sign(r.Share), Median(spells)
	aim := Of(r.Cases, func(c Case) bool { return c.Took.Over && c.Took.Long <= practice.ReviewAim })
	noted := Of(w.Failures, func(f practice.TrailFailure) bool {
		return f.Triage == practice.TriageNoted && !f.At.Before(w.since(90))
	})
	support := Of(w.events, func(e *event) bool { return e.Severe && e.Significant && !e.RecognisedAt.Before(w.since(90)) })
	r.Apart = []Apart{{"aim", aim.K}, {"noted", noted.K}, {"support", support.K}}
	return r
}

// unmet counts the significant failures of 90 days about which nobody wrote in time.
func (w *walked) unmet() Reading {
	r := Reading{Name: Unmet, From: w.since(90)}
	for _, e := range w.sought() {
		if e.RecognisedAt.Before(r.From) {
			continue
		}
		c := e.asCase(e.RecognisedAt)
		wrote, written := e.written()
		c.Counts = !written || wrote > practice.ReviewLimit
		r.Cases = append(r.Cases, c)
	}
	r.Share = r.counted()
	r.Sign = Rule{Least: 6, Ill: 0.5, Rare: true}.Sign(r.Share)
	return r
}

// long counts the open reviews that began more than a cycle ago.
func (w *walked) long() Reading {
	r := Reading{Name: Long}
	for _, x := range w.Reviews {
		if !x.StartedAt.IsZero() && x.ClosedAt.IsZero() {
			c := w.of[x.Failure].asCase(x.StartedAt)
			c.Counts = x.StartedAt.AddDate(0, 0, max(1, w.Team.CycleDays)).Before(w.At)
			r.Cases = append(r.Cases, c)
		}
	}
	slices.SortStableFunc(r.Cases, func(a, b Case) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Number, b.Number)) })
	r.Share = r.counted()
	r.Sign = Rule{Least: 6, Ill: 0.5, Rare: true}.Sign(r.Share)
	return r
}

// earlier is the one of two moments that was first.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// counted is what the cases of a reading come to, where all of them are in it.
func (r Reading) counted() Share { return Of(r.Cases, func(c Case) bool { return c.Counts }) }

// writing is by when people had written alone for a review.
func writing(r practice.TrailReview) time.Time { return r.WrittenAt }

// meeting is when people met for it, or had written where they never did.
func meeting(r practice.TrailReview) time.Time {
	if r.MetAt.IsZero() {
		return r.WrittenAt
	}
	return r.MetAt
}
