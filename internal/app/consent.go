package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// ConsentRound is a consent round as its page shows it.
type ConsentRound struct {
	practice.Consent
	Of      practice.Procedure
	Line    practice.ProcedureStep // the step as it stands
	Was     string                 // what it said before the change
	Trial   practice.Trial
	Owner   practice.Member
	Parties []practice.Party // those asked, in their order
	Checks  practice.PartyID // on whom it adds a check; empty: on nobody
	Names   map[practice.MemberID]string
	Links   []practice.PartyID // those spoken for by somebody without an account
	Mine    []practice.PartyID // the groups asked that the reader belongs to
	Voice   []practice.PartyID // and those they speak for
	Team    bool               // the reader may change the procedure
	Decides bool               // and says what becomes of the trial
	Takes   bool               // and takes up objections
}

// Party is one of the groups asked.
func (r ConsentRound) Party(id practice.PartyID) practice.Party {
	at := slices.IndexFunc(r.Parties, func(p practice.Party) bool { return p.ID == id })
	if at < 0 {
		return practice.Party{}
	}
	return r.Parties[at]
}

// Statement is what somebody says in a round.
type Statement struct {
	Kind  practice.SpokenKind
	Party practice.PartyID // for which group; may be empty where they belong to one alone
	Text  string
	Re    string // the question that it answers
	How   practice.Integration
	Words string // another wording
	Base  int    // the revision that whoever words it anew saw
	Days  int    // how long it is tried
	Until time.Time
	Who   practice.MemberID // to whom it is referred
}

// Consent returns a round: to the team whose procedure it is, to the groups that are
// asked, to whoever an objection was referred to, and to the guardian.
func (a *App) Consent(ctx context.Context, actor practice.Actor, id practice.GapID) (ConsentRound, error) {
	return read(ctx, a, func(tx *store.Tx) (ConsentRound, error) { return round(tx, actor, id) })
}

// Consents returns the rounds that have not ended and that the actor reads, the one that
// is due first before the others.
func (a *App) Consents(ctx context.Context, actor practice.Actor) ([]ConsentRound, error) {
	return read(ctx, a, func(tx *store.Tx) ([]ConsentRound, error) {
		all, err := tx.ConsentsAsking()
		if err != nil {
			return nil, err
		}
		return eachThere(all, func(c practice.Consent) (ConsentRound, error) { return round(tx, actor, c.Gap) })
	})
}

// round reads one as an actor may.
func round(tx *store.Tx, actor practice.Actor, id practice.GapID) (out ConsentRound, err error) {
	if out.Consent, err = tx.Consent(id); err != nil {
		return out, err
	}
	if out.Of, err = tx.Procedure(out.Procedure); err != nil {
		return out, err
	}
	out.Names = map[practice.MemberID]string{}
	for _, g := range out.Groups {
		p, err := tx.Party(g.Party)
		if err != nil {
			return out, err
		}
		out.Parties = append(out.Parties, p)
		if p.Has(actor.Member) {
			out.Mine = append(out.Mine, p.ID)
		}
		if p.Voice().Member == actor.Member && actor.Member != "" {
			out.Voice = append(out.Voice, p.ID)
		}
		voice, err := memberOrNobody(tx, p.Voice().Member)
		if err != nil {
			return out, err
		}
		if out.Names[voice.ID] = voice.Name; voice.Guest {
			out.Links = append(out.Links, p.ID)
		}
	}
	guest := actor.Pass.ID != ""
	out.Team = !guest && mayChange(actor, out.Of)
	out.Decides = out.Team && mayDecide(tx, actor, out.Of) == nil
	out.Takes = out.Decides || !guest && out.Referred != "" && out.Referred == actor.Member
	guards, err := isGuardian(tx, actor)
	if err != nil {
		return out, err
	}
	if guest && !actor.Holds(practice.PassConsent, string(id)) || !out.Team && !out.Takes && !guards && len(out.Mine) == 0 {
		return ConsentRound{}, practice.ErrNotFound
	}
	return out, out.fill(tx, actor)
}

// fill reads what a round is about.
func (r *ConsentRound) fill(tx *store.Tx, actor practice.Actor) error {
	var errs [5]error
	r.Line, errs[0] = tx.Step(r.Step)
	r.Trial, errs[1] = tx.Trial(r.Gap)
	r.Owner, errs[2] = memberOrNobody(tx, r.Of.Owner)
	r.Checks, errs[3] = tx.CheckOf(r.Gap)
	words, err := tx.WordingsOf(r.Procedure)
	if err := errors.Join(append(errs[:], err)...); err != nil {
		return err
	}
	for _, w := range words {
		if w.Step == r.Step && len(r.Texts) > 0 && w.Revision < r.Texts[0].Revision {
			r.Was = w.Text
		}
	}
	people := []practice.MemberID{r.Referred}
	for _, s := range r.Said {
		people = append(people, s.By)
	}
	if err := nameAll(tx, r.Names, people...); err != nil {
		return err
	}
	reads, err := newReader(tx, actor)
	if err != nil {
		return err
	}
	reads.step(&r.Line)
	return nil
}

// isGuardian reports whether the actor is one to whom misuse is reported.
func isGuardian(tx *store.Tx, actor practice.Actor) (bool, error) {
	if actor.Member == "" || actor.Pass.ID != "" {
		return false, nil
	}
	g, err := tx.Guardian(actor.Member)
	if isNotFound(err) {
		return false, nil
	}
	return g.Stands(), err
}

// SayInConsent says something in a round: presents the change, asks, answers, reacts,
// says yes or names a harm, takes it back, takes longer, or takes an objection up. Of two
// who answer for one group at once, one counts, and the other is told who did.
func (a *App) SayInConsent(ctx context.Context, actor practice.Actor, id practice.GapID, s Statement) error {
	if !actor.Holds(practice.PassConsent, string(id)) {
		if err := mayWrite(actor); err != nil {
			return err
		}
	}
	say := func() error {
		return a.store.Update(ctx, func(tx *store.Tx) error { return sayIn(tx, actor, id, s) })
	}
	err := say()
	if errors.Is(err, practice.ErrChanged) && s.Base == 0 { // somebody was faster: what they did decides
		err = say()
	}
	return err
}

func sayIn(tx *store.Tx, actor practice.Actor, id practice.GapID, s Statement) error {
	r, err := round(tx, actor, id)
	if err != nil {
		return err
	}
	if s.Party == "" && len(r.Mine) == 1 && s.Kind != practice.SpokePresent && s.Kind != practice.SpokeReply && s.Kind != practice.SpokeIntegrate {
		s.Party = r.Mine[0]
	}
	if err := r.may(actor, s); err != nil {
		return err
	}
	c, err := r.say(tx, actor, s)
	if err != nil {
		return r.told(err, s)
	}
	return errors.Join(followed(tx, c, r.Consent), tx.TellVoices(c, r.Consent), tellRound(tx, r.Of, c, s.Kind))
}

// may refuses whoever cannot say something of that kind.
func (r ConsentRound) may(actor practice.Actor, s Statement) error {
	switch s.Kind {
	case practice.SpokePresent:
		if !r.Team {
			return practice.Refuse(practice.Forbidden, "procedure.others")
		}
	case practice.SpokeQuestion, practice.SpokeReaction:
		if !r.Team && !slices.Contains(r.Mine, s.Party) {
			return practice.Refuse(practice.Forbidden, "consent.group")
		}
	case practice.SpokeReply:
		if !r.Team && !slices.ContainsFunc(r.Said, func(q practice.Spoken) bool { return q.ID == s.Re && q.By == actor.Member }) {
			return practice.Refuse(practice.Forbidden, "procedure.others")
		}
	case practice.SpokeIntegrate:
		if !r.Takes {
			return practice.Refuse(practice.Forbidden, "trial.owner")
		}
	case practice.SpokeSafe, practice.SpokeHarm, practice.SpokeUnsaid, practice.SpokeLonger:
		return r.speaks(s)
	default:
		return practice.Refuse(practice.Invalid, "required").At("do")
	}
	return nil
}

// speaks refuses whoever does not speak for the group.
func (r ConsentRound) speaks(s Statement) error {
	if slices.Contains(r.Voice, s.Party) {
		return nil
	}
	p := r.Party(s.Party)
	switch name := r.Names[p.Voice().Member]; {
	case p.ID == "" || !slices.Contains(r.Mine, p.ID):
		return practice.Refuse(practice.Forbidden, "consent.group")
	case name == "":
		return practice.Refuse(practice.Conflict, "consent.voiceless").With("group", p.Name).With("id", string(p.ID))
	default:
		return practice.Refuse(practice.Forbidden, "consent.voice").With("group", p.Name).With("name", name)
	}
}

// say lets the practice decide.
func (r ConsentRound) say(tx *store.Tx, actor practice.Actor, s Statement) (practice.Consent, error) {
	now := tx.Now()
	terms := practice.Terms{}
	for _, p := range r.Parties {
		terms[p.ID] = p.Days
	}
	said := practice.Spoken{Party: s.Party, By: actor.Member, Text: s.Text, Re: s.Re, How: s.How}
	switch s.Kind {
	case practice.SpokePresent:
		return r.Present(said, terms, now)
	case practice.SpokeQuestion:
		return r.Ask(said, now)
	case practice.SpokeReply:
		return r.Reply(said, now)
	case practice.SpokeReaction:
		return r.React(said, now)
	case practice.SpokeSafe:
		return r.Answer(said, practice.SaysSafe, now)
	case practice.SpokeHarm:
		return r.Answer(said, practice.SaysHarm, now)
	case practice.SpokeUnsaid:
		return r.Unsay(said, now)
	case practice.SpokeLonger:
		return r.Consent.Longer(said, s.Until, now)
	}
	return r.integrate(tx, said, s, terms)
}

// integrate takes objections up: another wording goes into the procedure, with the
// failures that stand behind it.
func (r ConsentRound) integrate(tx *store.Tx, said practice.Spoken, s Statement, terms practice.Terms) (practice.Consent, error) {
	now := tx.Now()
	p := practice.Proposal{Text: s.Words}
	if s.How == practice.IntegrateShorten && s.Days > 0 {
		p.Term = now.AddDate(0, 0, s.Days)
	}
	c, err := r.Integrate(said, p, terms, now)
	if err != nil {
		return c, err
	}
	if s.How == practice.IntegrateRefer {
		m, err := memberOrNobody(tx, s.Who)
		if err != nil || m.ID == "" || !m.Active {
			return c, practice.Refuse(practice.Invalid, "consent.who").At("who")
		}
		c.Referred = m.ID
		return c, tx.Tell(practice.Notice{Member: m.ID, Code: "notice.referred", Link: practice.ConsentPath(c.Gap), Args: practice.Args{"procedure": r.Of.Title}}, "")
	}
	if !s.How.Rewords() {
		return c, nil
	}
	because, err := r.because(tx)
	if err != nil {
		return c, err
	}
	done, err := tx.Revise(practice.StepChange{Procedure: r.Procedure, Base: s.Base, Act: practice.ActEdit, Step: r.Step, Text: s.Words}, because)
	if err != nil {
		return c, err
	}
	c.Texts[len(c.Texts)-1].Revision = done.Revision.Number
	return c, errors.Join(tx.TellChange(r.Procedure, done.Revision.Number, ""), tx.Emit(practice.Event{Kind: "procedure.changed", About: string(r.Procedure),
		In: string(r.Of.Team), Data: practice.Args{"reason": because.Reason}}))
}

// because says what a change is made for that a round is about.
func (r ConsentRound) because(tx *store.Tx) (practice.Revision, error) {
	if r.Gap.Offer() == "" {
		return practice.Revision{Reason: practice.ReasonLearning, Gap: r.Gap}, nil
	}
	o, err := tx.Offer(r.Gap.Offer())
	if err != nil {
		return practice.Revision{}, err
	}
	from, err := tx.Team(o.From)
	return practice.Revision{Reason: practice.ReasonOffer, Source: practice.Title(from.Name), From: tx.Now()}, err
}

// told says to whoever answers for a group that has answered what it said, and who for it.
func (r ConsentRound) told(err error, s Statement) error {
	var refusal *practice.Error
	if !errors.As(err, &refusal) || refusal.Code != "consent.answered" {
		return err
	}
	for _, one := range slices.Backward(r.Said) {
		if one.Party == s.Party && (one.Kind == practice.SpokeSafe || one.Kind == practice.SpokeHarm) {
			return refusal.With("group", r.Party(s.Party).Name).With("name", r.Names[one.By]).With("says", string(one.Kind))
		}
	}
	return err
}

// followed writes a round back, and what it means for its trial.
func followed(tx *store.Tx, c, was practice.Consent) error {
	t, err := tx.Trial(c.Gap) // as it is before its groups have answered
	if err := errors.Join(err, tx.SaveConsent(c, was), followRound(tx, c)); err != nil || !t.Runs() {
		return err
	}
	p, err := tx.Procedure(t.Procedure)
	if err != nil {
		return err
	}
	team, err1 := tx.Team(p.Team)
	today, err2 := todayHere(tx)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	return tx.SaveTrial(t.Follow(c, team.ComesBack(today.Now, today.Zone)), t)
}

// tellRound tells whoever follows the log, without a word of what was said.
func tellRound(tx *store.Tx, p practice.Procedure, c practice.Consent, kind practice.SpokenKind) error {
	return tx.Emit(practice.Event{Kind: "consent." + string(kind), About: string(p.ID), In: string(p.Team), Data: practice.Args{"stage": string(c.Stage())}})
}

// rounds are those in which a group of the reader has not answered, and those that nobody
// decided about in time, for the guardian.
func (h *Home) rounds(tx *store.Tx, r reader, _ []practice.TeamID) error {
	all, err := tx.ConsentsAsking()
	if err != nil || len(all) == 0 {
		return err
	}
	guards, err := isGuardian(tx, r.Actor)
	if err != nil {
		return err
	}
	for _, c := range all {
		one, err := round(tx, r.Actor, c.Gap)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		waits := func(id practice.PartyID) bool { g, _ := c.Group(id); return c.Runs() && g.Says == "" }
		over := one.Trial.Overdue(tx.Now())
		one.Mine = slices.DeleteFunc(one.Mine, func(id practice.PartyID) bool { return !waits(id) })
		if len(one.Mine) > 0 || one.Referred == r.Member || guards && over && !one.Decides {
			h.Rounds = append(h.Rounds, one)
		}
	}
	slices.SortStableFunc(h.Rounds, func(a, b ConsentRound) int {
		return a.overdue(tx.Now()) - b.overdue(tx.Now())
	})
	return nil
}

// overdue is 0 where nobody decided in time, else 1.
func (r ConsentRound) overdue(now time.Time) int {
	if r.Trial.Overdue(now) {
		return 0
	}
	return 1
}
