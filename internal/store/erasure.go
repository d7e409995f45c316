package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"debrief/internal/practice"
)

// EraseMember takes out of the database who somebody was. Their row stays for
// what points at it, without a name that anybody chose; what they reported is
// nobody's. It is remembered, so that it can be done again to an older copy.
func (tx *Tx) EraseMember(e practice.Erasure) error {
	name, err := scanText[string](tx.row(`SELECT name FROM member WHERE id = $1`, e.Member))
	if err != nil {
		return err
	}
	if err := tx.renameInNotices(name, e); err != nil {
		return err
	}
	if err := errors.Join(tx.EndEverything(e.Member), tx.StopGuiding(e.Member), tx.leaveGroups(e.Member)); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM membership WHERE member = $1`,
		`DELETE FROM turn WHERE member = $1`,
		`DELETE FROM leads WHERE leader = $1 OR member = $1`,
		`DELETE FROM contact WHERE member = $1`,
		`DELETE FROM used WHERE member = $1`,
		`DELETE FROM notice WHERE member = $1`,
		`DELETE FROM dispatch WHERE member = $1`,
		`DELETE FROM told WHERE member = $1`,
		`DELETE FROM parting WHERE member = $1`,
		`DELETE FROM pass WHERE member = $1`,
		`DELETE FROM knock WHERE member = $1`,
		`DELETE FROM use_asked WHERE member = $1`,
		`DELETE FROM guardian WHERE member = $1`,
		`DELETE FROM reading_closed WHERE member = $1`,
		`UPDATE guardian SET named_by = NULL WHERE named_by = $1`,
		`UPDATE guardian SET end_by = NULL WHERE end_by = $1`,
		`DELETE FROM pulse_taken WHERE member = $1`,
		`DELETE FROM cause_taken WHERE member = $1`,
		`DELETE FROM pulse_asked WHERE member = $1`,
		`DELETE FROM pulse_circle WHERE member = $1`,
		`DELETE FROM newcomer WHERE member = $1`,
		`UPDATE newcomer SET procedure = NULL, witness = NULL, ran_day = 0 WHERE witness = $1`,
		`UPDATE knock SET let_in_by = NULL WHERE let_in_by = $1`,
		`UPDATE device SET let_in_by = NULL WHERE let_in_by = $1`,
		`UPDATE tablet SET made_by = NULL WHERE made_by = $1`,
		`UPDATE failure SET reporter = NULL, unasked_until = 0 WHERE reporter = $1`,
		`UPDATE failure SET convener = NULL WHERE convener = $1`,
		`UPDATE procedure SET owner = NULL WHERE owner = $1`,
		`UPDATE procedure SET sign_by = NULL, sign_until = 0 WHERE sign_by = $1 AND signed_at = 0`,
		`UPDATE referral SET mail = '' WHERE member = $1`,
		`UPDATE parked_conflict SET owner = NULL, yes = FALSE WHERE owner = $1`,
		`UPDATE carry SET offered = NULL WHERE offered = $1`,
		`UPDATE hold SET held_by = NULL WHERE held_by = $1`,
		`UPDATE hold SET ended_by = NULL WHERE ended_by = $1`,
	} {
		if _, err := tx.exec(statement, e.Member); err != nil {
			return fmt.Errorf("erase a member: %w", err)
		}
	}
	_, err = tx.exec(`UPDATE member SET name = $2, folded = id, active = FALSE, steward = FALSE, records = FALSE, passphrase = '' WHERE id = $1`, e.Member, e.Called)
	if err != nil {
		return fmt.Errorf("erase a member: %w", err)
	}
	return tx.erases("member", "device", "link_once", "token", "feed", "identity", "contact", "notice", "dispatch", "knock", "parting", "pass", "pulse_circle", "referral")
}

// renameInNotices puts another word where what others read names somebody.
func (tx *Tx) renameInNotices(name string, e practice.Erasure) error {
	notices, err := list(tx, scanNotice, `SELECT `+noticeColumns+` FROM notice ORDER BY id`)
	if err != nil {
		return err
	}
	for _, n := range notices {
		named := false
		for key, v := range n.Args {
			if v == name {
				n.Args[key], named = e.Called, true
			}
		}
		if !named {
			continue
		}
		if _, err := tx.exec(`UPDATE notice SET args = $2 WHERE id = $1`, n.ID, jsonOf(n.Args)); err != nil {
			return fmt.Errorf("erase a name from notices: %w", err)
		}
	}
	return nil
}

// RememberErasure keeps that somebody was erased, who may not even be here yet:
// an older copy is.
func (tx *Tx) RememberErasure(e practice.Erasure) error {
	_, err := tx.exec(`INSERT INTO erasure (member, called, day, erased_by, why) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (member) DO NOTHING`,
		e.Member, e.Called, e.Day, e.By, e.Why)
	if err != nil {
		return fmt.Errorf("remember an erasure: %w", err)
	}
	return nil
}

// Erasures returns who was erased.
func (tx *Tx) Erasures() ([]practice.Erasure, error) {
	return list(tx, func(r scanner) (e practice.Erasure, err error) {
		err = r.Scan(&e.Member, &e.Called, at{&e.Day}, &e.By, &e.Why)
		return e, err
	}, `SELECT member, called, day, erased_by, why FROM erasure ORDER BY member`)
}

// Ledger returns what stands beside the database for a copy from before.
func (tx *Tx) Ledger() (l practice.Ledger, err error) {
	if l.Erasures, err = tx.Erasures(); err != nil {
		return l, err
	}
	if l.Redactions, err = tx.Printed(); err != nil {
		return l, err
	}
	if l.Holds, err = tx.Holds(); err != nil {
		return l, err
	}
	gone, err := tx.Gone(tx.now.AddDate(0, 0, -practice.PrintDays))
	l.Gone = practice.AllGone(tx.now, gone)
	return l, err
}

// gone are the events of what somebody took back or removed.
const gone = `('failure.withdrawn', 'drill.cleared', 'fact.removed')`

// Gone returns what was taken back or removed since a moment, by the day.
func (tx *Tx) Gone(since time.Time) ([]practice.Gone, error) {
	return list(tx, func(r scanner) (g practice.Gone, err error) {
		var id string
		err = r.Scan(&id, at{&g.Day})
		return practice.Gone{Print: practice.GonePrint(id), Day: g.Day.Truncate(day)}, err
	}, `SELECT about, at FROM event WHERE kind IN `+gone+` AND at >= $1`, since)
}

// StillHere returns the reports and lines of facts that have one of these
// fingerprints.
func (tx *Tx) StillHere(prints map[string]bool) (failures []practice.FailureID, facts []practice.FactID, err error) {
	if len(prints) == 0 {
		return nil, nil, nil
	}
	if failures, err = withPrint[practice.FailureID](tx, `SELECT id FROM failure ORDER BY id`, prints); err != nil {
		return nil, nil, err
	}
	facts, err = withPrint[practice.FactID](tx, `SELECT id FROM fact ORDER BY id`, prints)
	return failures, facts, err
}

func withPrint[ID ~string](tx *Tx, query string, prints map[string]bool) ([]ID, error) {
	all, err := list(tx, scanID[ID], query)
	return slices.DeleteFunc(all, func(id ID) bool { return !prints[practice.GonePrint(string(id))] }), err
}

// Mine returns what is kept about one person under their name. Names of teams
// and of people are the caller's to add.
func (tx *Tx) Mine(m practice.MemberID) (practice.Mine, error) {
	var mine practice.Mine
	reports, err := list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure WHERE reporter = $1 ORDER BY number`, m)
	if err != nil {
		return mine, err
	}
	for _, f := range reports {
		before, err := tx.Formers(f.ID)
		if err != nil {
			return mine, err
		}
		mine.Reports = append(mine.Reports, practice.MyReport{Failure: f, Before: before})
	}
	if mine.Facts, err = list(tx, scanFact, `SELECT `+factColumns+` FROM fact WHERE author = $1 ORDER BY at, id`, m); err != nil {
		return mine, err
	}
	if mine.Rooms, err = list(tx, scanMyRoom, `SELECT failure.number, failure.title, closeness, spent,
			EXISTS (SELECT 1 FROM talk WHERE talk.review = review.id AND talk.member = $1) FROM invitation
		JOIN review ON review.id = invitation.review JOIN failure ON failure.id = review.failure
		WHERE invitation.member = $1 AND `+tx.readBy(1)+` ORDER BY failure.number`, m); err != nil {
		return mine, err
	}
	if mine.Guided, err = list(tx, scanMyGuide, `SELECT failure.number, failure.title, coalesce(guide_note.text, '') FROM guide
		JOIN review ON review.id = guide.review JOIN failure ON failure.id = review.failure LEFT JOIN guide_note ON guide_note.review = guide.review
		WHERE guide.member = $1 AND `+tx.readBy(1)+` ORDER BY failure.number`, m); err != nil {
		return mine, err
	}
	if mine.Promises, err = list(tx, scanCarry, `SELECT `+carryColumns+` FROM carry WHERE carrier = $1 ORDER BY due_at, id`, m); err != nil {
		return mine, err
	}
	mine.Procedures, err = list(tx, scanText[string], `SELECT title FROM procedure WHERE owner = $1 ORDER BY title`, m)
	if err != nil {
		return mine, err
	}
	if mine.Groups, err = list(tx, scanText[string], `SELECT name FROM party WHERE id IN (SELECT party FROM party_member WHERE member = $1
			UNION SELECT party FROM voice WHERE member = $1) ORDER BY folded, id`, m); err != nil {
		return mine, err
	}
	if err := tx.mineSaid(m, &mine); err != nil {
		return mine, err
	}
	if mine.Identities, err = tx.Identities(m); err != nil {
		return mine, err
	}
	mine.Notices, err = list(tx, scanNotice, `SELECT `+noticeColumns+` FROM notice WHERE member = $1 ORDER BY at, id`, m)
	return mine, err
}

// mineSaid reads what somebody said in rounds of groups, and of gaps they were asked to
// take on, and what they proposed.
func (tx *Tx) mineSaid(m practice.MemberID, mine *practice.Mine) error {
	var err error
	if mine.Spoken, err = list(tx, scanMySpoken, `SELECT procedure.title, consent_said.kind, consent_said.body, consent_said.at FROM consent_said
			JOIN trial ON trial.gap = consent_said.gap JOIN step ON step.id = trial.step JOIN procedure ON procedure.id = step.procedure
			WHERE consent_said.member = $1 ORDER BY consent_said.at, consent_said.id`, m); err != nil {
		return err
	}
	if mine.Referrals, err = list(tx, scanMyReferral, `SELECT failure.title, referral.says, referral.why, referral.mail, referral.at FROM referral
			JOIN gap ON gap.id = referral.gap JOIN review ON review.id = gap.review JOIN failure ON failure.id = review.failure
			WHERE referral.member = $1 AND referral.at > 0 ORDER BY referral.at, referral.gap`, m); err != nil {
		return err
	}
	mine.Proposed, err = list(tx, scanMySpoken, `SELECT procedure.title, 'proposed', proposal.body, proposal.at FROM proposal
			JOIN procedure ON procedure.id = proposal.procedure WHERE proposal.member = $1 ORDER BY proposal.at, proposal.id`, m)
	return err
}

func scanMyRoom(r scanner) (m practice.MyRoom, err error) {
	err = r.Scan(&m.Number, &m.Title, &m.Closeness, &m.There, &m.Talk)
	return m, err
}

func scanMySpoken(r scanner) (m practice.MySpoken, err error) {
	return m, r.Scan(&m.Procedure, &m.Kind, &m.Text, at{&m.At})
}

func scanMyReferral(r scanner) (m practice.MyReferral, err error) {
	return m, r.Scan(&m.Title, &m.Says, &m.Why, &m.Mail, at{&m.At})
}

func scanMyGuide(r scanner) (m practice.MyGuide, err error) {
	err = r.Scan(&m.Number, &m.Title, &m.Note)
	return m, err
}
