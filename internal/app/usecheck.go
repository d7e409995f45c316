package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// UseTicket is the question whether a change is in use, as it is put to one person:
// what was changed, and what their browser answers with, in a request that does not
// say who they are.
type UseTicket struct {
	Check  practice.UseCheck
	Lines  []Meant
	Ticket string
	Tag    string // tells people apart who share a browser; see [practice.DeviceTag]
}

// AskUse puts the question to the actor, if they are among those who are asked. Nothing
// of it is kept: not that they were shown it, and not what they say.
func (a *App) AskUse(ctx context.Context, actor practice.Actor, id practice.ReviewID) (UseTicket, error) {
	if err := mayWrite(actor); err != nil {
		return UseTicket{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (out UseTicket, err error) {
		if out.Check, err = tx.UseCheck(id); err != nil {
			return out, err
		}
		if !slices.Contains(out.Check.Asked, actor.Member) {
			return out, practice.ErrNotFound
		}
		if err := out.Check.MayAnswer(tx.Now()); err != nil {
			return out, err
		}
		r, err := tx.Review(id)
		if err != nil {
			return out, err
		}
		reader, err := newReader(tx, actor)
		if err != nil {
			return out, err
		}
		if out.Lines, err = changedBy(tx, reader, r); err != nil {
			return out, err
		}
		secret, err := tx.UseSecret()
		ticket := practice.NewTicket(id, tx.Now(), tx.Random())
		ticket.Until = out.Check.Until
		out.Ticket, out.Tag = ticket.Seal(secret), practice.DeviceTag(id, actor.Member, secret)
		return out, err
	})
}

// CheckUse asks people who do the work about what was changed a month ago, counts what
// they said where the time is over or all have answered, and says what held. It is work
// for every day, so that no answer is counted in the moment it is given.
func (a *App) CheckUse(ctx context.Context) error {
	due, err := read(ctx, a, func(tx *store.Tx) ([]practice.ReviewID, error) { return tx.UseDue() })
	for _, id := range due {
		err = errors.Join(err, a.store.Update(ctx, func(tx *store.Tx) error { return checkUse(tx, id) }))
	}
	return errors.Join(err, a.store.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.HoldWhatIsUsed()
		return err
	}))
}

func checkUse(tx *store.Tx, id practice.ReviewID) error {
	c, err := tx.UseCheck(id)
	if err != nil && !isNotFound(err) {
		return err
	}
	c.Review = id
	r, err := tx.Review(id)
	if err != nil {
		return err
	}
	if c.Until.IsZero() {
		return askUse(tx, r, c)
	}
	answered, err := tx.UseAnswered(id)
	if err != nil || c.Open(tx.Now()) && answered < len(c.Asked) {
		return err
	}
	return countUse(tx, r, c)
}

// askUse asks some of those who do the work. Where all of them are being asked about
// something else already, it waits for another day: nobody is asked two things at once.
func askUse(tx *store.Tx, r practice.Review, c practice.UseCheck) error {
	people, err := workers(tx, r)
	if err != nil || len(people) == 0 {
		return err
	}
	c = c.Ask(people, tx.Now(), tx.Random())
	if err := tx.SaveUseCheck(c); err != nil {
		return err
	}
	for _, m := range c.Asked {
		n := practice.Notice{Member: m, Code: "notice.use", Link: practice.UsePath(r.ID), Args: practice.Args{"at": c.Until.UnixMicro()}}
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	return nil
}

// workers are those who do the work a review changed something in, and may be asked
// about it: of the teams whose procedures and safeguards these are, without whoever
// promised to bring it about, and without those who decide about the others, as long as
// there is anybody else.
func workers(tx *store.Tx, r practice.Review) ([]practice.MemberID, error) {
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return nil, err
	}
	lines, err := changedBy(tx, reader{}, r)
	if err != nil {
		return nil, err
	}
	busy, err := tx.AskedAboutUse()
	if err != nil {
		return nil, err
	}
	carrier, err := carrierOf(tx, r)
	if err != nil {
		return nil, err
	}
	var doing, deciding []practice.MemberID
	for _, team := range teamsOf(lines, f) {
		people, err := tx.MembersOf(team)
		if err != nil {
			return nil, err
		}
		for _, m := range people {
			switch {
			case !m.Belongs() || slices.Contains(busy, m.ID) || f.Restricted() && !slices.Contains(f.Only, m.ID):
			case m.ID == carrier || decides(m, people):
				deciding = append(deciding, m.ID)
			case !slices.Contains(doing, m.ID):
				doing = append(doing, m.ID)
			}
		}
	}
	if len(doing) == 0 {
		return deciding, nil
	}
	return doing, nil
}

// decides reports whether somebody decides about the work of another of these people.
func decides(m practice.Member, people []practice.Member) bool {
	return slices.ContainsFunc(people, func(other practice.Member) bool { return slices.Contains(m.Leads, other.ID) })
}

// teamsOf are the teams that do the work of some lines; where nobody took a procedure
// yet, the team whose failure it was.
func teamsOf(lines []Meant, f practice.Failure) (teams []practice.TeamID) {
	for _, l := range lines {
		team := l.Procedure.Team
		if l.Scar.Safeguard != "" {
			team = l.Safeguard.Team
		}
		if team == "" {
			team = f.Team
		}
		if !slices.Contains(teams, team) {
			teams = append(teams, team)
		}
	}
	return teams
}

// changedBy are the steps and safeguards that a review changed and that are still there.
func changedBy(tx *store.Tx, reader reader, r practice.Review) ([]Meant, error) {
	scars, err := tx.ScarsFrom([]practice.FailureID{r.Failure})
	if err != nil {
		return nil, err
	}
	return reader.lines(tx, scars, len(scars))
}

// countUse counts what was said. In use, it is told to everybody who had a part; not in
// use, to whoever carried it and whoever owns what was changed, who can ask why.
func countUse(tx *store.Tx, r practice.Review, c practice.UseCheck) error {
	tally, err := tx.TakeUse(r.ID, practice.UsePath(r.ID))
	if err != nil {
		return err
	}
	today, err := dayHere(tx)
	if err != nil {
		return err
	}
	c = c.Close(tally, today)
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return err
	}
	lines, err := changedBy(tx, reader{}, r)
	if err != nil {
		return err
	}
	gaps, err := tx.Gaps(r.ID)
	if err != nil {
		return err
	}
	if c, f.Standing, err = tx.Settles(c, f, gaps); err != nil {
		return err
	}
	if err := errors.Join(tx.SaveUseCheck(c), tx.MarkUsed(c), tx.SaveFailure(f)); err != nil {
		return err
	}
	switch {
	case tally.Met() == 0 || len(lines) == 0:
		return nil
	case !tally.InUse():
		return tellUnused(tx, r, f, lines)
	case f.Standing != practice.InUse:
		return nil
	}
	return errors.Join(tellUsed(tx, r, inUse(f, lines)),
		tx.Emit(practice.Event{Kind: "failure.in_use", About: string(f.ID), In: string(f.Team)}))
}

// carrierOf is whoever promised to bring about what a review changed; empty where nobody
// did.
func carrierOf(tx *store.Tx, r practice.Review) (practice.MemberID, error) {
	carry, err := tx.CarryOf(r.ID)
	if isNotFound(err) {
		return "", nil
	}
	return carry.Carrier, err
}

// tellUsed tells everybody who had a part in the review, and whoever carried it.
func tellUsed(tx *store.Tx, r practice.Review, lines []practice.Notice) error {
	carrier, err := carrierOf(tx, r)
	if err != nil {
		return err
	}
	people, err := tx.Contributors(r)
	if err == nil && carrier != "" && !slices.Contains(people, carrier) {
		err = tx.TellOutcome(carrier, r.ID, lines)
	}
	return errors.Join(err, tx.TellContributors(r, lines))
}

// inUse says of each line that it is in use.
func inUse(f practice.Failure, lines []Meant) (all []practice.Notice) {
	for _, l := range lines {
		n := practice.Notice{Code: "notice.in-use", Link: practice.RecordPath(f.Number), Args: practice.Args{"procedure": l.Procedure.Title, "n": l.Step.Number}}
		if l.Scar.Safeguard != "" {
			n.Code, n.Args = "notice.in-use-elsewhere", practice.Args{"text": l.Safeguard.Text}
		}
		all = append(all, n)
	}
	return all
}

// tellUnused tells those whose change is not in use that it is not: no more than that,
// for with three people a number points at somebody.
func tellUnused(tx *store.Tx, r practice.Review, f practice.Failure, lines []Meant) error {
	carrier, err := carrierOf(tx, r)
	if err != nil {
		return err
	}
	told := []practice.MemberID{carrier}
	for _, l := range lines {
		if l.Procedure.Owner != "" && !slices.Contains(told, l.Procedure.Owner) {
			told = append(told, l.Procedure.Owner)
		}
	}
	for _, m := range slices.DeleteFunc(told, func(m practice.MemberID) bool { return m == "" }) {
		n := practice.Notice{Member: m, Code: "notice.unused", Link: practice.RecordPath(f.Number), Args: practice.Args{"title": f.Title}}
		if err := tx.Tell(n, r.ID); err != nil {
			return err
		}
	}
	return nil
}
