package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Proposal is what a convener is shown before calling a review: who was
// closest, who else there is, and times inside the working hours.
type Proposal struct {
	People  []practice.Member            // of the team, the closest first
	Closest map[practice.MemberID]string // "reported", "fact" or "convenes"
	Times   []time.Time                  // three at most, within 72 hours
	Open    *Called                      // a review that is called already
	Guides  []practice.Member            // who could lead it from outside, by name
}

// ProposeReview proposes people and times for a failure's review. Whoever leads
// another of the closest is never proposed.
func (a *App) ProposeReview(ctx context.Context, actor practice.Actor, id practice.FailureID) (Proposal, error) {
	return read(ctx, a, func(tx *store.Tx) (Proposal, error) {
		f, err := convened(tx, actor, id)
		if err != nil {
			return Proposal{}, err
		}
		p := Proposal{Closest: map[practice.MemberID]string{}}
		if err := p.people(tx, actor, f); err != nil {
			return p, err
		}
		o, err := tx.Organisation()
		if err != nil {
			return p, err
		}
		p.Times = practice.ProposeTimes(o, f, tx.Now())
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return p, err
		}
		if len(reviews) > 0 && reviews[0].Phase != practice.PhaseClosed {
			open, err := called(tx, actor, reviews[0])
			if p.Open = &open; err != nil {
				return p, err
			}
		}
		return p, p.guides(tx, f)
	})
}

// guides proposes everybody who could lead a review from outside: once it is called,
// whoever is not invited.
func (p *Proposal) guides(tx *store.Tx, f practice.Failure) error {
	var invited []practice.Member
	if p.Open != nil {
		var err error
		if invited, err = invitedTo(tx, p.Open.Review.ID); err != nil {
			return err
		}
	}
	all, err := tx.Members()
	p.Guides = slices.DeleteFunc(all, func(m practice.Member) bool { return m.CheckGuide(f, invited) != nil })
	slices.SortFunc(p.Guides, func(a, b practice.Member) int { return strings.Compare(a.Name, b.Name) })
	return err
}

func (p *Proposal) people(tx *store.Tx, actor practice.Actor, f practice.Failure) error {
	facts, err := tx.Facts(f.ID)
	if err != nil {
		return err
	}
	if err := p.again(tx, actor, f); err != nil {
		return err
	}
	p.Closest[actor.Member] = "convenes"
	for _, fact := range facts {
		p.Closest[fact.Author] = "fact"
	}
	if f.Reporter != "" {
		p.Closest[f.Reporter] = "reported"
	}
	members, err := tx.MembersOf(f.Team)
	if err != nil {
		return err
	}
	var others []practice.Member
	for _, m := range members {
		if !m.Active {
			continue
		}
		if _, closest := p.Closest[m.ID]; closest && !p.leadsAnother(m) {
			p.People = append(p.People, m)
			continue
		}
		delete(p.Closest, m.ID)
		others = append(others, m)
	}
	p.People = append(p.People, others...)
	return nil
}

// again adds those who reported what people call the same, as far as the actor
// may read it.
func (p *Proposal) again(tx *store.Tx, actor practice.Actor, f practice.Failure) error {
	ties, err := tiesOf(tx, actor, f)
	for _, t := range ties {
		if t.Other.Reporter != "" {
			p.Closest[t.Other.Reporter] = "again"
		}
	}
	return err
}

// leadsAnother reports whether m decides about the work of another of the
// closest.
func (p *Proposal) leadsAnother(m practice.Member) bool {
	for _, l := range m.Leads {
		if _, closest := p.Closest[l]; closest && l != m.ID {
			return true
		}
	}
	return false
}
