package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// userCommands are for whoever runs the server: people in an emergency.
type userCommands struct {
	List       userList       `cmd:"" help:"cli.help.user-list"`
	Add        userAdd        `cmd:"" help:"cli.help.user-add"`
	Reset      userReset      `cmd:"" help:"cli.help.user-reset"`
	Deactivate userDeactivate `cmd:"" help:"cli.help.user-deactivate"`
}

type userList struct{ database }

// Run lists everybody the organisation knows or knew.
func (c *userList) Run(s *shell) error {
	return c.with(s, func(h house) error {
		people, err := h.Members(s, operator)
		if err != nil {
			return err
		}
		teams, err := h.Teams(s, operator)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			s.say("cli.user.none")
			return nil
		}
		names := map[practice.TeamID]string{}
		for _, t := range teams {
			names[t.ID] = t.Name
		}
		table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		for _, m := range people {
			state := s.Say("cli.user.member")
			switch {
			case m.Erased:
				continue
			case !m.Active:
				state = s.Say("cli.user.left")
			case m.Steward:
				state = s.Say("cli.user.steward")
			}
			var in []string
			for _, t := range m.Teams {
				in = append(in, names[t])
			}
			fmt.Fprintf(table, "%s\t%s\t%s\n", m.Name, state, strings.Join(in, ", "))
		}
		return table.Flush()
	})
}

// linkTo is where links lead.
type linkTo struct {
	BaseURL string `name:"base-url" default:"http://127.0.0.1:8080" env:"DEBRIEF_BASE_URL" help:"cli.help.base-url"`
}

// link makes a link that opens once and writes it out.
func (l linkTo) link(s *shell, h house, m practice.Member, use practice.LinkUse) error {
	secret, err := h.MakeLink(s, operator, m.ID, use)
	if err != nil {
		return err
	}
	s.say("cli.user.link", "name", m.Name, "link", strings.TrimSuffix(l.BaseURL, "/")+"/in/"+secret)
	return nil
}

type userAdd struct {
	database
	linkTo
	Name    string `arg:"" help:"cli.help.name"`
	Steward bool   `help:"cli.help.steward"`
	Team    string `help:"cli.help.team"`
}

// Run makes somebody known and a link that lets their device in.
func (c *userAdd) Run(s *shell) error {
	return c.with(s, func(h house) error {
		teams, err := h.Teams(s, operator)
		if err != nil {
			return err
		}
		team, err := chooseTeam(teams, c.Team)
		if err != nil {
			return err
		}
		added, err := h.AddMembers(s, operator, team.ID, []string{c.Name})
		if err != nil {
			return err
		}
		m := added[0].Member
		if added[0].Was != app.AddedNew {
			s.note("cli.user.there", "name", m.Name)
		}
		if c.Steward {
			if err := h.SetSteward(s, operator, m.ID, true); err != nil {
				return err
			}
		}
		return c.link(s, h, m, practice.LinkIn)
	})
}

// chooseTeam finds the team by name; without one it is the first.
func chooseTeam(teams []practice.Team, name string) (practice.Team, error) {
	if len(teams) == 0 {
		return practice.Team{}, practice.Refuse(practice.Conflict, "set-up.first")
	}
	if name == "" {
		return teams[0], nil
	}
	for _, t := range teams {
		if practice.FoldName(t.Name) == practice.FoldName(name) {
			return t, nil
		}
	}
	return practice.Team{}, practice.Refuse(practice.Invalid, "team.unknown").With("name", name)
}

// somebody finds a member by name.
func somebody(s *shell, h house, name string) (practice.Member, error) {
	m, err := h.MemberByName(s, operator, name)
	if errors.Is(err, practice.ErrNotFound) {
		err = practice.Refuse(practice.Invalid, "member.nobody").With("name", name)
	}
	return m, err
}

type userReset struct {
	database
	linkTo
	Name string `arg:"" help:"cli.help.name"`
}

// Run makes a link for a new passphrase.
func (c *userReset) Run(s *shell) error {
	return c.with(s, func(h house) error {
		m, err := somebody(s, h, c.Name)
		if err != nil {
			return err
		}
		return c.link(s, h, m, practice.LinkReset)
	})
}

type userDeactivate struct {
	database
	Name string `arg:"" help:"cli.help.name"`
	To   string `help:"cli.help.handover"`
}

// Run lets somebody go: devices, links and tokens end at once. What they hold
// goes to one person.
func (c *userDeactivate) Run(s *shell) error {
	return c.with(s, func(h house) error {
		m, err := somebody(s, h, c.Name)
		if err != nil {
			return err
		}
		held, err := h.Holdings(s, operator, m.ID)
		if err != nil {
			return err
		}
		var handover []practice.Handover
		if c.To != "" {
			to, err := somebody(s, h, c.To)
			if err != nil {
				return err
			}
			for _, one := range held {
				handover = append(handover, practice.Handover{Kind: one.Kind, ID: one.ID, To: to.ID})
			}
		}
		if err := h.LetGo(s, operator, m.ID, handover); err != nil {
			return err
		}
		s.say("cli.user.gone", "name", m.Name)
		return nil
	})
}
