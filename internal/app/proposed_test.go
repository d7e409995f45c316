package app_test

import (
	"slices"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Where only some people change a procedure, whoever else wants a change proposes it to
// them: they take it, in their words if they like, or decline it and say why.
func TestProposals(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		p, ctx := brought(t, a, steward), t.Context()
		c := otherChange(t, a, steward, p)
		_, err := a.ProposeChange(ctx, amal, c)
		is(t, "the whole team changes it", err, "proposal.yours")
		outsider := add(t, a, practice.Actor{Member: steward.Member, Steward: true, Teams: steward.Teams}, "Oriel")
		is(t, "leaves", s.Update(ctx, func(tx *store.Tx) error {
			m, err := tx.Member(outsider.Member)
			if m.Active = false; err != nil {
				return err
			}
			return tx.SaveMember(m)
		}), "")
		is(t, "somebody who left", a.SaveAuthority(ctx, steward, practice.Authority{Procedure: p.ID, May: []practice.MemberID{outsider.Member}}), "authority.team")
		is(t, "Ben alone", a.SaveAuthority(ctx, steward, practice.Authority{Procedure: p.ID, May: []practice.MemberID{ben.Member}}), "")
		_, err = a.ChangeWithoutFailure(ctx, amal, c)
		is(t, "change", err, "procedure.named")
		_, err = a.PasteProcedure(ctx, amal, p.ID, app.Pasted{Base: p.Revision, Markdown: "- Go home\n"})
		is(t, "paste", err, "procedure.named")
		is(t, "retire", a.RetireProcedure(ctx, amal, p.ID, true), "procedure.named")
		is(t, "own", a.EditOwner(ctx, amal, p.ID, func(p practice.Procedure) (practice.Procedure, error) { p.Owner = amal.Member; return p, nil }), "procedure.named")
		is(t, "name oneself", a.SaveAuthority(ctx, steward, practice.Authority{Procedure: p.ID}), "procedure.named")

		first, err := a.ProposeChange(ctx, amal, c)
		is(t, "propose", err, "")
		text := func() string {
			t.Helper()
			m, err := a.Procedure(ctx, steward, p.Slug)
			is(t, "read", err, "")
			return m.Steps[1].Text
		}
		if text() == c.Text {
			t.Error("what is proposed is in use")
		}
		waits := func(who practice.Actor) int {
			t.Helper()
			h, err := a.Home(ctx, who)
			is(t, "home", err, "")
			return len(h.Proposals)
		}
		if waits(ben) != 1 || waits(amal) != 0 || waits(steward) != 0 || !slices.Contains(notices(t, s, ben.Member), "notice.proposed") {
			t.Errorf("it waits for %d, %d, %d; Ben was told %v", waits(ben), waits(amal), waits(steward), notices(t, s, ben.Member))
		}
		_, err = a.TakeProposal(ctx, amal, p.ID, first.ID, app.Words{Base: 1})
		is(t, "taken by whoever proposed it", err, "procedure.named")
		is(t, "declined by another", a.DeclineProposal(ctx, steward, p.ID, first.ID, "No."), "procedure.named")
		is(t, "withdrawn by another", a.WithdrawProposal(ctx, steward, p.ID, first.ID), "proposal.theirs")
		_, err = a.TakeProposal(ctx, ben, p.ID, first.ID, app.Words{Text: "Oven off, both doors shut", Base: 1})
		is(t, "take", err, "")
		if text() != "Oven off, both doors shut" || waits(ben) != 0 || slices.Contains(notices(t, s, ben.Member), "notice.proposed") ||
			!slices.Contains(notices(t, s, amal.Member), "notice.proposed-taken") {
			t.Errorf("taken: %q, %v, %v", text(), notices(t, s, ben.Member), notices(t, s, amal.Member))
		}
		is(t, "twice", a.DeclineProposal(ctx, ben, p.ID, first.ID, "No."), "proposal.over")

		c.Base, c.Text = 2, "Leave it on"
		second, err := a.ProposeChange(ctx, amal, c)
		is(t, "another", err, "")
		is(t, "without a reason", a.DeclineProposal(ctx, ben, p.ID, second.ID, " "), "proposal.why")
		is(t, "decline", a.DeclineProposal(ctx, ben, p.ID, second.ID, "It burns."), "")
		third, err := a.ProposeChange(ctx, amal, c)
		is(t, "a third", err, "")
		is(t, "withdraw", a.WithdrawProposal(ctx, amal, p.ID, third.ID), "")
		all, err := a.Proposals(ctx, steward, p.Slug)
		is(t, "all", err, "")
		if len(all) != 3 || all[0].State != practice.ProposedWithdrawn || all[1].Why != "It burns." || all[2].Revision != 2 || all[2].Name != "Amal" {
			t.Errorf("all of them: %+v", all)
		}
		if !slices.Contains(notices(t, s, amal.Member), "notice.proposed-declined") || waits(ben) != 0 {
			t.Errorf("Amal was told %v", notices(t, s, amal.Member))
		}
		is(t, "Ben leaves", s.Update(ctx, func(tx *store.Tx) error {
			m, err := tx.Member(ben.Member)
			if m.Active = false; err != nil {
				return err
			}
			return tx.SaveMember(m)
		}), "")
		_, err = a.ChangeWithoutFailure(ctx, amal, c)
		is(t, "nobody is named any more", err, "")
	})
}

// What a room proposed becomes its change when it is taken, with its failure behind it and
// on trial; declined, it changed nothing, and says why.
func TestProposals_ofRooms(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben := add(t, a, steward, "Ben")
		p, ctx := brought(t, a, steward), t.Context()
		is(t, "Ben alone", a.SaveAuthority(ctx, steward, practice.Authority{Procedure: p.ID, May: []practice.MemberID{ben.Member}}), "")
		m, err := a.Procedure(ctx, ben, p.Slug)
		is(t, "read", err, "")
		propose := func(text string) (one practice.Proposed) {
			t.Helper()
			is(t, text, s.Update(ctx, func(tx *store.Tx) (err error) {
				one, err = storetest.Proposed(tx, m.Steps[0].ID, tx.Now().AddDate(0, 0, -1), text)
				return err
			}), "")
			return one
		}
		stands := func(g practice.GapID) (route practice.Route, standing practice.Standing) {
			t.Helper()
			is(t, "stands", s.View(ctx, func(tx *store.Tx) error {
				gap, err := tx.Gap(g)
				if err != nil {
					return err
				}
				r, err := tx.Review(gap.Review)
				if err != nil {
					return err
				}
				f, err := tx.Failure(r.Failure)
				route, standing = gap.Route, f.Standing
				return err
			}), "")
			return route, standing
		}
		taken, declined := propose("Count the till twice"), propose("Count the till at noon")
		if r, st := stands(taken.Gap); r.Kind != practice.RouteProposed || r.Changes() || st != practice.Reviewed {
			t.Errorf("while it waits: %+v, %s", r, st)
		}
		_, err = a.TakeProposal(ctx, ben, p.ID, taken.ID, app.Words{Base: 1})
		is(t, "take", err, "")
		m, err = a.Procedure(ctx, ben, p.Slug)
		is(t, "read", err, "")
		if line := m.Steps[0]; line.Text != "Count the till twice" || len(line.Scars) != 1 || !line.Trial.Runs() {
			t.Errorf("taken: %+v", line)
		}
		if r, st := stands(taken.Gap); r.Kind != practice.RouteStep || r.To != string(m.Steps[0].ID) || st != practice.Changed {
			t.Errorf("taken: %+v, %s", r, st)
		}
		is(t, "decline", a.DeclineProposal(ctx, ben, p.ID, declined.ID, "Nobody is there at noon."), "")
		if r, st := stands(declined.Gap); r.Kind != practice.RouteDeclined || r.Why != "Nobody is there at noon." || st != practice.Reviewed {
			t.Errorf("declined: %+v, %s", r, st)
		}
	})
}
