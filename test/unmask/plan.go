// Package unmask measures whether a copy of everything a server keeps tells who
// wrote what without a name.
//
// It lets made-up organisations work for eight weeks through the real server,
// with a clock that it moves: people come in, report by name, leave their name
// off, say go before rooms, suppose alone why a plan failed, write in rooms and over two days, tap after the close. Every organisation lives twice. In its other life each
// text without a name was written by somebody else, who could have written it
// just as well; everything else is the same. All that is at rest then goes to an
// attacker, who also knows who works there and who came on which day. What the
// attacker says of the writer more often than of the other one is what the copy
// adds to a guess.
package unmask

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// weeks is how long an organisation works.
const weeks = 8

// text is what somebody wrote without a name; or the mark under which the server keeps
// what they said before a room, or that they may still tap after it.
type text struct {
	kind   kind
	body   string
	writer int       // who wrote it in this life
	other  int       // who wrote it in the other one
	at     time.Time // when, in this life
	day    time.Time // midnight
}

// seated reports whether it is of a room, and neither a report nor a reason.
func (t text) seated() bool { return t.kind != reports && t.kind != reasons }

// moment is one act of the plan.
type moment struct {
	at  time.Time
	do  func(*town) error
	nth int // both lives have the same luck in it
}

// plan is what everybody of an organisation does, in the order of the clock.
type plan struct {
	seed    uint64
	rnd     *rand.Rand
	other   bool // this is the other life
	idle    bool // what is left to be done at once is not done: a control
	people  int
	quiet   float64 // how many reports without a name one person writes a day
	rooms   int
	reviews int
	moments []moment
	texts   []text
}

// draw makes the plan of an organisation. A seed always gives the same one; its
// two lives differ in who wrote, and when they came for it.
func draw(seed uint64, people, weeks int, other bool) *plan {
	p := &plan{seed: seed, rnd: rand.New(rand.NewPCG(seed, 1)), other: other, people: people}
	p.quiet = []float64{0.02, 0.04, 0.08}[seed%3]
	monday := time.Date(2031, 3, 3, 0, 0, 0, 0, time.UTC)
	for day := range weeks * 7 {
		at := monday.AddDate(0, 0, day)
		if day%7 < 5 {
			p.day(at)
		}
		switch day % 14 {
		case 1:
			p.supposing(at)
		case 3:
			p.room(at)
		case 8:
			p.inWriting(at)
		}
		p.add(at.Add(26*time.Hour), (*town).wipe)
		p.add(at.Add(27*time.Hour), (*town).backUp)
	}
	slices.SortStableFunc(p.moments, func(a, b moment) int { return a.at.Compare(b.at) })
	return p
}

func (p *plan) add(at time.Time, do func(*town) error) {
	p.moments = append(p.moments, moment{at, do, len(p.moments)})
}

// within is a moment somewhere in a time.
func (p *plan) within(d time.Duration) time.Duration { return time.Duration(p.rnd.Int64N(int64(d))) }

// day has most people come by, some report by name and a few without.
func (p *plan) day(at time.Time) {
	here := p.rnd.Perm(p.people)[:p.people-p.rnd.IntN(p.people/4)]
	for _, person := range here {
		p.add(at.Add(8*time.Hour+p.within(time.Hour)), func(t *town) error { return t.look(person, "/more") })
	}
	for hour := 9; hour < 17; hour++ {
		p.hour(at, at.Add(time.Duration(hour)*time.Hour), here)
	}
}

// coming is somebody who comes at a moment.
type coming struct {
	person int
	at     time.Time
}

// hour is one hour of a day, in which these people are there.
func (p *plan) hour(day, at time.Time, here []int) {
	var named []coming
	for _, person := range here {
		if p.rnd.Float64() < 0.006 {
			c := coming{person, at.Add(p.within(50 * time.Minute))}
			named = append(named, c)
			body := fmt.Sprintf("Named %x.", p.rnd.Uint64())
			p.add(c.at, func(t *town) error { return t.report(person, body) })
		}
	}
	for range here {
		if p.rnd.Float64() >= p.quiet/8 {
			continue
		}
		one, two := p.writer(at, here, named), p.writer(at, here, named)
		if p.other {
			one, two = two, one
		}
		body := fmt.Sprintf("Unnamed %016x", p.rnd.Uint64())
		p.texts = append(p.texts, text{kind: reports, body: body, writer: one.person, other: two.person, at: one.at, day: day})
		p.add(one.at.Add(-time.Second), func(t *town) error { return t.look(one.person, "/report") })
		p.add(one.at, func(t *town) error { return t.unnamed(body) })
	}
}

// writer draws who writes a report and when: as often as not somebody who
// reports by name in that hour, just after it, and else anybody who is there.
func (p *plan) writer(hour time.Time, here []int, named []coming) coming {
	again, nth, after := p.rnd.IntN(2) == 0, p.rnd.IntN(max(1, len(named))), p.within(2*time.Minute)
	c := coming{here[p.rnd.IntN(len(here))], hour.Add(p.within(55 * time.Minute))}
	if again && len(named) > 0 {
		c = coming{named[nth].person, named[nth].at.Add(5*time.Second + after)}
	}
	return c
}

// sitting draws who comes to a review. In the other life they sit in each other's
// places.
func (p *plan) sitting(day time.Time) *sitting {
	all := p.rnd.Perm(p.people)
	n := 5 + p.rnd.IntN(min(5, p.people-5))
	who := all[:n]
	places := p.rnd.Perm(len(who))
	r := &sitting{who: who, day: day, seats: make([]practice.Seat, len(who))}
	for i := range who {
		one, two := who[i], who[places[i]]
		if p.other {
			one, two = two, one
		}
		r.writer, r.other = append(r.writer, one), append(r.other, two)
	}
	p.outside(r, all[n:])
	return r
}

// by is a text of somebody in a place of a review; what comes back is where it stands
// among all.
func (p *plan) by(r *sitting, place int, of kind, at time.Time, body string) int {
	p.texts = append(p.texts, text{kind: of, body: body, writer: r.writer[place], other: r.other[place], at: at, day: r.day})
	return len(p.texts) - 1
}

// room plans a review of the last thing that happened, on a day. Everybody is asked
// before it, and it is a go.
func (p *plan) room(day time.Time) {
	r := p.sitting(day)
	meet := day.Add(14 * time.Hour)
	p.add(day.Add(11*time.Hour), func(t *town) error { return t.call(r, meet) })
	for place := range r.who {
		then := day.Add(11*time.Hour + 5*time.Minute + p.within(2*time.Hour))
		nth := p.by(r, place, readiness, then, "")
		p.asking(r, place, then)
		p.add(then, func(t *town) error { return t.sayReady(r, place, nth) })
	}
	p.add(meet.Add(-20*time.Minute), func(t *town) error { return t.copyFiles(false) })
	p.add(meet.Add(time.Second-practice.ReadyAhead), func(t *town) error { return errors.Join(t.app.CloseReady(t.ctx, r.review), t.work()) })
	at := meet
	next := func(do func(*town) error) {
		at = at.Add(5*time.Second + p.within(time.Minute))
		p.add(at, do)
	}
	watched := p.rooms % len(questions)
	p.rooms++
	for place := range r.who {
		nth := len(p.texts)
		next(func(t *town) error { return t.sit(r, place, nth) })
		p.asking(r, place, at)
		p.by(r, place, lateSeats, at, "")
	}
	next(func(t *town) error { return t.move(r) })
	for q, question := range questions {
		for nth, place := range p.rnd.Perm(len(r.who)) {
			body := p.words()
			if nth == len(r.who)-1 && q == watched {
				next(func(t *town) error { return t.copyFiles(true) })
			}
			next(func(t *town) error { return t.answer(r, place, question, body) })
			p.by(r, place, answersClosed, at, body)
		}
		next(func(t *town) error { return t.goOn(r, question) })
	}
	next(func(t *town) error { return errors.Join(t.settleGap(r), t.move(r)) })
	p.watched(r, meet, at)
	next(func(t *town) error { return t.close(r) })
	next(func(t *town) error { return t.copyFiles(false) })
	p.late(r, at)
}

// words are an answer that is like no other.
func (p *plan) words() string { return fmt.Sprintf("Answer %016x", p.rnd.Uint64()) }

// late has everybody tap once more in the day after a close, and the day end.
func (p *plan) late(r *sitting, closed time.Time) {
	for place := range r.who {
		p.add(closed.Add(time.Minute+p.within(20*time.Hour)), func(t *town) error { return t.tapLate(r, place) })
	}
	p.add(closed.Add(room.LateTaps+time.Hour), func(t *town) error { return errors.Join(t.rooms.ForgetLate(t.ctx, r.review), t.work()) })
}
