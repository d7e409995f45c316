package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"debrief/internal/practice"
)

const partyColumns = `id, name, outside, days, version`

func scanParty(r scanner) (p practice.Party, err error) {
	return p, r.Scan(&p.ID, &p.Name, &p.Outside, &p.Days, &p.Version)
}

// Parties returns the groups whom procedures affect, by name.
func (tx *Tx) Parties() ([]practice.Party, error) {
	all, err := list(tx, scanParty, `SELECT `+partyColumns+` FROM party ORDER BY folded, id`)
	for i := range all {
		err = errors.Join(err, tx.fillParty(&all[i]))
	}
	return all, err
}

// Party returns one group.
func (tx *Tx) Party(id practice.PartyID) (practice.Party, error) {
	p, err := scanParty(tx.row(`SELECT `+partyColumns+` FROM party WHERE id = $1`, id))
	if err != nil {
		return p, err
	}
	return p, tx.fillParty(&p)
}

// fillParty reads who belongs to a group, and who spoke for it.
func (tx *Tx) fillParty(p *practice.Party) (err error) {
	if p.Members, err = list(tx, scanText[practice.MemberID], `SELECT member FROM party_member WHERE party = $1 ORDER BY member`, p.ID); err != nil {
		return err
	}
	p.Voices, err = list(tx, func(r scanner) (v practice.Voice, err error) {
		return v, r.Scan(&v.Member, at{&v.At}, &v.How)
	}, `SELECT member, at, how FROM voice WHERE party = $1 ORDER BY place`, p.ID)
	return err
}

// PartiesOf returns the groups that somebody belongs to, or spoke for.
func (tx *Tx) PartiesOf(m practice.MemberID) ([]practice.PartyID, error) {
	return list(tx, scanText[practice.PartyID], `SELECT party FROM party_member WHERE member = $1
		UNION SELECT party FROM voice WHERE member = $1 ORDER BY party`, m)
}

// AddParty keeps a group that is new. One of that name is there already: then it is that
// one ("party.known").
func (tx *Tx) AddParty(p practice.Party) (practice.Party, error) {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	known, err := tx.PartyNamed(p.Name)
	if err == nil {
		return known, practice.Refuse(practice.Conflict, "party.known").At("name").With("name", known.Name)
	}
	if !errors.Is(err, practice.ErrNotFound) {
		return p, err
	}
	p.ID, p.Version = practice.PartyID(tx.NewID("pty")), 1
	_, err = tx.exec(`INSERT INTO party (id, name, folded, outside, days, version) VALUES ($1, $2, $3, $4, $5, $6)`,
		p.ID, p.Name, practice.FoldName(p.Name), p.Outside, p.Days, p.Version)
	if err != nil {
		return p, fmt.Errorf("add group: %w", err)
	}
	return p, tx.people(p)
}

// PartyNamed returns the group of a name.
func (tx *Tx) PartyNamed(name string) (practice.Party, error) {
	id, err := scanText[practice.PartyID](tx.row(`SELECT id FROM party WHERE folded = $1`, practice.FoldName(name)))
	if err != nil {
		return practice.Party{}, err
	}
	return tx.Party(id)
}

// SaveParty writes a group back over the version it was read at.
func (tx *Tx) SaveParty(p practice.Party) error {
	n, err := tx.exec(`UPDATE party SET name = $3, folded = $4, outside = $5, days = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Name, practice.FoldName(p.Name), p.Outside, p.Days)
	if err != nil {
		return fmt.Errorf("save group: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return tx.people(p)
}

// people writes who belongs to a group and who spoke for it.
func (tx *Tx) people(p practice.Party) error {
	if err := tx.remove(p.ID, `DELETE FROM party_member WHERE party = $1`, `DELETE FROM voice WHERE party = $1`); err != nil {
		return err
	}
	for _, m := range p.Members {
		if _, err := tx.exec(`INSERT INTO party_member (party, member) VALUES ($1, $2) ON CONFLICT (party, member) DO NOTHING`, p.ID, m); err != nil {
			return fmt.Errorf("save a group's people: %w", err)
		}
	}
	for i, v := range p.Voices {
		if _, err := tx.exec(`INSERT INTO voice (party, place, member, at, how) VALUES ($1, $2, $3, $4, $5)`, p.ID, i, v.Member, v.At, v.How); err != nil {
			return fmt.Errorf("save who speaks for a group: %w", err)
		}
	}
	return nil
}

// What somebody has to do with a procedure.
const (
	doesChange = "change"
	doesAsked  = "asked"
	doesTold   = "told"
)

// Authority returns who has a say about a procedure. Whoever is no longer in its team no
// longer changes it: where nobody is left, the team does.
func (tx *Tx) Authority(p practice.ProcedureID) (practice.Authority, error) {
	a := practice.Authority{Procedure: p}
	all, err := list(tx, func(r scanner) (one [2]string, err error) {
		return one, r.Scan(&one[0], &one[1])
	}, `SELECT does, who FROM authority WHERE procedure = $1 AND left_at = 0 AND (does <> 'change' OR who IN (SELECT member.id FROM member
		JOIN membership ON membership.member = member.id JOIN procedure ON procedure.team = membership.team
		WHERE procedure.id = $1 AND member.active)) ORDER BY does, who`, p)
	for _, one := range all {
		switch one[0] {
		case doesChange:
			a.May = append(a.May, practice.MemberID(one[1]))
		case doesAsked:
			a.Asked = append(a.Asked, practice.PartyID(one[1]))
		case doesTold:
			a.Told = append(a.Told, one[1])
		}
	}
	return a, err
}

// SaveAuthority writes it back. Of a group that no longer stands there it keeps when it left.
func (tx *Tx) SaveAuthority(a practice.Authority) error {
	if err := tx.remove(a.Procedure, `DELETE FROM authority WHERE procedure = $1 AND does <> 'asked'`); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE authority SET left_at = $2 WHERE procedure = $1 AND left_at = 0`, a.Procedure, tx.now); err != nil {
		return fmt.Errorf("save authority: %w", err)
	}
	add := func(does, who string) error {
		_, err := tx.exec(`INSERT INTO authority (procedure, does, who, left_at) VALUES ($1, $2, $3, 0)
			ON CONFLICT (procedure, does, who) DO UPDATE SET left_at = 0`, a.Procedure, does, who)
		if err != nil {
			return fmt.Errorf("save authority: %w", err)
		}
		return nil
	}
	var errs []error
	for _, who := range a.May {
		errs = append(errs, add(doesChange, string(who)))
	}
	for _, who := range a.Asked {
		errs = append(errs, add(doesAsked, string(who)))
	}
	for _, who := range a.Told {
		errs = append(errs, add(doesTold, who))
	}
	return errors.Join(errs...)
}

// StillAsked returns the groups that were taken off the list of a procedure and are asked all
// the same, by name, with the moment until which they are.
func (tx *Tx) StillAsked(id practice.ProcedureID) ([]practice.Left, error) {
	p, err := tx.Procedure(id)
	if err != nil {
		return nil, err
	}
	team := practice.Team{}
	if p.Team != "" {
		if team, err = tx.Team(p.Team); err != nil {
			return nil, err
		}
	}
	all, err := list(tx, func(r scanner) (l practice.Left, err error) {
		return l, r.Scan(&l.Party, &l.Name, at{&l.Until})
	}, `SELECT party.id, party.name, authority.left_at FROM authority JOIN party ON party.id = authority.who
		WHERE authority.procedure = $1 AND authority.does = 'asked' AND authority.left_at > 0 ORDER BY party.folded, party.id`, id)
	for i := range all {
		all[i].Until = team.AsksUntil(all[i].Until)
	}
	return slices.DeleteFunc(all, func(l practice.Left) bool { return !tx.now.Before(l.Until) }), err
}

// Affects returns the procedures that affect a group.
func (tx *Tx) Affects(id practice.PartyID) ([]practice.Procedure, error) {
	return list(tx, scanProcedure, `SELECT `+procedureColumns+` FROM procedure WHERE retired_at = 0
		AND id IN (SELECT procedure FROM authority WHERE does = 'asked' AND left_at = 0 AND who = $1) ORDER BY title, id`, id)
}

// AddCheck keeps that a change adds a check on the people of a group.
func (tx *Tx) AddCheck(p practice.ProcedureID, g practice.GapID, revision int, on practice.PartyID) error {
	_, err := tx.exec(`INSERT INTO people_check (id, procedure, gap, revision, party) VALUES ($1, $2, $3, $4, $5)`,
		tx.NewID("chk"), p, g, revision, on)
	if err != nil {
		return fmt.Errorf("keep a check on people: %w", err)
	}
	return nil
}

// CheckOf returns the group on whom the change that a gap led to adds a check; empty
// where it adds none.
func (tx *Tx) CheckOf(g practice.GapID) (practice.PartyID, error) {
	id, err := scanText[practice.PartyID](tx.row(`SELECT party FROM people_check WHERE gap = $1 ORDER BY id LIMIT 1`, g))
	if errors.Is(err, practice.ErrNotFound) {
		return "", nil
	}
	return id, err
}

// Checks returns which versions of a procedure added a check, and on whom.
func (tx *Tx) Checks(p practice.ProcedureID) (map[int]string, error) {
	on := map[int]string{}
	_, err := list(tx, func(r scanner) (n int, err error) {
		var name string
		err = r.Scan(&n, &name)
		on[n] = name
		return n, err
	}, `SELECT people_check.revision, party.name FROM people_check JOIN party ON party.id = people_check.party
		WHERE people_check.procedure = $1 AND people_check.revision > 0 ORDER BY people_check.id`, p)
	return on, err
}

// leaveGroups takes somebody out of the groups, and of who has a say about what.
func (tx *Tx) leaveGroups(m practice.MemberID) error {
	return tx.remove(m, `DELETE FROM party_member WHERE member = $1`, `DELETE FROM authority WHERE who = $1`)
}
