package rest

import (
	"context"

	"debrief/internal/auth"
	"debrief/internal/practice"
)

type newOrganisation struct {
	Body struct {
		Secret       string           `json:"secret,omitempty"`
		Organisation OrganisationBody `json:"organisation,omitempty"`
		Team         TeamBody         `json:"team,omitempty"`
		Steward      string           `json:"steward,omitempty" at:"name" example:"Noor"`
		Passphrase   string           `json:"passphrase,omitempty"`
		Procedure    string           `json:"procedure,omitempty" at:"markdown" example:"- [ ] Look at the tank."`
	}
}

// setUpView is what a new organisation is, and the device of its first steward.
type setUpView struct {
	Organisation organisationView `json:"organisation"`
	Team         teamView         `json:"team"`
	Member       memberView       `json:"member"`
	setCookies
}

// setUp is the table of the one act before there is anybody.
func (s *Rest) setUp() {
	stranger(s, create("/setup"), func(ctx context.Context, in *newOrganisation) (setUpView, error) {
		b := in.Body
		if err := s.Auth.CheckSetUp(ctx, b.Secret); err != nil {
			return setUpView{}, err
		}
		pack := s.Words.Pack(b.Team.Pack)
		n := practice.NewOrganisation{Organisation: b.Organisation.begun(pack), Team: b.Team.begun(pack), Steward: b.Steward,
			Procedure: b.Procedure, Checklist: pack.FirstProcedure}
		if b.Passphrase != "" {
			if err := auth.CheckPassphrase(b.Passphrase, true, n.Steward, n.Name); err != nil {
				return setUpView{}, err
			}
		}
		actor, err := s.App.SetUp(ctx, n)
		if err != nil {
			return setUpView{}, err
		}
		if b.Passphrase == "" {
			err = s.Auth.RemindOfPassphrase(ctx, actor)
		} else {
			err = s.Auth.ChangePassphrase(ctx, actor, "", "", b.Passphrase)
		}
		if err != nil {
			return setUpView{}, err
		}
		return s.firstIn(ctx, actor, arrival(ctx))
	})
}

// firstIn lets the steward in and shows what there is now.
func (s *Rest) firstIn(ctx context.Context, actor practice.Actor, how auth.Arrival) (setUpView, error) {
	secret, err := s.Auth.LetIn(ctx, actor, how)
	if err != nil {
		return setUpView{}, err
	}
	v := setUpView{setCookies: cookiesOf(s.Auth.Cookies(secret)...)}
	o, err := s.App.Organisation(ctx, actor)
	if err != nil {
		return v, err
	}
	t, err := s.App.Team(ctx, actor, actor.Teams[0])
	if err != nil {
		return v, err
	}
	v.Organisation, v.Team = showOrganisation(o), showTeam(t)
	v.Member, err = s.memberNow(ctx, actor, actor.Member, nil)
	return v, err
}
