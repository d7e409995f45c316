package store

import (
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// reopen lets run again what a change took the place of that is gone itself: nobody has
// kept it. made is the revision into which that change went.
func (tx *Tx) reopen(by practice.GapID, made int) error {
	if by == "" {
		return nil
	}
	ended, err := list(tx, scanTrial, trialQuery+`WHERE trial.replaced = $1 ORDER BY trial.gap`, by)
	if err != nil || len(ended) == 0 {
		return err
	}
	words, err := tx.WordingsOf(ended[0].Procedure)
	if err != nil {
		return err
	}
	for _, t := range ended {
		said := 0 // since when the step had the words that count again
		for _, w := range words {
			if w.Step == t.Step && w.Revision < made {
				said = w.Revision
			}
		}
		if err := tx.again(t, said == t.Latest); err != nil {
			return err
		}
	}
	return nil
}

// again lets a trial run, and its groups be asked. own is true where the words that count
// again are those of the trial itself: only then can it be put back by itself.
func (tx *Tx) again(t practice.Trial, own bool) error {
	s, err := tx.Step(t.Step)
	if err != nil || s.Retired > 0 {
		return err
	}
	since := 0
	if own {
		since = s.Since
	}
	if _, err := tx.exec(`UPDATE trial SET end_at = 0, replaced = '', again = $2 WHERE gap = $1`, t.Gap, since); err != nil {
		return fmt.Errorf("let a trial run again: %w", err)
	}
	was, err := tx.Consent(t.Gap)
	if errors.Is(err, practice.ErrNotFound) || err == nil && was.End != practice.ConsentReplaced {
		return nil
	}
	if err != nil {
		return err
	}
	if o := t.Gap.Offer(); o != "" { // unless that team was offered the same once more
		if _, err := tx.exec(`UPDATE offer SET state = $2, end_at = 0 WHERE id = $1 AND state = $3 AND NOT EXISTS (SELECT 1 FROM offer AS other
			WHERE other.about = offer.about AND other.to_team = offer.to_team AND other.state IN ('waiting', 'proposed', 'consent', 'adopted', 'adapted'))`,
			o, practice.OfferAsks, practice.OfferReplaced); err != nil {
			return fmt.Errorf("let an offer be asked about again: %w", err)
		}
	}
	return tx.askAnew(was, s)
}

// AskAnew puts to its groups what a change that asks nobody, such as a law, made of the steps
// that they are being asked about. Where a step is gone there is nothing left to ask.
func (tx *Tx) AskAnew(c practice.StepChange, was []practice.ProcedureStep) error {
	for _, s := range was {
		if !slices.Contains(c.Changes(), s.ID) || !s.Trial.Waits() {
			continue
		}
		now, err1 := tx.Step(s.ID)
		round, err2 := tx.Consent(s.Trial.Gap)
		err := errors.Join(err1, err2)
		switch {
		case err != nil:
		case now.Retired > 0:
			err = tx.EndTrials(practice.StepChange{Act: practice.ActEdit, Step: s.ID}, "")
		default:
			err = tx.askAnew(round, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// askAnew puts the words that a step has by now to the groups of a round.
func (tx *Tx) askAnew(was practice.Consent, s practice.ProcedureStep) error {
	terms := practice.Terms{}
	for _, g := range was.Groups {
		p, err := tx.Party(g.Party)
		if err != nil {
			return err
		}
		terms[p.ID] = p.Days
	}
	c := was.Anew(s.Text, s.Since, terms, tx.now)
	return errors.Join(tx.SaveConsent(c, was), tx.TellVoices(c, was))
}

// TellVoices tells whoever speaks for a group that it is asked, each time it is asked anew.
// What was asked before is settled.
func (tx *Tx) TellVoices(c, was practice.Consent) error {
	p, err := tx.Procedure(c.Procedure)
	if err != nil {
		return err
	}
	for _, g := range c.Groups {
		before, _ := was.Group(g.Party)
		anew := c.Runs() && g.Says == "" && (len(c.Texts) > len(was.Texts) || before.Until.IsZero() && !g.Until.IsZero())
		link := practice.ConsentPath(c.Gap) + "?for=" + string(g.Party)
		if anew || g.Says != before.Says || !c.Open() {
			if err := tx.SettleNotices(link); err != nil {
				return err
			}
		}
		if !anew {
			continue
		}
		if err := tx.tellVoice(p, g, link); err != nil {
			return err
		}
	}
	return nil
}

// tellVoice tells whoever speaks for one group, where they have an account.
func (tx *Tx) tellVoice(p practice.Procedure, g practice.Asked, link string) error {
	party, err := tx.Party(g.Party)
	if err != nil || party.Voice().Member == "" {
		return err
	}
	voice, err := tx.Member(party.Voice().Member)
	if err != nil || !voice.Active || voice.Guest {
		return err
	}
	return tx.Tell(practice.Notice{Member: voice.ID, Code: "notice.consent", Link: link,
		Args: practice.Args{"procedure": p.Title, "group": party.Name, "at": g.Until.UnixMicro()}}, "")
}

// regained is a trial that counts again once the change that took its place is gone.
type regained struct{ of, next practice.GapID }

// regains returns what changes of a failure took the place of. A page that they changed stays
// as it is, so that what took their own place in turn stands before those.
func (tx *Tx) regains(id practice.FailureID) ([]regained, error) {
	return list(tx, func(r scanner) (one regained, err error) {
		return one, r.Scan(&one.of, &one.next)
	}, `SELECT trial.gap, coalesce((SELECT mine.replaced FROM trial AS mine WHERE mine.gap = trial.replaced), '') FROM trial
		WHERE trial.replaced IN (SELECT gap.id FROM gap JOIN review ON review.id = gap.review WHERE review.failure = $1 UNION SELECT id FROM offer WHERE failure = $1)
		ORDER BY trial.gap`, id)
}

// regain lets them run again, and asks their groups about the words that the page has now.
func (tx *Tx) regain(all []regained) error {
	for _, one := range all {
		t, err := tx.Trial(one.of)
		switch {
		case err != nil:
			return err
		case t.Gap == "": // it is gone as well
			continue
		case one.next != "":
			if _, err := tx.exec(`UPDATE trial SET replaced = $2 WHERE gap = $1`, one.of, one.next); err != nil {
				return fmt.Errorf("keep what took a trial's place: %w", err)
			}
			continue
		}
		s, err := tx.Step(t.Step)
		if err != nil {
			return err
		}
		if s.Trial.Runs() { // what came later is on trial there
			continue
		}
		if err := tx.again(t, s.Since == t.Latest); err != nil {
			return err
		}
	}
	return nil
}
