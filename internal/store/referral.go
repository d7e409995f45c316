package store

import (
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

const receiverColumns = `member, mail, at, until_at, says, why, said_at`

func scanReceiver(row scanner) (r practice.Receiver, err error) {
	return r, row.Scan(&r.To, &r.Mail, at{&r.At}, at{&r.Until}, &r.Says, &r.Why, at{&r.SaidAt})
}

// Referral returns to whom a gap was handed, one after the other.
func (tx *Tx) Referral(g practice.GapID) (practice.Referral, error) {
	all, err := list(tx, scanReceiver, `SELECT `+receiverColumns+` FROM referral WHERE gap = $1 ORDER BY place`, g)
	if err == nil && len(all) == 0 {
		err = practice.ErrNotFound
	}
	return practice.Referral{Gap: g, Asked: all}, err
}

// AddReferral keeps whom a room hands a gap to. They are asked once its review closes.
func (tx *Tx) AddReferral(g practice.GapID, r practice.Receiver) error {
	return tx.addReceiver(g, 0, r)
}

func (tx *Tx) addReceiver(g practice.GapID, place int, r practice.Receiver) error {
	n, err := tx.exec(`INSERT INTO referral (gap, place, `+receiverColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
		g, place, r.To, r.Mail, r.At, r.Until, r.Says, r.Why, r.SaidAt)
	if err != nil {
		return fmt.Errorf("keep whom a gap is handed to: %w", err)
	}
	if n == 0 { // somebody else handed it on in this moment
		return practice.ErrChanged
	}
	return nil
}

// RemoveReferral takes back that a gap was handed to somebody, before its review closed.
func (tx *Tx) RemoveReferral(g practice.GapID) error {
	return tx.remove(g, `DELETE FROM referral WHERE gap = $1`)
}

// BeginReferrals asks those to whom a review that closes hands a gap, and returns these
// gaps. What was sorted anew since leads elsewhere and asks nobody.
func (tx *Tx) BeginReferrals(r practice.ReviewID) ([]practice.GapID, error) {
	const of = ` FROM gap WHERE review = $1 AND route `
	if _, err := tx.exec(`DELETE FROM referral WHERE gap IN (SELECT id`+of+`<> $2)`, r, practice.RouteReferral); err != nil {
		return nil, fmt.Errorf("begin referrals: %w", err)
	}
	_, err := tx.exec(`UPDATE referral SET at = $3, until_at = $4 WHERE at = 0 AND gap IN (SELECT id`+of+`= $2)`,
		r, practice.RouteReferral, tx.now, tx.now.Add(practice.ReferralTerm))
	if err != nil {
		return nil, fmt.Errorf("begin referrals: %w", err)
	}
	return list(tx, scanText[practice.GapID], `SELECT id`+of+`= $2 ORDER BY place, id`, r, practice.RouteReferral)
}

// SaveReferral writes back what became of a question that was read as was. Of two who are
// at it at once the slower gets [practice.ErrChanged].
func (tx *Tx) SaveReferral(r, was practice.Referral) error {
	last := len(was.Asked) - 1
	if said := r.Asked[last]; said.Says != was.Asked[last].Says {
		n, err := tx.exec(`UPDATE referral SET says = $3, why = $4, said_at = $5 WHERE gap = $1 AND place = $2 AND says = ''`,
			r.Gap, last, said.Says, said.Why, said.SaidAt)
		if err != nil {
			return fmt.Errorf("keep what a receiver said: %w", err)
		}
		if n == 0 {
			return practice.ErrChanged
		}
	}
	var there int
	if err := tx.row(`SELECT count(*) FROM referral WHERE gap = $1`, r.Gap).Scan(&there); err != nil {
		return err
	}
	if there != len(was.Asked) {
		return practice.ErrChanged
	}
	for i, next := range r.Asked[len(was.Asked):] {
		if err := tx.addReceiver(r.Gap, len(was.Asked)+i, next); err != nil {
			return err
		}
	}
	return nil
}

// ReferralsOf returns the gaps that teams handed to somebody, and those handed to one
// person, the last first. What was only practised asks nobody.
func (tx *Tx) ReferralsOf(teams []practice.TeamID, m practice.MemberID) ([]practice.GapID, error) {
	return list(tx, scanText[practice.GapID], `SELECT gap FROM referral WHERE at > 0 AND (member = $1 OR gap IN (SELECT gap.id FROM gap
			JOIN review ON review.id = gap.review JOIN failure ON failure.id = review.failure WHERE failure.team IN `+tx.among(2)+`))
		GROUP BY gap ORDER BY max(at) DESC, gap`, m, jsonOf(append([]practice.TeamID{}, teams...)))
}

// ReferralsWaiting returns the gaps that wait for one person's answer, and those of some
// teams that nobody answered in time, the longest first.
func (tx *Tx) ReferralsWaiting(teams []practice.TeamID, m practice.MemberID) ([]practice.GapID, error) {
	return list(tx, scanText[practice.GapID], `SELECT gap FROM referral WHERE at > 0 AND says = '' AND (member = $1 OR until_at <= $3 AND gap IN (SELECT gap.id FROM gap
			JOIN review ON review.id = gap.review JOIN failure ON failure.id = review.failure WHERE failure.team IN `+tx.among(2)+`))
		ORDER BY at, gap`, m, jsonOf(append([]practice.TeamID{}, teams...)), tx.now)
}

// JobReferral looks at a gap that was handed over when the term of who is asked is over.
const JobReferral = "referral.due"

// AskReceiver asks whoever is asked now to take a gap of a team on, and has it looked at
// when their term is over. Somebody outside gets a link by hand.
func (tx *Tx) AskReceiver(r practice.Referral, team practice.Team) error {
	last := r.Last()
	due := tx.Enqueue(JobReferral, last.Until, practice.Args{"gap": r.Gap})
	if last.Mail != "" {
		return due
	}
	return errors.Join(due, tx.Tell(practice.Notice{Member: last.To, Code: "notice.referral", Link: practice.ReferralPath(r.Gap),
		Args: practice.Args{"team": team.Name, "at": last.Until.UnixMicro()}}, ""))
}

// TellReferrer tells those of the team that handed a gap over who read the failure.
func (tx *Tx) TellReferrer(g practice.GapID, n practice.Notice) error {
	f, err := scanFailure(tx.row(`SELECT `+failureColumns+` FROM failure WHERE id = (SELECT review.failure FROM review JOIN gap ON gap.review = review.id
		WHERE gap.id = $1)`, g))
	if err != nil {
		return err
	}
	people, err := tx.MembersOf(f.Team)
	if err != nil {
		return err
	}
	n.Link = practice.ReferralPath(g)
	for _, m := range people {
		if !m.Belongs() || f.Restricted() && !slices.Contains(f.Only, m.ID) {
			continue
		}
		n.Member = m.ID
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	return nil
}

// EndReferralPasses takes back the links about a gap but those of one person.
func (tx *Tx) EndReferralPasses(g practice.GapID, but practice.MemberID) error {
	_, err := tx.exec(`DELETE FROM pass WHERE use = $1 AND about = $2 AND member <> $3`, practice.PassReferral, g, but)
	if err != nil {
		return fmt.Errorf("end passes: %w", err)
	}
	return nil
}

// Receiver is whom a typed name means to hand a gap to: somebody with an account, or
// somebody outside who is known by that name from then on.
func (tx *Tx) Receiver(n practice.NewReceiver) (practice.Receiver, error) {
	if err := practice.CheckName(n.Name); err != nil {
		return practice.Receiver{}, practice.Refuse(practice.Invalid, "referral.who").At("name")
	}
	m, err := tx.MemberByName(n.Name)
	switch {
	case err == nil && !m.Guest && m.Active:
		return practice.Receiver{To: m.ID}, nil
	case err == nil && !m.Guest:
		return practice.Receiver{}, practice.Refuse(practice.Invalid, "referral.gone").At("name").With("name", m.Name)
	case err != nil && !errors.Is(err, practice.ErrNotFound):
		return practice.Receiver{}, err
	case n.Mail == "":
		return practice.Receiver{}, practice.Refuse(practice.Invalid, "referral.outside").At("mail").With("name", n.Name)
	}
	address, err := n.Address()
	if err != nil {
		return practice.Receiver{}, err
	}
	m, err = tx.Guest(n.Name)
	return practice.Receiver{To: m.ID, Mail: address}, err
}
