package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

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
		if len(h.Offers) != 1 || h.Offers[0].ID != o.ID || !slices.Equal(notices(t, s, w.ben.Member), []string{"notice.offer"}) || len(notices(t, s, w.outsider.Member)) != 0 {
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
		if told := notices(t, s, w.ada.Member); !slices.Equal(told, []string{"notice.offer-taken"}) || !slices.Equal(notices(t, s, w.ben.Member), nil) {
			t.Errorf("they are told %v, the others %v", told, notices(t, s, w.ben.Member))
		}
		if got.Trial.Gap != o.Tries() || !got.Trial.Runs() {
			t.Errorf("it rests on one failure, and is no trial: %+v", got.Trial)
		}
		is(t, "too early", w.KeepTrial(ctx, w.ben, o.Tries(), 0, ""), "trial.early")
		is(t, "by the team that offered it", w.PutBack(ctx, w.ada, o.Tries(), "We have no gas."), "procedure.others")
		is(t, "put back", w.PutBack(ctx, w.ben, o.Tries(), "We have no gas."), "")
		if o, err = w.OfferByID(ctx, w.ada, o.ID); err != nil || o.State != practice.OfferPutBack || o.Reason != "We have no gas." {
			t.Errorf("put back: %+v, %v", o.Offer, err)
		}
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

// What a failure changed is offered in its words, with its days. A step that was reworded
// since shows both, to both teams, before it is offered and after.
func TestOffers_rewordedSince(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		w := newSisters(t, s)
		ctx := t.Context()
		o := w.offer(w.about)
		if o.Now != "" || !o.NowAt.IsZero() {
			t.Errorf("nobody reworded it: %+v", o)
		}
		m, err := w.Procedure(ctx, w.ada, w.from.Slug)
		is(t, "read", err, "")
		_, err = w.ChangeWithoutFailure(ctx, w.ada, practice.OtherChange{Reason: practice.ReasonWording, Source: "Ada", From: o.At,
			StepChange: practice.StepChange{Procedure: w.from.ID, Base: m.Procedure.Revision, Act: practice.ActEdit, Step: m.Steps[1].ID, Text: "All of it off"}})
		is(t, "reword", err, "")
		for name, who := range map[string]practice.Actor{"offers it": w.ada, "is offered it": w.ben} {
			if got, err := w.OfferByID(ctx, who, o.ID); err != nil || got.Words != "Oven off, and the gas" || got.Now != "All of it off" || got.NowAt.IsZero() || got.Scar.ID != o.Scar.ID {
				t.Errorf("who %s reads %q, now %q, %v", name, got.Words, got.Now, err)
			}
		}
		is(t, "decline", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferDecline, Text: "No."}), "")
		before, _, err := w.Offerable(ctx, w.ada, w.about)
		is(t, "offer it again", err, "")
		if again := w.offer(w.about); before.Words != o.Words || before.Now != "All of it off" || again.Words != o.Words || again.Now != before.Now {
			t.Errorf("offered again: %q, now %q; before %q, now %q", again.Words, again.Now, before.Words, before.Now)
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
		state := func() app.Offered {
			t.Helper()
			o, err := w.OfferByID(ctx, w.ada, o.ID)
			is(t, "read", err, "")
			return o
		}
		mark := func(core bool) {
			t.Helper()
			is(t, "core", w.MarkStep(ctx, w.ben, w.to.ID, practice.CoreMark{Step: w.step(w.ben, w.to).ID, Core: core, Why: "Fire."}), "")
		}
		mark(true)
		is(t, "instead of a core step", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActEdit, "")), "")
		if is := state(); is.State != practice.OfferProposed || !is.Core || w.step(w.ben, w.to).Text == is.Words {
			t.Errorf("instead of a core step: %+v", is)
		}
		_, err := w.TakeProposal(ctx, w.ben, w.to.ID, state().Proposal, app.Words{Base: 1})
		is(t, "past three failures", err, "core.waits")
		mark(false)
		_, err = w.TakeProposal(ctx, w.ben, w.to.ID, state().Proposal, app.Words{Base: 1})
		is(t, "core no longer", err, "")
		if is := state(); is.State != practice.OfferAdopted || is.Core || w.step(w.ben, w.to).Text != is.Words || !is.Trial.Runs() {
			t.Errorf("taken: %+v", is)
		}
		is(t, "put back", w.PutBack(ctx, w.ben, o.Tries(), "Not here."), "")
		o = w.offer(w.about)
		by := w.into(practice.OfferAdopt, practice.ActAdd, "")
		_, err = w.ChangeWithoutFailure(ctx, w.ben, practice.OtherChange{Reason: practice.ReasonOffer, Source: "Saturday crew", From: o.At,
			StepChange: practice.StepChange{Procedure: w.to.ID, Base: by.Base, Act: by.Act, Step: by.Step, Text: "x"}})
		is(t, "by hand", err, "other.offer")
		mate := add(t, w.App, practice.Actor{Member: w.ben.Member, Steward: true, Teams: w.ben.Teams}, "Mate")
		is(t, "only Mate", w.SaveAuthority(ctx, w.ben, practice.Authority{Procedure: w.to.ID, May: []practice.MemberID{mate.Member}}), "")
		is(t, "propose it", w.AnswerOffer(ctx, w.ben, o.ID, by), "")
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
		is(t, "put back", w.PutBack(ctx, mate, o.Tries(), "No."), "")
		o = w.offer(w.about)
		is(t, "gone", w.PutBack(ctx, w.ada, w.gap, "It did not hold."), "")
		is(t, "what is put back", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "offer.gone")
		is(t, "is declined", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferDecline, Text: "It did not hold there."}), "")
	})
}

// groups are two that have a say about the other team's list. Ben belongs to the first and
// speaks for it, Boats to the second.
func (w *sisters) groups() (asked []practice.PartyID) {
	w.Helper()
	var now time.Time
	is(w.T, "now", w.s.View(w.Context(), func(tx *store.Tx) error { now = tx.Now(); return nil }), "")
	for name, who := range map[string]practice.Actor{"Drivers": w.ben, "Neighbours": w.outsider} {
		p, err := w.AddParty(w.Context(), w.ben, practice.Party{Name: name, Days: 5, Members: []practice.MemberID{who.Member}})
		is(w.T, name, err, "")
		is(w.T, "voice", w.ChooseVoice(w.Context(), who, p.ID, who.Name, practice.Voice{At: now, How: "We met."}), "")
		asked = append(asked, p.ID)
	}
	is(w.T, "two groups", w.SaveAuthority(w.Context(), w.ben, practice.Authority{Procedure: w.to.ID, Asked: asked}), "")
	return asked
}

// Where groups have a say, their round is the answer: with every yes it is taken over, with a
// harm that nobody takes up it is declined with that, and until then it is neither.
func TestOffers_waitForConsent(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		w := newSisters(t, s)
		ctx := t.Context()
		w.groups()
		state := func(o app.Offered) app.Offered {
			t.Helper()
			o, err := w.OfferByID(ctx, w.ada, o.ID)
			is(t, "read", err, "")
			return o
		}
		say := func(name string, who practice.Actor, o app.Offered, st app.Statement) {
			t.Helper()
			is(t, name, w.SayInConsent(ctx, who, o.Tries(), st), "")
		}
		present := func(o app.Offered) {
			t.Helper()
			is(t, "take it over", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "")
			h, err := w.Home(ctx, w.ben)
			is(t, "home", err, "")
			if len(h.Trials) != 1 || h.Trials[0].Ask != practice.TrialPresents {
				t.Errorf("they are asked to put it to the groups: %+v", h.Trials)
			}
			say("present", w.ben, o, app.Statement{Kind: practice.SpokePresent, Text: "Another team had a fire."})
		}
		o := w.offer(w.about)
		present(o)
		if is := state(o); is.State != practice.OfferAsks || !slices.Equal(is.Asks, []string{"Drivers", "Neighbours"}) || is.Taken() || w.step(w.ben, w.to).Text != is.Words || slices.Contains(notices(t, s, w.ada.Member), "notice.offer-taken") {
			t.Errorf("while they are asked: %+v", is)
		}
		is(t, "offered anew", w.Offer(ctx, w.ada, app.NewOffer{About: w.about, To: w.ben.Teams, Why: "x"}), "offer.there")
		is(t, "answered anew", w.AnswerOffer(ctx, w.ben, o.ID, app.OfferAnswer{Says: practice.OfferDecline, Text: "No."}), "offer.answered")
		say("a yes", w.ben, o, app.Statement{Kind: practice.SpokeSafe})
		say("a harm", w.outsider, o, app.Statement{Kind: practice.SpokeHarm, Text: "The fridge hangs on it."})
		if is := state(o); is.State != practice.OfferAsks || !slices.Equal(is.Asks, []string{"Neighbours"}) {
			t.Errorf("after one yes: %+v", is)
		}
		base := func() int { m, _ := w.Procedure(ctx, w.ben, w.to.Slug); return m.Procedure.Revision }
		say("taken up", w.ben, o, app.Statement{Kind: practice.SpokeIntegrate, How: practice.IntegrateAmend, Words: "Oven off, the fridge on", Text: "The fridge stays.", Base: base()})
		say("a yes", w.ben, o, app.Statement{Kind: practice.SpokeSafe})
		say("another", w.outsider, o, app.Statement{Kind: practice.SpokeSafe})
		if is := state(o); is.State != practice.OfferAdapted || is.Said != "Oven off, the fridge on" || len(is.Asks) != 0 || !is.Trial.Runs() || !slices.Contains(notices(t, s, w.ada.Member), "notice.offer-taken") {
			t.Errorf("with every yes: %+v", is)
		}
		is(t, "put back", w.PutBack(ctx, w.ben, o.Tries(), "It did not fit."), "")
		if is := state(o); is.State != practice.OfferPutBack {
			t.Errorf("put back after it: %+v", is)
		}

		o = w.offer(w.about)
		present(o)
		say("a harm", w.outsider, o, app.Statement{Kind: practice.SpokeHarm, Text: "The fridge hangs on it."})
		is(t, "put back", w.PutBack(ctx, w.ben, o.Tries(), "We leave it."), "")
		if is := state(o); is.State != practice.OfferDeclined || is.Reason != "The fridge hangs on it." || !is.Harmed || w.step(w.ben, w.to).Text == is.Words {
			t.Errorf("with a harm: %+v", is)
		}
		if told := notices(t, s, w.ada.Member); !slices.Contains(told, "notice.offer-declined") {
			t.Errorf("they are told %v", told)
		}
		o = w.offer(w.about)
		present(o)
		step := w.step(w.ben, w.to).ID
		var there practice.GapID
		is(t, "learned there", s.Update(ctx, func(tx *store.Tx) (err error) {
			there, err = storetest.Tried(tx, step, tx.Now(), "Leave the oven to the night shift", "")
			return err
		}), "")
		if is := state(o); is.State != practice.OfferReplaced {
			t.Errorf("another change took its place: %+v", is)
		}
		is(t, "put back there", w.PutBack(ctx, w.ben, there, "It did not hold."), "")
		if is := state(o); is.State != practice.OfferAsks || !is.Trial.Runs() || len(is.Asks) != 2 {
			t.Errorf("asked about again: %+v", is)
		}
	})
}

// People on whom a check is put are asked, whether it comes with the offer or is added here.
func TestOffers_thatCheckPeople(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		w := newSisters(t, s)
		ctx := t.Context()
		p, err := w.AddParty(ctx, w.ben, practice.Party{Name: "Cooks", Days: 5, Members: []practice.MemberID{w.ben.Member}})
		is(t, "group", err, "")
		is(t, "checks there", s.Update(ctx, func(tx *store.Tx) error { return tx.AddCheck(w.from.ID, w.gap, 2, p.ID) }), "")
		o := w.offer(w.about)
		if o.Checks != "Cooks" {
			t.Errorf("it is said that it checks %q", o.Checks)
		}
		is(t, "as it is", w.AnswerOffer(ctx, w.ben, o.ID, w.into(practice.OfferAdopt, practice.ActAdd, "")), "")
		c, err := w.Consent(ctx, w.ben, o.Tries())
		is(t, "round", err, "")
		if got, _ := w.OfferByID(ctx, w.ben, o.ID); got.State != practice.OfferAsks || c.Checks != p.ID || len(c.Groups) != 1 {
			t.Errorf("it checks the cooks: %+v, %+v", got, c.Consent)
		}
		is(t, "put back", w.PutBack(ctx, w.ben, o.Tries(), "No."), "")
		o = w.offer(w.about)
		adds := w.into(practice.OfferAdapt, practice.ActAdd, "Show the oven to the shift lead")
		adds.Checked = strings.Repeat("x", practice.MaxName+1)
		is(t, "on nobody that can be", w.AnswerOffer(ctx, w.ben, o.ID, adds), "check.whom")
		adds.Checked = ""
		is(t, "in words that check nobody", w.AnswerOffer(ctx, w.ben, o.ID, adds), "")
		if got, _ := w.OfferByID(ctx, w.ben, o.ID); got.State != practice.OfferAdapted {
			t.Errorf("it checks nobody any more: %+v", got)
		}
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
		is(t, "said to the limit", w.Inherit(ctx, w.ben, p.Number, practice.Inherited{About: w.secondOne, Says: practice.SaysFits, Text: "We end at four."}), "")
		if known, err = w.KnownTo(ctx, w.ben, p.Number); err != nil || known[len(known)-1].Here.Words+known[0].Here.Words != "The ferry leaves at six" {
			t.Errorf("it reads there as it was adapted: %+v, %v", known, err)
		}
		theirs, err := w.BeginPlan(ctx, w.ada, app.NewPlan{Title: "Late shifts"})
		is(t, "plan", err, "")
		is(t, "said to it", w.Inherit(ctx, w.ada, theirs.Number, practice.Inherited{About: w.secondOne, Says: practice.SaysFits, Text: "We end at four."}), "")
		if known, err = w.KnownTo(ctx, w.ada, theirs.Number); err != nil || known[0].Here.Words != "" {
			t.Errorf("where it comes from it reads as it did: %+v, %v", known, err)
		}
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
