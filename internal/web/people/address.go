package people

import (
	"net/http"
	"strconv"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// addressRoutes is the address under which people without an account report to a
// team.
func (s *Pages) addressRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/address/{team}", Handler: s.Member(s.showAddress)},
		{Pattern: "POST /team/address/{team}", Handler: s.Member(s.renewAddress)},
	}
}

// addressPage is that address to print and hang up.
type addressPage struct {
	*frame.Frame
	Team practice.Team
	At   string
}

// Typed is the address as people type it.
func (p addressPage) Typed() string {
	_, typed, _ := strings.Cut(p.At, "://")
	return typed
}

func (s *Pages) showAddress(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	t, err := s.App.Team(r.Context(), actor, practice.TeamID(r.PathValue("team")))
	if err != nil {
		return err
	}
	at, err := s.addressOf(r, actor, t.ID)
	switch {
	case err != nil:
		return err
	case at == "":
		return practice.ErrNotFound
	}
	f.Title = f.Say("team.address.title")
	return s.Show(w, http.StatusOK, "address", addressPage{f, t, at})
}

// addressOf is where people report to a team without an account, whole, so that
// it can be printed; empty for whoever may not see it.
func (s *Pages) addressOf(r *http.Request, actor practice.Actor, team practice.TeamID) (string, error) {
	at, err := s.App.AddressOf(r.Context(), actor, team)
	if practice.KindOf(err) == practice.NotFound {
		return "", nil
	}
	to := s.UnnamedAddress(at.Word, "")
	if strings.HasPrefix(to, "/") {
		to = s.Origin(r) + to
	}
	return to, err
}

func (s *Pages) renewAddress(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	team := practice.TeamID(r.PathValue("team"))
	if err := s.App.RenewAddress(r.Context(), actor, team); err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/"+string(team)+"#address")
	return nil
}

// AppearsChoices are when reports without a name may appear.
func (p organisationPage) AppearsChoices() []frame.Option {
	now := strconv.Itoa(p.Organisation.AppearsAt)
	if p.Form != nil && p.Form.Sent {
		now = p.Form.Typed("appears")
	}
	all := []frame.Option{{Value: "0", Text: p.Say("team.appears.hourly")}}
	for hour := 1; hour <= 24; hour++ {
		all = append(all, frame.Option{Value: strconv.Itoa(hour), Text: p.Say("team.appears.daily", "clock", clockOf(hour*60))})
	}
	for i := range all {
		all[i].On = all[i].Value == now
	}
	return all
}
