package store

import (
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

const consentQuery = `SELECT consent.gap, step.procedure, trial.step, trial.at, coalesce(review.closed_at, trial.at), trial.harm <> '', NOT consent.proven,
		consent.begun_at, consent.end_at, consent.ending, coalesce(consent.referred, ''), consent.version
	FROM consent JOIN trial ON trial.gap = consent.gap JOIN step ON step.id = trial.step
		LEFT JOIN gap ON gap.id = consent.gap LEFT JOIN review ON review.id = gap.review `

func scanConsent(r scanner) (c practice.Consent, err error) {
	return c, r.Scan(&c.Gap, &c.Procedure, &c.Step, at{&c.At}, at{&c.Closed}, &c.Harm, &c.Sole,
		at{&c.BegunAt}, at{&c.EndAt}, &c.End, &c.Referred, &c.Version)
}

// AddConsent keeps a round that has not begun, beside its trial.
func (tx *Tx) AddConsent(c practice.Consent, proven bool) error {
	_, err := tx.exec(`INSERT INTO consent (gap, proven, begun_at, end_at, ending, referred, stage, due_at, version)
		VALUES ($1, $2, 0, 0, '', NULL, $3, $4, 1)`, c.Gap, proven, c.Stage(), c.DueAt())
	if err != nil {
		return fmt.Errorf("add consent: %w", err)
	}
	return errors.Join(tx.saveAsked(c), tx.addTexts(c, 0))
}

// Consent returns the round about the change a gap led to.
func (tx *Tx) Consent(g practice.GapID) (practice.Consent, error) {
	c, err := scanConsent(tx.row(consentQuery+`WHERE consent.gap = $1`, g))
	if err != nil {
		return c, err
	}
	return c, tx.fillConsent(&c)
}

// ConsentsOf returns the rounds about a procedure, the latest first.
func (tx *Tx) ConsentsOf(p practice.ProcedureID) ([]practice.Consent, error) {
	return tx.consents(`WHERE step.procedure = $1 ORDER BY trial.at DESC, consent.gap`, p)
}

// ConsentsAsking returns the rounds that have not ended, of procedures in use, the one
// that is due first before the others.
func (tx *Tx) ConsentsAsking() ([]practice.Consent, error) {
	return tx.consents(`JOIN procedure ON procedure.id = step.procedure WHERE consent.end_at = 0 AND procedure.retired_at = 0 AND coalesce(review.closed_at, 1) > 0
		ORDER BY CASE WHEN consent.due_at = 0 THEN 1 ELSE 0 END, consent.due_at, consent.gap`)
}

func (tx *Tx) consents(where string, args ...any) ([]practice.Consent, error) {
	all, err := list(tx, scanConsent, consentQuery+where, args...)
	for i := range all {
		err = errors.Join(err, tx.fillConsent(&all[i]))
	}
	return all, err
}

func (tx *Tx) fillConsent(c *practice.Consent) error {
	var err1, err2, err3 error
	c.Groups, err1 = list(tx, func(r scanner) (g practice.Asked, err error) {
		return g, r.Scan(&g.Party, at{&g.Until}, &g.Says)
	}, `SELECT a.party, a.until_at, a.says FROM consent_asked AS a JOIN party ON party.id = a.party WHERE a.gap = $1 ORDER BY party.folded, party.id`, c.Gap)
	c.Texts, err2 = list(tx, func(r scanner) (p practice.Proposal, err error) {
		return p, r.Scan(&p.Number, &p.Revision, at{&p.At}, &p.How, &p.Text, at{&p.Term})
	}, `SELECT number, revision, at, how, body, term FROM consent_text WHERE gap = $1 ORDER BY number`, c.Gap)
	c.Said, err3 = list(tx, func(r scanner) (s practice.Spoken, err error) {
		return s, r.Scan(&s.ID, &s.Number, &s.Kind, &s.Party, &s.By, &s.Re, &s.Text, &s.How, at{&s.At})
	}, `SELECT id, number, kind, party, coalesce(member, ''), re, body, how, at FROM consent_said WHERE gap = $1 ORDER BY place`, c.Gap)
	return errors.Join(err1, err2, err3)
}

// SaveConsent writes a round back over the version it was read at, with what is new in
// it. It returns [practice.ErrChanged] where somebody was faster.
func (tx *Tx) SaveConsent(c, was practice.Consent) error {
	n, err := tx.exec(`UPDATE consent SET begun_at = $3, end_at = $4, ending = $5, referred = $6, stage = $7, due_at = $8, version = version + 1
		WHERE gap = $1 AND version = $2`,
		c.Gap, was.Version, c.BegunAt, c.EndAt, c.End, orNull(c.Referred), c.Stage(), c.DueAt())
	if err != nil {
		return fmt.Errorf("save consent: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return errors.Join(tx.saveAsked(c), tx.addTexts(c, len(was.Texts)), tx.addSaid(c, len(was.Said)))
}

func (tx *Tx) saveAsked(c practice.Consent) error {
	for _, g := range c.Groups {
		_, err := tx.exec(`INSERT INTO consent_asked (gap, party, until_at, says) VALUES ($1, $2, $3, $4)
			ON CONFLICT (gap, party) DO UPDATE SET until_at = excluded.until_at, says = excluded.says`, c.Gap, g.Party, g.Until, g.Says)
		if err != nil {
			return fmt.Errorf("save who is asked: %w", err)
		}
	}
	return nil
}

// addTexts keeps the proposals after those that are there.
func (tx *Tx) addTexts(c practice.Consent, there int) error {
	for _, p := range c.Texts[there:] {
		_, err := tx.exec(`INSERT INTO consent_text (gap, number, revision, at, how, body, term) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			c.Gap, p.Number, p.Revision, p.At, p.How, p.Text, p.Term)
		if err != nil {
			return fmt.Errorf("keep a proposal: %w", err)
		}
	}
	return nil
}

// addSaid keeps what was said after what is there.
func (tx *Tx) addSaid(c practice.Consent, there int) error {
	for i, s := range c.Said[there:] {
		_, err := tx.exec(`INSERT INTO consent_said (id, gap, place, number, kind, party, member, re, body, how, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			tx.NewID("say"), c.Gap, there+i, s.Number, s.Kind, s.Party, orNull(s.By), s.Re, s.Text, s.How, s.At)
		if err != nil {
			return fmt.Errorf("keep what was said: %w", err)
		}
	}
	return nil
}

// endConsent ends the round of a trial whose place another learning takes. The groups it
// asked are asked about that one. What another team offered is not taken over then.
func (tx *Tx) endConsent(s practice.StepID) error {
	_, err := tx.exec(`UPDATE offer SET state = $2, end_at = $3 WHERE step = $1 AND state = $4`, s, practice.OfferReplaced, tx.now, practice.OfferAsks)
	if err != nil {
		return fmt.Errorf("end consent: %w", err)
	}
	_, err = tx.exec(`UPDATE consent SET end_at = $2, ending = $3, stage = $4, due_at = 0, version = version + 1
		WHERE end_at = 0 AND gap IN (SELECT gap FROM trial WHERE step = $1 AND end_at = 0)`, s, tx.now, practice.ConsentReplaced, practice.AtOver)
	if err != nil {
		return fmt.Errorf("end consent: %w", err)
	}
	return nil
}

// AskedAt returns the groups that rounds about some steps still ask.
func (tx *Tx) AskedAt(c practice.StepChange) (all []practice.PartyID, err error) {
	for _, s := range c.Changes() {
		some, err := list(tx, scanText[practice.PartyID], `SELECT consent_asked.party FROM consent_asked JOIN consent ON consent.gap = consent_asked.gap
			JOIN trial ON trial.gap = consent.gap WHERE trial.step = $1 AND trial.end_at = 0 AND consent.end_at = 0 ORDER BY consent_asked.party`, s)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// removeConsent takes away the round about a change that a room takes back.
func (tx *Tx) removeConsent(g practice.GapID) error {
	return tx.remove(g, `DELETE FROM consent_said WHERE gap = $1`, `DELETE FROM consent_text WHERE gap = $1`, `DELETE FROM consent_asked WHERE gap = $1`,
		`DELETE FROM consent WHERE gap = $1`, `DELETE FROM people_check WHERE gap = $1`)
}

// Affected is who is affected by a change, before it is made.
type Affected struct {
	Groups []practice.PartyID
	On     practice.PartyID // on whom it adds a check
	Needs  bool             // they are asked
}

// Affected returns the groups that a change affects: those of the procedure, those that left
// its list within a cycle, those that are being asked about what it replaces, and the one on whose people it adds a check. A
// group that nobody knew is known from then on.
func (tx *Tx) Affected(c practice.StepChange) (a Affected, err error) {
	of, err := tx.Authority(c.Procedure)
	if err != nil {
		return a, err
	}
	left, err := tx.StillAsked(c.Procedure)
	if err != nil {
		return a, err
	}
	for _, l := range left {
		of.Asked = append(of.Asked, l.Party)
	}
	asked, err := tx.AskedAt(c)
	if err != nil {
		return a, err
	}
	if a.On, err = tx.checked(c); err != nil {
		return a, err
	}
	for _, id := range append(append(of.Asked, asked...), a.On) {
		if id != "" && !slices.Contains(a.Groups, id) {
			a.Groups = append(a.Groups, id)
		}
	}
	a.Needs = practice.NeedsConsent(a.Groups, a.On != "" || len(asked) > 0)
	return a, nil
}

// checked is the group on whose people a change adds a check, by its name.
func (tx *Tx) checked(c practice.StepChange) (practice.PartyID, error) {
	if !c.Checks {
		return "", nil
	}
	if err := practice.CheckName(c.Checked); err != nil {
		return "", practice.Refuse(practice.Invalid, "check.whom").At("checked")
	}
	p, err := tx.PartyNamed(c.Checked)
	if errors.Is(err, practice.ErrNotFound) {
		p, err = tx.AddParty(practice.Party{Name: c.Checked, Days: practice.PartyDays})
	}
	return p.ID, err
}

// KeepCheck keeps that a change adds a check on people, if it does.
func (tx *Tx) KeepCheck(g practice.GapID, c practice.StepChange, revision int) error {
	on, err := tx.checked(c)
	if err != nil || on == "" {
		return err
	}
	return tx.AddCheck(c.Procedure, g, revision, on)
}

// Try keeps that a change comes back, and puts it to the groups that have to say yes.
func (tx *Tx) Try(t practice.Trial, a Affected, done Revised) error {
	if err := tx.AddTrial(t); err != nil {
		return err
	}
	if a.On != "" {
		if err := tx.remove(t.Gap, `DELETE FROM people_check WHERE gap = $1`); err != nil {
			return err
		}
		if err := tx.AddCheck(t.Procedure, t.Gap, t.Revision, a.On); err != nil {
			return err
		}
	}
	if !a.Needs {
		return nil
	}
	text := ""
	for _, s := range done.Touched {
		if s.ID == t.Step {
			text = s.Text
		}
	}
	return tx.AddConsent(practice.NewConsent(t, a.Groups, text), t.Proven)
}

// AskedAbout returns the groups that are asked about what a gap led to, by name.
func (tx *Tx) AskedAbout(g practice.GapID) ([]string, error) {
	return list(tx, scanText[string], `SELECT party.name FROM consent_asked JOIN party ON party.id = consent_asked.party
		WHERE consent_asked.gap = $1 ORDER BY party.folded, party.id`, g)
}
