package app

import (
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// tellGuide tells whoever leads a review from outside, or is asked to, what those who
// are invited are told about its time.
func tellGuide(tx *store.Tx, r practice.Review, told practice.Notice) error {
	g, err := tx.Guide(r.ID)
	if isNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return err
	}
	if told.Code == "notice.write" { // they have nothing to write, and their page says how it goes on
		return nil
	}
	told.Member, told.Link = g.Member, practice.GuidePath(f.Number)
	if err := tx.Untell(g.Member, told.Link); err != nil {
		return err
	}
	if r.Phase == practice.PhaseOff { // there is no page any more
		if told, err = ledNoMore(tx, f, r, g.Member); err != nil {
			return err
		}
		told.Code = "notice.off-guide"
		return tx.Tell(told, r.ID)
	}
	again := askedToGuide(g.Member, f, r)
	if g.Outside {
		again.Code = "notice.guide-leads"
	}
	return errors.Join(tx.AddNotice(again), tx.Tell(told, r.ID))
}

// ledNoMore is the notice that somebody need not lead a review any more. It says whose
// it is and when, and not what it is about: that may be for others by the time it is
// read.
func ledNoMore(tx *store.Tx, f practice.Failure, r practice.Review, who practice.MemberID) (practice.Notice, error) {
	team, err := tx.Team(f.Team)
	return practice.Notice{Member: who, Code: "notice.guide-off", Args: practice.Args{"team": team.Name, "at": r.MeetAt.UnixMicro()}}, err
}

// tellLedNoMore tells it.
func tellLedNoMore(tx *store.Tx, f practice.Failure, r practice.Review, g Guiding) error {
	told, err := ledNoMore(tx, f, r, g.Member)
	if err != nil {
		return err
	}
	return tx.AddNotice(told)
}

// tellScriptLeads tells who called a review that somebody does not lead it, and where
// they had said yes everybody who is invited.
func tellScriptLeads(tx *store.Tx, f practice.Failure, r practice.Review, g Guiding) error {
	told := practice.Notice{Member: r.Lead, Code: "notice.guide-no", Link: practice.FailurePath(f.Number), Args: practice.Args{"name": g.Name, "title": f.Title}}
	if r.StartedAt.IsZero() {
		told.Link += "/invite"
	}
	if err := tx.AddNotice(told); err != nil || !g.Outside {
		return err
	}
	invited, err := tx.Invitations(r.ID)
	if err != nil {
		return err
	}
	told.Link = practice.RoomPath(f.Number)
	for _, i := range invited {
		if told.Member = i.Member; i.Member == r.Lead {
			continue
		}
		if err := tx.AddNotice(told); err != nil {
			return err
		}
	}
	return nil
}

// stopGuiding lets the script lead what somebody led who goes.
func stopGuiding(tx *store.Tx, m practice.MemberID) error {
	all, err := tx.GuidesOf(m)
	if err != nil {
		return err
	}
	var led []practice.Guide
	for _, one := range all {
		g, r, f, err := guiding(tx, one.Review)
		if err != nil {
			return err
		}
		if r.Phase == practice.PhaseOff {
			continue
		}
		if err := errors.Join(tellScriptLeads(tx, f, r, g), endGuide(tx, f, r, g)); err != nil {
			return err
		}
		if g.Outside && r.MayGuide() != nil {
			led = append(led, g.Guide)
		}
	}
	return errors.Join(tx.StopGuiding(m), keepLed(tx, led...))
}

// keepLed keeps who led what has begun, so that its room says that nobody does any more
// and its record who did. Their note and who asked for them are gone.
func keepLed(tx *store.Tx, led ...practice.Guide) error {
	for _, g := range led {
		if err := tx.SaveGuide(g); err != nil {
			return err
		}
	}
	return nil
}

// restrictGuides lets the script lead what whoever leads it may not read any more. Of
// what has begun they led it, and read no more of it.
func restrictGuides(tx *store.Tx, before, f practice.Failure) error {
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		g, err := guidedBy(tx, r.ID)
		if err != nil {
			return err
		}
		begun := r.MayGuide() != nil
		if g.Member == "" || g.Reads(f) || !g.Reads(before) || begun && !g.Outside || r.Phase == practice.PhaseClosed || r.Phase == practice.PhaseOff {
			continue
		}
		err = errors.Join(endGuide(tx, f, r, g), tellScriptLeads(tx, f, r, g), tellLedNoMore(tx, f, r, g))
		if begun {
			err = errors.Join(err, keepLed(tx, g.Guide))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
