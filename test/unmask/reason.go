package unmask

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// supposing plans a plan that a team writes on a day. Some suppose alone why it failed,
// each when they come by, with their own account; in the other life each wrote the
// words of another. Somebody takes a copy just after one of them, and in the evening
// all is opened.
func (p *plan) supposing(day time.Time) {
	who := p.rnd.Perm(p.people)[:5+p.rnd.IntN(min(5, p.people-5))]
	places, stolen := p.rnd.Perm(len(who)), p.rnd.IntN(len(who))
	var number int
	p.add(day.Add(9*time.Hour), func(t *town) (err error) {
		number, err = t.beginPlan()
		return err
	})
	for place := range who {
		one, two := who[place], who[places[place]]
		if p.other {
			one, two = two, one
		}
		at, body := day.Add(9*time.Hour+10*time.Minute+p.within(7*time.Hour)), p.words()
		p.texts = append(p.texts, text{kind: reasons, body: body, writer: one, other: two, at: at, day: day})
		p.add(at.Add(-time.Second), func(t *town) error { return t.look(one, "/plan") })
		p.add(at, func(t *town) error {
			return errors.Join(t.ask(one, "POST", practice.PlanPath(number), url.Values{"do": {"suppose"}, "reason": {body}}), t.work())
		})
		if place == stolen {
			p.add(at.Add(time.Second), func(t *town) error { return t.copyFiles(false) })
		}
	}
	p.add(day.Add(17*time.Hour), func(t *town) error {
		_, err := t.app.OpenReasons(t.ctx, t.actor(0), number)
		return errors.Join(err, t.work())
	})
}

// beginPlan begins a plan and returns its number.
func (t *town) beginPlan() (int, error) {
	p, err := t.app.BeginPlan(t.ctx, t.actor(0), app.NewPlan{Title: fmt.Sprint("What comes after ", t.now.Format(time.DateOnly))})
	return p.Number, err
}
