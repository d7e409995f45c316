package measure

import (
	"slices"
	"time"

	"debrief/internal/practice"
)

// FewNewcomers is how many it takes before anything of them is told: behind the number
// of fewer would stand one of them.
const FewNewcomers = 5

// alone is after how many days newcomers of twelve months first did a procedure by
// themselves.
func (w *walked) alone() Reading {
	r := Reading{Name: Alone, From: practice.MonthOf(w.At.AddDate(-1, 0, 0)), Sign: Few}
	runs := where(w.Runs, func(x practice.TrailRun) bool { return !x.Month.Before(r.From) })
	if len(runs) < FewNewcomers {
		return r
	}
	var spells []Spell
	for _, x := range runs {
		c := Case{At: x.Month, In: true, Counts: true, Took: Spell{time.Duration(x.Days) * day, true}}
		r.Cases, spells = append(r.Cases, c), append(spells, c.Took)
	}
	slices.SortFunc(r.Cases, func(a, b Case) int { return int(a.Took.Long - b.Took.Long) }) // in no order of time
	r.Sign, r.Middle, r.Apart = Unclear, Median(spells), []Apart{{"newcomers", len(runs)}}
	return r
}

// answered is how many questions of newcomers something answered, of those they told of
// in their first days.
func (w *walked) answered() Reading {
	r := Reading{Name: Answered, From: practice.MonthOf(w.At.AddDate(-1, 0, 0)), Sign: Few}
	said := func(from, to time.Time) (s Share) {
		people := 0
		for _, x := range w.Said {
			switch {
			case x.Month.Before(from) || !x.Month.Before(to):
			case x.What == practice.SaidPeople:
				people += x.N
			case x.What == practice.SaidNothing:
				s.N += x.N
			default:
				s.K, s.N = s.K+x.N, s.N+x.N
			}
		}
		if people < FewNewcomers {
			return Share{}
		}
		return s
	}
	r.Share, r.Before = said(r.From, w.At.AddDate(0, 1, 0)), said(r.From.AddDate(-1, 0, 0), r.From)
	if r.Share.N > 0 {
		r.Sign, r.Trend = Unclear, r.Share.Since(r.Before)
	}
	return r
}
