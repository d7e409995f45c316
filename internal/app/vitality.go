package app

import (
	"context"
	"errors"

	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// Vitality is what is measured of a team, with what it was read off.
type Vitality struct {
	Trail    practice.Trail
	Readings []measure.Reading   // none while the team has too few people
	Stopped  []practice.Failure  // in no measure, because somebody said that they belong elsewhere
	Drills   []practice.Failure  // in no measure, because somebody said that they were practice
	Misuse   []practice.HalfYear // whether guardians were told of misuse; none while the team has too few people
}

// Vitality returns the measures of one of the actor's teams, the same to everybody in
// it. The operator reads those of every team.
func (a *App) Vitality(ctx context.Context, actor practice.Actor, team practice.TeamID) (Vitality, error) {
	if !actor.Operator && !actor.In(team) {
		return Vitality{}, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (Vitality, error) {
		trail, err := tx.Trail(team)
		if err != nil {
			return Vitality{}, err
		}
		o, err := tx.Organisation()
		if err != nil {
			return Vitality{}, err
		}
		trail.At = trail.At.In(o.Location())
		v := Vitality{Readings: a.readings(&trail)}
		v.Trail = trail
		if trail.People >= measure.LeastPeople {
			days, err1 := tx.MisuseDays()
			stopped, err2 := tx.StoppedOf(team)
			drills, err3 := tx.DrillsOf(team)
			v.Misuse, v.Stopped, v.Drills = practice.HalfYears(days, trail.At), stopped, drills
			return v, errors.Join(err1, err2, err3)
		}
		return v, nil
	})
}
