package app_test

import (
	"slices"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// sisters are two teams of one organisation, of which one changed a step after a failure.
type sisters struct {
	*testing.T
	*app.App
	s         *store.Store
	ada, ben  practice.Actor // of the team that learned it, and of the other
	outsider  practice.Actor // of a third one
	from, to  practice.Procedure
	gap       practice.GapID
	about     string
	secondOne string // a limit of the first team
}

func newSisters(t *testing.T, s *store.Store) *sisters {
	t.Helper()
	a, steward := setUp(t, s)
	w := &sisters{T: t, App: a, s: s, ada: add(t, a, steward, "Ada")}
	for name, who := range map[string]*practice.Actor{"Night": &w.ben, "Boats": &w.outsider} {
		wants := newTeam(name)
		wants.EarlyWhy = "They asked."
		team, err := a.AddTeam(t.Context(), steward, wants)
		is(t, name, err, "")
		as := steward
		as.Teams = []practice.TeamID{team.ID}
		*who = add(t, a, as, name+" person")
	}
	w.from, w.to = brought(t, a, w.ada), brought(t, a, w.ben)
	m, err := a.Procedure(t.Context(), w.ada, w.from.Slug)
	is(t, "read", err, "")
	is(t, "learn", s.Update(t.Context(), func(tx *store.Tx) (err error) {
		if w.gap, err = storetest.Tried(tx, m.Steps[1].ID, tx.Now().AddDate(0, 0, -40), "Oven off, and the gas", ""); err != nil {
			return err
		}
		_, err = tx.AddConstraint(practice.Constraint{ID: "con_bus", Team: w.ada.Teams[0], Text: "The bus leaves at six", Assume: "we end at five",
			Kind: practice.ByPartner, Places: []string{"plan"}, NamedAt: tx.Now(), LookAt: practice.LookAgain(tx.Now())})
		w.secondOne = "con_bus"
		return err
	}), "")
	w.about = string(w.step(w.ada, w.from).Scars[0].ID)
	return w
}

// step is the second one of a procedure.
func (w *sisters) step(who practice.Actor, p practice.Procedure) practice.ProcedureStep {
	w.Helper()
	m, err := w.Procedure(w.Context(), who, p.Slug)
	is(w.T, "read", err, "")
	return m.Steps[1]
}

// offer offers something and returns it as the other team reads it.
func (w *sisters) offer(about string) app.Offered {
	w.Helper()
	is(w.T, "offer", w.Offer(w.Context(), w.ada, app.NewOffer{About: about, To: w.ben.Teams, Why: "It stood on all night."}), "")
	all, err := w.Offers(w.Context(), w.ben)
	is(w.T, "offers", err, "")
	return all[0]
}

// into is where a step goes: behind the first one, or instead of the second.
func (w *sisters) into(says practice.OfferSays, act practice.StepAct, text string) app.OfferAnswer {
	w.Helper()
	m, err := w.Procedure(w.Context(), w.ben, w.to.Slug)
	is(w.T, "read", err, "")
	at := map[practice.StepAct]int{practice.ActEdit: 1}[act]
	return app.OfferAnswer{Says: says, Text: text, Procedure: w.to.ID, Act: act, Step: m.Steps[at].ID, Base: m.Procedure.Revision}
}

// What one team learned goes into the list of another only by its word, stands there with
// where it came from, and is nothing that this team learned.
func TestOffers(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		w := newSisters(t, s)
		ctx := t.Context()
		n := app.NewOffer{About: w.about, To: w.ben.Teams, Why: "It stood on all night."}
		is(t, "by another team", w.Offer(ctx, w.ben, n), "offer.others")
		is(t, "by a token that reads", w.Offer(ctx, practice.Actor{Member: w.ada.Member, Teams: w.ada.Teams, Scopes: []practice.Scope{practice.ScopeRead}}, n), "token.scope")
		is(t, "to nobody", w.Offer(ctx, w.ada, app.NewOffer{About: w.about, Why: "x"}), "offer.whom")
		is(t, "to themselves", w.Offer(ctx, w.ada, app.NewOffer{About: w.about, Why: "x", To: w.ada.Teams}), "offer.whom")
		is(t, "to a team that is not there", w.Offer(ctx, w.ada, app.NewOffer{About: w.about, Why: "x", To: []practice.TeamID{"tea_x"}}), "offer.whom")
		is(t, "without a word", w.Offer(ctx, w.ada, app.NewOffer{About: w.about, To: w.ben.Teams}), "offer.why")
		is(t, "nothing", w.Offer(ctx, w.ada, app.NewOffer{About: "scr_x", To: w.ben.Teams, Why: "x"}), "not.found")
		o := w.offer(w.about)
		is(t, "twice", w.Offer(ctx, w.ada, n), "offer.there")
		if !o.Open() || o.Words != "Oven off, and the gas" || o.Why == "" || o.Team != "Saturday crew" || o.Scar.Number != 0 || o.Scar.Title != "" {
			t.Errorf("the other team reads %+v", o)
		}
		h, err := w.Home(ctx, w.ben)
		is(t, "home", err, "")
		if len(h.Offers) != 1 || h.Offers[0].ID != o.ID {
			t.Errorf("on their start page: %+v", h.Offers)
		}
		_, err = w.OfferByID(ctx, w.outsider, o.ID)
		is(t, "a third team reads it", err, "not.found")
		is(t, "and answers", w.AnswerOffer(ctx, w.outsider, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "not.found")
		is(t, "its own team answers", w.AnswerOffer(ctx, w.ada, o.ID, app.OfferAnswer{Says: practice.OfferDecline, Text: "No."}), "offer.yours")
		is(t, "the other takes it back", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferWithdraw}), "offer.theirs")
		is(t, "into no list", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferAdopt}), "offer.where")
		elsewhere := w.into(practice.OfferAdopt, practice.ActAdd, "")
		elsewhere.Procedure = w.from.ID
		is(t, "into the list it came from", w.AnswerOffer(ctx, w.ben, o.ID, elsewhere), "procedure.others")
		is(t, "in the same words", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdapt, practice.ActAdd, "Oven off, and the gas")), "offer.words")

		was := w.counted(w.ben.Teams[0])
		is(t, "take it over", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "")
		is(t, "answered twice", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferDecline, Text: "No."}), "offer.answered")
		is(t, "taken back too late", w.AnswerOffer(ctx, w.ada, o.ID, app.OfferAnswer{Says: practice.OfferWithdraw}), "offer.answered")
		got := w.step(w.ben, w.to)
		if got.Text != "Oven off, and the gas" || len(got.Scars) != 1 || got.Scars[0].Given != w.ben.Teams[0] || got.Scars[0].Of != "Saturday crew" || got.Scars[0].Offer != o.ID {
			t.Errorf("the step is %+v", got)
		}
		if by := w.step(w.outsider, w.to).Scars[0]; by.Offer != "" || by.Number != 0 {
			t.Errorf("a third team reads %+v of it", by)
		}
		if is := w.counted(w.ben.Teams[0]); is != was {
			t.Errorf("it counts as learned there: %d, before %d", is, was)
		}
		all, may, err := w.OffersAbout(ctx, w.ada, w.about)
		is(t, "states", err, "")
		if len(all) != 1 || all[0].State != practice.OfferAdopted || all[0].Line.Text != got.Text || !may {
			t.Errorf("the team that offered it reads %+v", all)
		}
		is(t, "too early", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferKeep}), "offer.early")
		is(t, "put back", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferUndo, Text: "We have no gas."}), "")
		if got := w.step(w.ben, w.to); got.Text != "Turn the oven off" || len(got.Scars) != 0 {
			t.Errorf("put back, there stands %+v", got)
		}
		again := w.offer(w.about)
		is(t, "no reason", w.AnswerOffer(ctx, w.ben, again.ID, app.OfferAnswer{Says: practice.OfferDecline}), "offer.reason")
		is(t, "adapt", w.AnswerOffer(ctx, w.ben, again.ID, w.into(practice.OfferAdapt, practice.ActEdit, "Both ovens off")), "")
		if o, err = w.OfferByID(ctx, w.ben, again.ID); err != nil || o.State != practice.OfferAdapted || o.Words != "Oven off, and the gas" || w.step(w.ben, w.to).Text != "Both ovens off" {
			t.Errorf("adapted: %+v, %v", o, err)
		}
	})
}

// counted is how many scars a team's own failures left.
func (w *sisters) counted(team practice.TeamID) (n int) {
	w.Helper()
	is(w.T, "count", w.s.Update(w.Context(), func(tx *store.Tx) error {
		trail, err := tx.Trail(team)
		n = len(trail.Changes)
		return err
	}), "")
	return n
}

// Who changes a procedure, its core steps and its groups hold for what other teams learned, too.
func TestOffers_byTheRulesOfAnyChange(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		w := newSisters(t, s)
		ctx := t.Context()
		o := w.offer(w.about)
		is(t, "core", w.MarkStep(ctx, w.ben, w.to.ID, practice.CoreMark{Step: w.step(w.ben, w.to).ID, Core: true, Why: "Fire."}), "")
		is(t, "instead of a core step", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActEdit, "")), "offer.core")
		by := w.into(practice.OfferAdopt, practice.ActAdd, "")
		_, err := w.ChangeWithoutFailure(ctx, w.ben, practice.OtherChange{Reason: practice.ReasonOffer, Source: "Saturday crew", From: o.At,
			StepChange: practice.StepChange{Procedure: w.to.ID, Base: by.Base, Act: by.Act, Step: by.Step, Text: "x"}})
		is(t, "by hand", err, "other.offer")
		mate := add(t, w.App, practice.Actor{Member: w.ben.Member, Steward: true, Teams: w.ben.Teams}, "Mate")
		is(t, "only Mate", w.SaveAuthority(ctx, w.ben, practice.Authority{Procedure: w.to.ID, May: []practice.MemberID{mate.Member}}), "")
		is(t, "propose it", w.AnswerOffer(ctx, w.ben, o.ID, by), "")
		state := func() app.Offered {
			t.Helper()
			o, err := w.OfferByID(ctx, w.ada, o.ID)
			is(t, "read", err, "")
			return o
		}
		if is := state(); is.State != practice.OfferProposed || is.Taken() || w.step(w.ben, w.to).Text == is.Words {
			t.Errorf("proposed: %+v", is)
		}
		is(t, "withdraw", w.WithdrawProposal(ctx, w.ben, w.to.ID, state().Proposal), "")
		if !state().Waits() {
			t.Errorf("withdrawn: %+v", state())
		}
		is(t, "propose it again", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "")
		_, err = w.TakeProposal(ctx, mate, w.to.ID, state().Proposal, app.Words{Text: "Ovens off", Base: by.Base})
		is(t, "take", err, "")
		if is := state(); is.State != practice.OfferAdapted || is.Said != "Ovens off" || w.step(w.ben, w.to).Text != "Ovens off" || w.step(w.ben, w.to).Scars[0].Given == "" {
			t.Errorf("taken: %+v", is)
		}
		is(t, "everybody again", w.SaveAuthority(ctx, mate, practice.Authority{Procedure: w.to.ID}), "")
		is(t, "put back", w.AnswerOffer(ctx, mate, o.ID, app.OfferAnswer{Says: practice.OfferUndo, Text: "No."}), "")

		o = w.offer(w.about)
		var asked []practice.PartyID
		for _, name := range []string{"Neighbours", "Drivers"} {
			p, err := w.AddParty(ctx, w.ben, practice.Party{Name: name, Days: 5, Members: []practice.MemberID{w.ben.Member}})
			is(t, name, err, "")
			asked = append(asked, p.ID)
		}
		is(t, "two groups", w.SaveAuthority(ctx, w.ben, practice.Authority{Procedure: w.to.ID, Asked: asked}), "")
		is(t, "past the groups", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "offer.groups")
		is(t, "no groups", w.SaveAuthority(ctx, w.ben, practice.Authority{Procedure: w.to.ID}), "")
		is(t, "gone", w.PutBack(ctx, w.ada, w.gap, "It did not hold."), "")
		is(t, "what is put back", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "offer.gone")
		is(t, "is declined", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferDecline, Text: "It did not hold there."}), "")
	})
}

// A limit that was taken over is known there too, where plans are made and rounds begin.
// Nothing is told of a failure that is restricted, and nothing of it is offered.
func TestOffers_ofLimits(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		w := newSisters(t, s)
		ctx := t.Context()
		o := w.offer(w.secondOne)
		p, err := w.BeginPlan(ctx, w.ben, app.NewPlan{Title: "Late shifts"})
		is(t, "plan", err, "")
		is(t, "said to it", w.Inherit(ctx, w.ben, p.Number, practice.Inherited{About: string(o.ID), Says: practice.SaysFits, Text: "We end at four."}), "")
		known, err := w.KnownTo(ctx, w.ben, p.Number)
		is(t, "known", err, "")
		if len(known) != 1 || known[0].Offer.ID != o.ID {
			t.Errorf("the plan says something to %+v", known)
		}
		is(t, "adapt", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferAdapt, Text: "The ferry leaves at six"}), "")
		is(t, "known there", s.Update(ctx, func(tx *store.Tx) error {
			ids, err := tx.KnownTo(w.ben.Teams[0], o.At)
			if !slices.Equal(ids, []string{w.secondOne}) {
				t.Errorf("known to them: %v", ids)
			}
			return err
		}), "")
		var lines []string
		is(t, "export", w.Export(ctx, practice.Actor{Operator: true}, func(e app.Exported) error {
			if e.File == "offers.jsonl" {
				lines = append(lines, e.Line["said"].(string))
			}
			return nil
		}), "")
		if strings.Join(lines, "|") != "The ferry leaves at six" {
			t.Errorf("exported: %q", lines)
		}
		step := w.offer(w.about)
		is(t, "restrict", s.Update(ctx, func(tx *store.Tx) error {
			f, err := tx.Failure(step.Failure)
			if f.Only = []practice.MemberID{w.ada.Member}; err != nil {
				return err
			}
			return tx.RestrictFailure(f)
		}), "")
		got, err := w.OfferByID(ctx, w.ben, step.ID)
		is(t, "read", err, "")
		if got.Why != "" || step.Why == "" {
			t.Errorf("of a restricted failure they read %q", got.Why)
		}
		is(t, "offer what is restricted", w.Offer(ctx, w.ada, app.NewOffer{About: w.about, To: w.outsider.Teams, Why: "x"}), "offer.restricted")
	})
}
