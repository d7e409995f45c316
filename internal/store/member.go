package store

import (
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// AddMember makes a person known. It returns a conflict where the name is
// taken: two people the app cannot tell apart could not be told apart by the
// team either.
func (tx *Tx) AddMember(m practice.Member) error {
	n, err := tx.exec(`INSERT INTO member (id, name, folded, active, steward, records, guest, passphrase) VALUES ($1, $2, $3, $4, $5, $6, $7, '')
		ON CONFLICT (folded) DO NOTHING`, m.ID, m.Name, practice.FoldName(m.Name), m.Active, m.Steward, m.Records, m.Guest)
	if err != nil {
		return fmt.Errorf("add member: %w", err)
	}
	if n == 0 {
		return practice.Refuse(practice.Conflict, "member.known").At("name").With("name", m.Name)
	}
	return tx.saveTies(m)
}

// SaveMember changes a person: name, hat, teams, whom they lead.
func (tx *Tx) SaveMember(m practice.Member) error {
	var other int
	folded := practice.FoldName(m.Name)
	if err := tx.row(`SELECT count(*) FROM member WHERE folded = $1 AND id <> $2`, folded, m.ID).Scan(&other); err != nil {
		return err
	}
	if other > 0 {
		return practice.Refuse(practice.Conflict, "member.known").At("name").With("name", m.Name)
	}
	n, err := tx.exec(`UPDATE member SET name = $2, folded = $3, active = $4, steward = $5, records = $6, guest = $7 WHERE id = $1`,
		m.ID, m.Name, folded, m.Active, m.Steward, m.Records, m.Guest)
	if err := found(n, err, "save member"); err != nil {
		return err
	}
	return tx.saveTies(m)
}

// saveTies writes teams and leads anew.
func (tx *Tx) saveTies(m practice.Member) error {
	if _, err := tx.exec(`DELETE FROM membership WHERE member = $1`, m.ID); err != nil {
		return fmt.Errorf("save teams of a member: %w", err)
	}
	for _, t := range m.Teams {
		if _, err := tx.exec(`INSERT INTO membership (team, member) VALUES ($1, $2)`, t, m.ID); err != nil {
			return fmt.Errorf("save teams of a member: %w", err)
		}
	}
	if err := tx.leaveTurns(m); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM leads WHERE leader = $1`, m.ID); err != nil {
		return fmt.Errorf("save whom a member leads: %w", err)
	}
	for _, led := range m.Leads {
		if _, err := tx.exec(`INSERT INTO leads (leader, member) VALUES ($1, $2)`, m.ID, led); err != nil {
			return fmt.Errorf("save whom a member leads: %w", err)
		}
	}
	return nil
}

// Member returns a person with their teams and whom they lead.
func (tx *Tx) Member(id practice.MemberID) (practice.Member, error) {
	return tx.withTies(scanMember(tx.row(`SELECT id, name, active, steward, records, guest, folded = id FROM member WHERE id = $1`, id)))
}

// MemberByName returns a person by a name typed with whatever capitals, or by a part
// of it that means nobody else: see [practice.Calls].
func (tx *Tx) MemberByName(name string) (practice.Member, error) {
	folded := practice.FoldName(name)
	called, err := list(tx, scanMember, `SELECT id, name, active, steward, records, guest, folded = id FROM member
		WHERE folded = $1 OR folded LIKE '%)' ORDER BY CASE WHEN folded = $1 THEN 0 ELSE 1 END, id`, folded)
	if err != nil {
		return practice.Member{}, err
	}
	if len(called) > 0 && practice.FoldName(called[0].Name) == folded {
		return tx.withTies(called[0], nil)
	}
	called = slices.DeleteFunc(called, func(m practice.Member) bool { return !practice.Calls(m.Name, folded) })
	if len(called) != 1 {
		return practice.Member{}, practice.ErrNotFound
	}
	return tx.withTies(called[0], nil)
}

func (tx *Tx) withTies(m practice.Member, err error) (practice.Member, error) {
	if err != nil {
		return m, err
	}
	if m.Teams, err = list(tx, scanText[practice.TeamID], `SELECT team FROM membership WHERE member = $1 ORDER BY team`, m.ID); err != nil {
		return m, err
	}
	m.Leads, err = list(tx, scanText[practice.MemberID], `SELECT member FROM leads WHERE leader = $1 ORDER BY member`, m.ID)
	return m, err
}

// Members returns everybody the organisation knows or knew, by name.
func (tx *Tx) Members() ([]practice.Member, error) {
	return tx.members(`SELECT id, name, active, steward, records, guest, folded = id FROM member ORDER BY folded`)
}

// MembersOf returns the active people of a team, by name.
func (tx *Tx) MembersOf(team practice.TeamID) ([]practice.Member, error) {
	return tx.members(`SELECT m.id, m.name, m.active, m.steward, m.records, m.guest, m.folded = m.id FROM member m JOIN membership s ON s.member = m.id
		WHERE s.team = $1 AND m.active ORDER BY m.folded`, team)
}

// members reads people and then the ties of all of them at once, so that a
// list costs three statements however long it is.
func (tx *Tx) members(query string, args ...any) ([]practice.Member, error) {
	people, err := list(tx, scanMember, query, args...)
	if err != nil {
		return nil, err
	}
	place := map[practice.MemberID]*practice.Member{}
	for i := range people {
		place[people[i].ID] = &people[i]
	}
	teams, err := list(tx, scanPair, `SELECT member, team FROM membership ORDER BY team`)
	if err != nil {
		return nil, err
	}
	for _, p := range teams {
		if m := place[practice.MemberID(p[0])]; m != nil {
			m.Teams = append(m.Teams, practice.TeamID(p[1]))
		}
	}
	leads, err := list(tx, scanPair, `SELECT leader, member FROM leads ORDER BY member`)
	if err != nil {
		return nil, err
	}
	for _, p := range leads {
		if m := place[practice.MemberID(p[0])]; m != nil {
			m.Leads = append(m.Leads, practice.MemberID(p[1]))
		}
	}
	return people, nil
}

// Passphrase returns the hash of a person's passphrase, or nothing where they
// have none.
func (tx *Tx) Passphrase(id practice.MemberID) (string, error) {
	return scanText[string](tx.row(`SELECT passphrase FROM member WHERE id = $1`, id))
}

// SavePassphrase keeps the hash of a passphrase; an empty one takes it away.
func (tx *Tx) SavePassphrase(id practice.MemberID, hash string) error {
	n, err := tx.exec(`UPDATE member SET passphrase = $2 WHERE id = $1`, id, hash)
	return found(n, err, "save passphrase")
}

func scanMember(r scanner) (m practice.Member, err error) {
	err = r.Scan(&m.ID, &m.Name, &m.Active, &m.Steward, &m.Records, &m.Guest, &m.Erased)
	return m, err
}

func scanText[T ~string](r scanner) (s T, err error) {
	err = r.Scan(&s)
	return s, err
}

func scanPair(r scanner) (p [2]string, err error) {
	err = r.Scan(&p[0], &p[1])
	return p, err
}

// Holdings returns what waits for a person: promises they carry, procedures
// they own or are to sign off, reviews they called, failures they are to decide
// about and to call for. The reader is told their numbers where they are
// restricted to others.
func (tx *Tx) Holdings(id, reader practice.MemberID) ([]practice.Holding, error) {
	or := func(text string) string {
		return `CASE WHEN ` + tx.readBy(2) + ` THEN ` + text + ` ELSE 'F-' || failure.number END`
	}
	return list(tx, func(r scanner) (h practice.Holding, err error) {
		err = r.Scan(&h.Kind, &h.ID, &h.Team, &h.Title, &h.To)
		return h, err
	}, `SELECT 'carry', c.id, c.team, `+or("c.act")+`, '/f/' || failure.number || '/record'
			FROM carry c JOIN failure ON failure.id = c.failure
			WHERE c.carrier = $1 AND (c.state = 'accepted' OR c.state = 'offered' AND c.named_at > 0)
		UNION ALL SELECT 'procedure', id, coalesce(team, ''), title, '/p/' || slug FROM procedure WHERE owner = $1 AND retired_at = 0
		UNION ALL SELECT 'signoff', id, coalesce(team, ''), title, '/p/' || slug FROM procedure
			WHERE sign_by = $1 AND signed_at = 0 AND retired_at = 0
		UNION ALL SELECT 'review', r.id, failure.team, `+or("failure.title")+`, '/f/' || failure.number
			FROM review r JOIN failure ON failure.id = r.failure
			WHERE r.lead = $1 AND r.closed_at = 0
		UNION ALL SELECT 'failure', id, team, `+or("title")+`, '/f/' || number FROM failure
			WHERE convener = $1 AND triage IN ('new', 'significant') AND standing = 'reported'`, id, reader)
}
