package unmask

import (
	"errors"
	"net/url"
	"time"

	"debrief/internal/practice"
)

// outside plans who leads a review from outside, every other time: somebody who is not
// asked to it, and in both lives the same.
func (p *plan) outside(r *sitting, others []int) {
	if r.led = p.reviews%2 == 0; r.led {
		r.others = others
	}
	p.reviews++
}

// watched plans that whoever leads a review looks at the page beside the room now and
// then, and writes something down for themselves.
func (p *plan) watched(r *sitting, from, until time.Time) {
	for n := range 8 {
		p.add(from.Add(p.within(until.Sub(from))), func(t *town) error {
			if !r.led {
				return nil
			}
			if n%2 == 0 {
				return t.look(r.guide, practice.GuidePath(r.number))
			}
			return t.guides(r, url.Values{"do": {"note"}, "note": {"Ask how they are."}})
		})
	}
}

// asking plans that one in four asks to talk with whoever leads a review, moments
// before they do something else.
func (p *plan) asking(r *sitting, place int, before time.Time) {
	if p.rnd.IntN(4) > 0 {
		return
	}
	p.add(before.Add(-time.Second-p.within(30*time.Second)), func(t *town) error {
		if !r.led {
			return nil
		}
		return t.ask(r.writer[place], "POST", practice.RoomPath(r.number)+"/talk", url.Values{"do": {"ask"}})
	})
}

// lead has somebody lead a review from outside: they are asked, and say that they were
// not part of it.
func (t *town) lead(r *sitting) error {
	if !r.led {
		return nil
	}
	f, err := t.app.Failure(t.ctx, t.actor(0), r.number)
	if err != nil {
		return err
	}
	for _, person := range r.others {
		if r.guide = person; t.members[person].ID != f.Reporter {
			break
		}
	}
	convener := t.actor(t.loot.people[string(f.Convener)])
	return errors.Join(t.app.NameGuide(t.ctx, convener, r.review, t.members[r.guide].ID), t.guides(r, url.Values{"do": {"outside"}}))
}

// guides sends what whoever leads a review does on their page.
func (t *town) guides(r *sitting, form url.Values) error {
	return t.ask(r.guide, "POST", practice.GuidePath(r.number), form)
}
