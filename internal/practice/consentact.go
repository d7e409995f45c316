package practice

import (
	"slices"
	"strings"
	"time"
)

// runs refuses what can be done only while groups are asked.
func (c Consent) runs() error {
	switch {
	case !c.Open():
		return Refuse(Conflict, "consent.over")
	case c.BegunAt.IsZero():
		return Refuse(Conflict, "consent.begin")
	}
	return nil
}

// words are what somebody says, which is not nothing.
func words(text, code, field string) (string, error) { return within(MaxAnswer, text, code, field) }

// within is words with another limit on their length.
func within(most int, text, code, field string) (string, error) {
	switch text = strings.TrimSpace(text); {
	case text == "":
		return "", Refuse(Invalid, code).At(field)
	case tooLong(text, most):
		return "", Refuse(Invalid, "too.long").At(field).With("max", most)
	}
	return text, nil
}

// with adds what was said to a copy of the round.
func (c Consent) with(s Spoken, now time.Time) Consent {
	s.Number, s.At = c.Text().Number, now
	c.Said = append(slices.Clip(c.Said), s)
	c.Groups = slices.Clone(c.Groups)
	return c
}

// Terms are how long each group takes, in days.
type Terms map[PartyID]int

// anew asks every group, each in its own term.
func (c *Consent) anew(terms Terms, now time.Time) {
	for i, g := range c.Groups {
		days := terms[g.Party]
		if days < 1 {
			days = PartyDays
		}
		c.Groups[i].Says, c.Groups[i].Until = "", now.AddDate(0, 0, days)
	}
}

// Present puts the change to every group, with what happened, for people who were not
// there. It waits for its review to close: until then the room can take it back.
func (c Consent) Present(s Spoken, terms Terms, now time.Time) (Consent, error) {
	switch {
	case !c.Open():
		return c, Refuse(Conflict, "consent.over")
	case !c.BegunAt.IsZero():
		return c, Refuse(Conflict, "consent.begun")
	case c.Closed.IsZero():
		return c, Refuse(Conflict, "consent.room")
	}
	var err error
	if s.Text, err = words(s.Text, "consent.line", "line"); err != nil {
		return c, err
	}
	s.Kind = SpokePresent
	c = c.with(s, now)
	c.BegunAt = now
	c.anew(terms, now)
	return c, nil
}

// Ask asks something about the change. Until it is answered nobody is asked for a yes.
func (c Consent) Ask(s Spoken, now time.Time) (Consent, error) {
	text, err := words(s.Text, "consent.question.empty", "question")
	if err = first(c.runs(), err); err != nil {
		return c, err
	}
	s.Text, s.Kind = text, SpokeQuestion
	return c.with(s, now), nil
}

// Reply answers a question.
func (c Consent) Reply(s Spoken, now time.Time) (Consent, error) {
	text, err := words(s.Text, "consent.reply.empty", "reply")
	if err = first(c.runs(), err); err != nil {
		return c, err
	}
	if !slices.ContainsFunc(c.Asking(), func(q Spoken) bool { return q.ID == s.Re }) {
		return c, Refuse(Conflict, "consent.answered.question").At("reply")
	}
	s.Text, s.Kind = text, SpokeReply
	return c.with(s, now), nil
}

// React says what a group thinks of the change. That is neither a yes nor an objection.
func (c Consent) React(s Spoken, now time.Time) (Consent, error) {
	text, err := words(s.Text, "consent.reaction.empty", "reaction")
	if err = first(c.runs(), err); err != nil {
		return c, err
	}
	s.Text, s.Kind = text, SpokeReaction
	return c.with(s, now), nil
}

// first is the first error of some.
func first(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// Answer is what a group says, once for each proposal: a yes, or an objection that names
// the harm. With the last yes to the same words the round has passed.
func (c Consent) Answer(s Spoken, says ConsentSays, now time.Time) (Consent, error) {
	if err := c.runs(); err != nil {
		return c, err
	}
	at := c.index(s.Party)
	switch {
	case at < 0:
		return c, Refuse(Forbidden, "consent.group")
	case c.Groups[at].Says != "":
		return c, Refuse(Conflict, "consent.answered").With("group", "").With("name", "").At("answer")
	case says == SaysSafe && len(c.Asking()) > 0:
		return c, Refuse(Conflict, "consent.question").At("answer")
	case says == SaysSafe:
		s.Kind, s.Text = SpokeSafe, ""
	case says == SaysHarm:
		var err error
		if s.Text, err = words(s.Text, "consent.harm", "harm"); err != nil {
			return c, err
		}
		s.Kind = SpokeHarm
	default:
		return c, Refuse(Invalid, "required").At("answer")
	}
	c = c.with(s, now)
	if c.Groups[at].Says = says; c.Agreed() {
		c.EndAt, c.End = now, ConsentPassed
	}
	return c, nil
}

// Unsay takes a group's answer back, as long as the round goes on.
func (c Consent) Unsay(s Spoken, now time.Time) (Consent, error) {
	if err := c.runs(); err != nil {
		return c, err
	}
	at := c.index(s.Party)
	if at < 0 || c.Groups[at].Says == "" {
		return c, Refuse(Conflict, "consent.unsaid")
	}
	s.Kind, s.Text = SpokeUnsaid, ""
	c = c.with(s, now)
	c.Groups[at].Says = ""
	return c, nil
}

// Longer lets a group take longer: its term is its own.
func (c Consent) Longer(s Spoken, until, now time.Time) (Consent, error) {
	if err := c.runs(); err != nil {
		return c, err
	}
	at := c.index(s.Party)
	switch {
	case at < 0 || c.Groups[at].Says != "":
		return c, Refuse(Conflict, "consent.answered").With("group", "").With("name", "").At("until")
	case !until.After(c.Groups[at].Until) || until.After(now.AddDate(0, 0, MostPartyDays)):
		return c, Refuse(Invalid, "consent.until").At("until").With("max", MostPartyDays)
	}
	s.Kind = SpokeLonger
	c = c.with(s, now)
	c.Groups[at].Until = until
	return c, nil
}

// Integrate takes up the objections: other words, fewer cases, less time, something that
// is watched. The change is then put to every group anew, those that had said yes, too.
// Referred to somebody, the objections stay until they take them up.
func (c Consent) Integrate(s Spoken, p Proposal, terms Terms, now time.Time) (Consent, error) {
	if err := c.runs(); err != nil {
		return c, err
	}
	if !c.Objected() {
		return c, Refuse(Conflict, "consent.none")
	}
	var err error
	if s.Text, err = words(s.Text, "consent.why", "why"); err != nil {
		return c, err
	}
	s.Kind, p.How = SpokeIntegrate, s.How
	switch {
	case !slices.Contains(Integrations, s.How):
		return c, Refuse(Invalid, "required").At("how")
	case s.How == IntegrateRefer:
		return c.with(s, now), nil
	case s.How == IntegrateShorten && (!p.Term.After(now) || !c.Text().Term.IsZero() && !p.Term.Before(c.Text().Term)):
		return c, Refuse(Invalid, "consent.term").At("days")
	case s.How.Rewords() && sameWords(p.Text, c.Text().Text):
		return c, Refuse(Invalid, "step.same").At("text")
	}
	c = c.with(s, now)
	if !s.How.Rewords() {
		p.Text, p.Revision = c.Text().Text, c.Text().Revision
	}
	if s.How != IntegrateShorten {
		p.Term = c.Text().Term
	}
	p.Number, p.At = c.Text().Number+1, now
	c.Texts, c.Referred = append(slices.Clip(c.Texts), p), ""
	c.anew(terms, now)
	return c, nil
}

// Keep lets the trial go on for so many days although a group was silent: the silent ones
// are asked as much longer. It is one person's word, with a reason, and no consent.
func (c Consent) Keep(s Spoken, days int, now time.Time) (Consent, error) {
	if !c.Open() {
		return c, Refuse(Conflict, "consent.over")
	}
	if c.Objected() {
		return c, Refuse(Conflict, "consent.harmed").At("why")
	}
	silent := c.Silent(now)
	s.Kind = SpokeKept
	c = c.with(s, now)
	for _, id := range silent {
		c.Groups[c.index(id)].Until = now.AddDate(0, 0, days)
	}
	return c, nil
}

// PutBack ends the round: the old wording counts again.
func (c Consent) PutBack(s Spoken, now time.Time) Consent {
	s.Kind = SpokeBack
	c = c.with(s, now)
	c.EndAt, c.End = now, ConsentBack
	return c
}

// Add asks a group that the procedure turned out to affect, too.
func (c Consent) Add(id PartyID, days int, now time.Time) Consent {
	if !c.Open() || c.index(id) >= 0 {
		return c
	}
	g := Asked{Party: id}
	if c.Runs() {
		g.Until = now.AddDate(0, 0, max(days, 1))
	}
	c.Groups = append(slices.Clip(c.Groups), g)
	return c
}

// Anew puts the words that the step has by now to every group, whoever put them there: who
// said yes said so to other words, or about a change that is gone by now. A round that
// ended goes on, and silence before counts as nothing.
func (c Consent) Anew(text string, revision int, terms Terms, now time.Time) Consent {
	p := c.Text()
	p.Number, p.Revision, p.At, p.How, p.Text = p.Number+1, revision, now, "", text
	c.Texts, c.Groups = append(slices.Clip(c.Texts), p), slices.Clone(c.Groups)
	c.EndAt, c.End, c.Referred = time.Time{}, "", ""
	if !c.BegunAt.IsZero() {
		c.anew(terms, now)
	}
	return c
}
