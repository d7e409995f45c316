package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/rest"
)

type measureCommand struct {
	database
	JSON bool `name:"json" help:"cli.help.json"`
}

// Run says what is measured of every team: one line for each measure, or as JSON one
// object for each team. It has no person and no title.
func (c *measureCommand) Run(s *shell) error {
	return c.with(s, func(h house) error {
		teams, err := h.Teams(s, operator)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(s.out)
		programs := json.NewEncoder(out)
		programs.SetEscapeHTML(false)
		for _, t := range teams {
			v, err := h.Vitality(s, operator, t.ID)
			if err != nil {
				return err
			}
			if c.JSON {
				err = programs.Encode(rest.ShowVitality(v))
			} else {
				s.measured(out, v)
			}
			if err != nil {
				return err
			}
		}
		return out.Flush()
	})
}

// measured writes the measures of a team for a person.
func (s *shell) measured(out *bufio.Writer, v app.Vitality) {
	fmt.Fprintln(out, shown(v.Trail.Team.Name))
	if v.Readings == nil {
		fmt.Fprintln(out, "   "+s.Say("measure.people", "n", measure.LeastPeople))
	}
	for _, r := range v.Readings {
		i := r.Share.Wilson()
		line := s.Say("measure.none")
		if r.Share.N > 0 {
			line = s.Say("measure.share", "k", r.Share.K, "n", r.Share.N, "low", hundredths(i.Low), "high", hundredths(i.High))
		}
		if r.Name == measure.Mix {
			for _, a := range r.Apart { // words:use strength.of.*
				fmt.Fprintf(out, "   %s %s: %d\n", s.Say("measure.mix"), s.Say("strength.of."+a.What), a.N)
			}
			continue
		}
		if r.Name == measure.Spent {
			args := []any{}
			for _, a := range r.Apart {
				args = append(args, a.What, a.N)
			}
			fmt.Fprintf(out, "   %s: %s\n", s.Say("measure.spent"), s.Say("measure.spent.count", args...))
			continue
		}
		if r.Name == measure.Safe && r.Sign != measure.Few {
			fmt.Fprintf(out, "   %s: %s\n", s.Say("measure.safe"), s.Say("measure.band."+string(r.Pulses[len(r.Pulses)-1].Band))) // words:use measure.band.*
			continue
		}
		fmt.Fprintf(out, "   %s: %s. %s\n", s.Say("measure."+string(r.Name), "days", v.Trail.Team.CycleDays), line, s.Say("measure.sign."+string(r.Sign))) // words:use measure.sign.*
	}
}

// hundredths is a share in 100.
func hundredths(x float64) int { return int(math.Round(100 * x)) }
