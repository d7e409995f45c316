package web

import (
	"net/http"
	"strconv"
	"strings"

	"debrief/internal/practice"
)

// addressRoutes is the address under which people without an account report to a
// team.
func (s *Web) addressRoutes() []Route {
	return []Route{{Pattern: "POST /team/address/{team}", handler: s.member(s.renewAddress)}}
}

// addressOf is where people report to a team without an account, whole, so that
// it can be printed; empty for whoever may not see it.
func (s *Web) addressOf(r *http.Request, actor practice.Actor, team practice.TeamID) (string, error) {
	at, err := s.App.AddressOf(r.Context(), actor, team)
	if practice.KindOf(err) == practice.NotFound {
		return "", nil
	}
	to := s.unnamedAddress(at.Word, "")
	if strings.HasPrefix(to, "/") {
		to = s.base(r) + to
	}
	return to, err
}

func (s *Web) renewAddress(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	if _, err := readForm(r, f, fields{}); err != nil {
		return err
	}
	team := practice.TeamID(r.PathValue("team"))
	if err := s.App.RenewAddress(r.Context(), actor, team); err != nil {
		return err
	}
	redirect(w, r, "/team/"+string(team)+"#address")
	return nil
}

// AppearsChoices are when reports without a name may appear.
func (p organisationPage) AppearsChoices() []Option {
	now := strconv.Itoa(p.Organisation.AppearsAt)
	if p.Form != nil && p.Form.Sent {
		now = p.Form.Typed("appears")
	}
	all := []Option{{Value: "0", Text: p.Say("team.appears.hourly")}}
	for hour := 1; hour <= 24; hour++ {
		all = append(all, Option{Value: strconv.Itoa(hour), Text: p.Say("team.appears.daily", "clock", clockOf(hour*60))})
	}
	for i := range all {
		all[i].On = all[i].Value == now
	}
	return all
}
