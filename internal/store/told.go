package store

import (
	"strings"

	"debrief/internal/practice"
)

// TellChange tells those of whom the procedure says so that it has a new version: people,
// and everybody in a team. Whoever made it knows; nobody knows who did in a room.
func (tx *Tx) TellChange(id practice.ProcedureID, number int, by practice.MemberID) error {
	a, err := tx.Authority(id)
	if err != nil || len(a.Told) == 0 {
		return err
	}
	p, err := tx.Procedure(id)
	if err != nil {
		return err
	}
	people, err := tx.hereOf(a.Told)
	if err != nil {
		return err
	}
	for _, m := range people {
		if m.ID == by {
			continue
		}
		n := practice.Notice{Member: m.ID, Code: "notice.told", Link: practice.VersionPath(p.Slug, number), Args: practice.Args{"procedure": p.Title}}
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	return nil
}

// TellLearned tells the same people what a gap changed, once its room has closed: until
// then it can be taken back.
func (tx *Tx) TellLearned(g practice.Gap) error {
	if g.Route.Kind != practice.RouteStep {
		return nil
	}
	made, err := scanRevision(tx.row(`SELECT `+revisionColumns+`, markdown FROM revision WHERE gap = $1 AND reason = $2
		ORDER BY at DESC, number DESC LIMIT 1`, g.ID, practice.ReasonLearning))
	if err != nil {
		return err
	}
	return tx.TellChange(made.Procedure, made.Number, "")
}

// hereOf are the people behind ids of people and teams, each once, as far as they are here.
func (tx *Tx) hereOf(ids []string) (all []practice.Member, err error) {
	had := map[practice.MemberID]bool{}
	for _, id := range ids {
		var some []practice.Member
		if strings.HasPrefix(id, "tea_") {
			some, err = tx.MembersOf(practice.TeamID(id))
		} else {
			var m practice.Member
			m, err = tx.Member(practice.MemberID(id))
			some = append(some, m)
		}
		if err != nil {
			return nil, err
		}
		for _, m := range some {
			if m.Belongs() && !had[m.ID] {
				had[m.ID] = true
				all = append(all, m)
			}
		}
	}
	return all, nil
}

// TellProposed tells those who change a procedure that somebody proposes a change.
func (tx *Tx) TellProposed(p practice.Procedure, id practice.ProposedID) error {
	a, err := tx.Authority(p.ID)
	if err != nil {
		return err
	}
	for _, m := range a.Who(p) {
		n := practice.Notice{Member: m, Code: "notice.proposed", Link: practice.ProposedPath(p.Slug, id), Args: practice.Args{"procedure": p.Title}}
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	return nil
}
