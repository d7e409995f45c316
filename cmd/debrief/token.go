package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"debrief/internal/practice"
)

// tokenCommands are for programs that act for a member.
type tokenCommands struct {
	Make tokenMake `cmd:"" help:"cli.help.token-make"`
	List tokenList `cmd:"" help:"cli.help.token-list"`
	End  tokenEnd  `cmd:"" help:"cli.help.token-end"`
}

type tokenMake struct {
	database
	Member string   `arg:"" help:"cli.help.name"`
	Name   string   `arg:"" help:"cli.help.token-name"`
	Scope  []string `default:"read" enum:"read,report,write" help:"cli.help.scope"`
	Days   int      `default:"90" help:"cli.help.days"`
}

// Run makes a token and shows it this once.
func (c *tokenMake) Run(s *shell) error {
	n := practice.NewToken{Name: c.Name, Days: c.Days}
	if c.Days == 0 {
		n.Days = -1 // nobody means the default by a nought
	}
	for _, scope := range c.Scope {
		n.Scopes = append(n.Scopes, practice.Scope(scope))
	}
	return c.with(s, func(h house) error {
		m, err := somebody(s, h, c.Member)
		if err != nil {
			return err
		}
		_, secret, err := h.MakeToken(s, operator, m.ID, n)
		if err != nil {
			return err
		}
		s.say("cli.token.made", "token", secret)
		return nil
	})
}

type tokenList struct {
	database
	Member string `arg:"" optional:"" help:"cli.help.name"`
}

// Run lists the tokens of one member, or of everybody.
func (c *tokenList) Run(s *shell) error {
	return c.with(s, func(h house) error {
		people, err := h.Members(s, operator)
		if err != nil {
			return err
		}
		if c.Member != "" {
			m, err := somebody(s, h, c.Member)
			if err != nil {
				return err
			}
			people = []practice.Member{m}
		}
		none := true
		table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		for _, m := range people {
			tokens, err := h.Tokens(s, operator, m.ID)
			if err != nil {
				return err
			}
			for _, t := range tokens {
				none = false
				seen := s.Say("cli.token.unused")
				if !t.SeenAt.IsZero() {
					seen = t.SeenAt.Format(time.DateOnly)
				}
				fmt.Fprintf(table, "%s\t%s\t%s\t%v\t%s\t%s\n", t.ID, m.Name, t.Name, t.Scopes, t.EndsAt.Format(time.DateOnly), seen)
			}
		}
		if none {
			s.note("cli.token.none")
		}
		return table.Flush()
	})
}

type tokenEnd struct {
	database
	ID string `arg:"" help:"cli.help.token-id"`
}

// Run ends a token at once.
func (c *tokenEnd) Run(s *shell) error {
	return c.with(s, func(h house) error {
		if err := h.EndToken(s, operator, practice.TokenID(c.ID)); err != nil {
			return err
		}
		s.say("cli.token.ended", "name", c.ID)
		return nil
	})
}
