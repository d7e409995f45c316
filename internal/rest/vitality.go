package rest

import (
	"context"
	"slices"
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
)

// VitalityView is what is measured of a team, as programs read it. It has no person and
// no title: a case is the number of its failure or plan.
type VitalityView struct {
	Team     practice.TeamID `json:"team"`
	Name     string          `json:"name"`
	At       time.Time       `json:"at"`
	Enough   bool            `json:"enough_people"`
	Measures []ReadingView   `json:"measures"`
	Drills   []int           `json:"practised"` // numbers of failures that are in no measure, because they were marked as practice
	Stopped  []int           `json:"stopped"`   // numbers of failures that are in no measure, because they belong elsewhere
	Misuse   []halfYearView  `json:"misuse"`    // of half years that are over
}

// halfYearView is whether guardians were told of misuse in half a year: never how often.
type halfYearView struct {
	Start time.Time `json:"start"`
	Some  bool      `json:"some"`
}

// ReadingView is one measure.
type ReadingView struct {
	Measure measure.Name   `json:"measure"`
	Share   shareView      `json:"share"`
	Sign    measure.Sign   `json:"sign"`
	Trend   measure.Trend  `json:"trend,omitempty"`
	Before  *shareView     `json:"before,omitempty"`
	Since   time.Time      `json:"since,omitzero"`
	Differ  *boundsView    `json:"difference,omitempty"`
	Sure    float64        `json:"sure,omitempty"`
	Slices  []sliceView    `json:"slices,omitempty"`
	Cases   []caseView     `json:"cases,omitempty"`
	Apart   map[string]int `json:"apart,omitempty"`
	Median  *medianView    `json:"median,omitempty"`
	Curve   []curveView    `json:"curve,omitempty"`
	Parts   []partView     `json:"parts,omitempty"`
	Rate    *rateView      `json:"rate,omitempty"`
	Pulses  []pulseView    `json:"pulses,omitempty"`
}

type boundsView struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

type shareView struct {
	K int `json:"k"`
	N int `json:"n"`
	boundsView
}

type sliceView struct {
	From  time.Time  `json:"from"`
	To    time.Time  `json:"to"`
	Open  bool       `json:"open,omitempty"`
	Few   bool       `json:"few,omitempty"`
	Share *shareView `json:"share,omitempty"`
}

type caseView struct {
	Number int       `json:"number"`
	At     time.Time `json:"at"`
	In     bool      `json:"in"`
	Counts bool      `json:"counts"`
	How    string    `json:"how,omitempty"`
	Hours  float64   `json:"hours,omitempty"`
	Over   bool      `json:"over,omitempty"`
}

type medianView struct {
	Hours float64 `json:"hours"`
	boundsView
}

type curveView struct {
	Hours float64 `json:"hours"`
	Left  int     `json:"left"`
	Ended int     `json:"ended"`
	Lasts float64 `json:"lasts"`
	boundsView
}

// partView is one kind of the cases by itself.
type partView struct {
	What  string      `json:"what"`
	Share shareView   `json:"share"`
	Curve []curveView `json:"curve,omitempty"`
}

type rateView struct {
	Count  int     `json:"count"`
	Cycles float64 `json:"cycles"`
	boundsView
}

func showShare(s measure.Share) shareView { return shareView{s.K, s.N, boundsView(s.Wilson())} }

// ShowVitality shows what is measured of a team.
func ShowVitality(v app.Vitality) VitalityView {
	t := v.Trail
	return VitalityView{t.Team.ID, t.Team.Name, t.At, t.People >= measure.LeastPeople, shown(v.Readings, showReading),
		shown(v.Drills, func(f practice.Failure) int { return f.Number }), shown(v.Stopped, func(f practice.Failure) int { return f.Number }),
		shown(v.Misuse, func(h practice.HalfYear) halfYearView { return halfYearView(h) })}
}

func showReading(r measure.Reading) ReadingView {
	v := ReadingView{Measure: r.Name, Share: showShare(r.Share), Sign: r.Sign, Trend: r.Trend, Since: r.From, Sure: r.Sure}
	if r.Trend != "" || r.Differ != (measure.Interval{}) {
		before := showShare(r.Before)
		v.Before = &before
	}
	if r.Differ != (measure.Interval{}) {
		differ := boundsView(r.Differ)
		v.Differ = &differ
	}
	for _, a := range r.Apart {
		if v.Apart == nil {
			v.Apart = map[string]int{}
		}
		v.Apart[a.What] = a.N
	}
	if r.Middle.Known {
		v.Median = &medianView{r.Middle.Median.Hours(), boundsView{r.Middle.Low.Hours(), r.Middle.High.Hours()}}
	}
	if r.Rate.Cycles > 0 {
		v.Rate = &rateView{r.Rate.Count, r.Rate.Cycles, boundsView(r.Rate.Interval())}
	}
	for _, p := range append(slices.Clone(r.House), r.Pulses...) {
		v.Pulses = append(v.Pulses, showPulse(p))
	}
	for _, s := range r.Slices {
		one := sliceView{From: s.From, To: s.To, Open: s.Open, Few: s.Few}
		if !s.Few {
			share := showShare(s.Share)
			one.Share = &share
		}
		v.Slices = append(v.Slices, one)
	}
	for _, c := range r.Cases {
		v.Cases = append(v.Cases, caseView{c.Number, c.At, c.In, c.Counts, c.How, c.Took.Long.Hours(), c.Took.Over})
	}
	v.Curve = shown(r.Curve, showCurve)
	for _, p := range r.Parts {
		v.Parts = append(v.Parts, partView{p.What, showShare(p.Share), shown(p.Curve, showCurve)})
	}
	return v
}

func showCurve(s measure.Step) curveView {
	return curveView{s.At.Hours(), s.Left, s.Ended, s.Share, boundsView(s.Band)}
}

// vitality is what is measured of a team.
func (s *Rest) vitality() {
	person(s, get("/teams/{id}/vitality"), func(ctx context.Context, actor practice.Actor, in *One) (VitalityView, error) {
		v, err := s.App.Vitality(ctx, actor, practice.TeamID(in.ID))
		return ShowVitality(v), err
	})
}
