package measure

import (
	"time"

	"debrief/internal/practice"
)

// FewNewcomers is how many it takes in a quarter before anything of them is told: behind
// the number of fewer would stand one of them.
const FewNewcomers = 5

// Of newcomers only quarters that are over are told, each with enough newcomers of its
// own: else one of them could be told by what was there before and after. There is no
// case for each of them.

// alone is after how many days newcomers of four quarters first did a procedure by
// themselves: the middle of them.
func (w *walked) alone() Reading {
	r := Reading{Name: Alone, From: w.quarter(4), Sign: Few}
	var told []Spell
	for before := 4; before > 0; before-- {
		var spells []Spell
		for _, x := range w.Runs {
			if w.quartersBefore(x.Month) == before {
				spells = append(spells, Spell{time.Duration(x.Days) * day, true})
			}
		}
		if len(spells) >= FewNewcomers {
			told = append(told, spells...)
		}
	}
	if len(told) > 0 {
		r.Sign, r.Middle, r.Apart = Unclear, middle(told), []Apart{{"newcomers", len(told)}}
	}
	return r
}

// middle is the median of some newcomers. Its interval is left out where its ends would be
// the first and the last of them: those are what two people said.
func middle(told []Spell) Middle {
	m := Median(told)
	if rank(len(told)) < 2 {
		m.Low, m.High = 0, 0
	}
	return m
}

// answered is how many questions of newcomers something answered, of those they told of
// in their first days, in four quarters: each of them is a slice.
func (w *walked) answered() Reading {
	r := Reading{Name: Answered, From: w.quarter(4), Sign: Few}
	for before := 8; before > 0; before-- {
		s, few := w.questions(before)
		into := &r.Before
		if before <= 4 {
			into = &r.Share
			r.Slices = append(r.Slices, Slice{From: w.saidQuarter(before), To: w.saidQuarter(before - 1), Share: s, Few: few})
		}
		into.K, into.N = into.K+s.K, into.N+s.N
	}
	if r.Share.N > 0 {
		r.Sign, r.Trend = Unclear, r.Share.Since(r.Before)
	}
	return r
}

// questions are those of the newcomers of one quarter; none where these are too few.
func (w *walked) questions(before int) (s Share, few bool) {
	people := 0
	for _, x := range w.Said {
		switch {
		case w.quartersBefore(x.Month) != before:
		case x.What == practice.SaidPeople:
			people += x.N
		case x.What == practice.SaidNothing:
			s.N += x.N
		default:
			s.K, s.N = s.K+x.N, s.N+x.N
		}
	}
	if people < FewNewcomers {
		return Share{}, true
	}
	return s, false
}

// saidQuarter is the first of so many quarters before this one as months are counted,
// which is not by the clock of the organisation.
func (w *walked) saidQuarter(before int) time.Time {
	y, m, _ := w.At.UTC().Date()
	return time.Date(y, (m-1)/3*3+1-time.Month(3*before), 1, 0, 0, 0, 0, w.At.Location())
}
