package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

const procedureColumns = `id, slug, coalesce(team, ''), title, coalesce(owner, ''), revision, coalesce(sign_by, ''), sign_until, signed_at, retired_at`

// AddProcedure keeps a procedure; its first revision follows with
// [Tx.AddRevision].
func (tx *Tx) AddProcedure(p practice.Procedure) error {
	_, err := tx.exec(`INSERT INTO procedure (id, slug, team, title, owner, revision, sign_by, sign_until, signed_at, retired_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		p.ID, p.Slug, orNull(p.Team), p.Title, orNull(p.Owner), p.Revision, orNull(p.SignOff.By), p.SignOff.Until, p.SignOff.At, p.RetireAt)
	if err != nil {
		return fmt.Errorf("add procedure: %w", err)
	}
	return nil
}

// Procedure returns a procedure by its id.
func (tx *Tx) Procedure(id practice.ProcedureID) (practice.Procedure, error) {
	return scanProcedure(tx.row(`SELECT `+procedureColumns+` FROM procedure WHERE id = $1`, id))
}

// ProcedureBySlug returns a procedure by the name in its address.
func (tx *Tx) ProcedureBySlug(slug string) (practice.Procedure, error) {
	return scanProcedure(tx.row(`SELECT `+procedureColumns+` FROM procedure WHERE slug = $1`, slug))
}

// Procedures returns the procedures in use, by title.
func (tx *Tx) Procedures() ([]practice.Procedure, error) {
	return list(tx, scanProcedure, `SELECT `+procedureColumns+` FROM procedure WHERE retired_at = 0 ORDER BY title, id`)
}

// SaveProcedure writes a procedure back. It returns [practice.ErrChanged]
// where the revision in use is no longer was.
func (tx *Tx) SaveProcedure(p practice.Procedure, was int) error {
	n, err := tx.exec(`UPDATE procedure SET title = $3, owner = $4, revision = $5, sign_by = $6, sign_until = $7, signed_at = $8, retired_at = $9,
			team = $10
		WHERE id = $1 AND revision = $2`,
		p.ID, was, p.Title, orNull(p.Owner), p.Revision, orNull(p.SignOff.By), p.SignOff.Until, p.SignOff.At, p.RetireAt, orNull(p.Team))
	if err != nil {
		return fmt.Errorf("save procedure: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

func scanProcedure(r scanner) (practice.Procedure, error) {
	var p practice.Procedure
	err := r.Scan(&p.ID, &p.Slug, &p.Team, &p.Title, &p.Owner, &p.Revision,
		&p.SignOff.By, at{&p.SignOff.Until}, at{&p.SignOff.At}, at{&p.RetireAt})
	return p, err
}

const revisionColumns = `procedure, number, at, reason, coalesce(gap, ''), source, from_at, steps`

// AddRevision keeps one version of a procedure, every word of it.
func (tx *Tx) AddRevision(r practice.Revision) error {
	_, err := tx.exec(`INSERT INTO revision (procedure, number, markdown, at, reason, gap, source, from_at, steps)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.Procedure, r.Number, r.Markdown, r.At, r.Reason, orNull(r.Gap), r.Source, r.From, jsonOf(r.Steps))
	if err != nil {
		return fmt.Errorf("add revision: %w", err)
	}
	return nil
}

// Revision returns one version of a procedure.
func (tx *Tx) Revision(p practice.ProcedureID, number int) (practice.Revision, error) {
	return scanRevision(tx.row(`SELECT `+revisionColumns+`, markdown FROM revision WHERE procedure = $1 AND number = $2`, p, number))
}

// Revisions returns every version of a procedure, the latest first, without
// its Markdown: there may be hundreds.
func (tx *Tx) Revisions(p practice.ProcedureID) ([]practice.Revision, error) {
	return list(tx, scanRevision, `SELECT `+revisionColumns+`, '' FROM revision WHERE procedure = $1 ORDER BY number DESC`, p)
}

func scanRevision(r scanner) (practice.Revision, error) {
	var v practice.Revision
	err := r.Scan(&v.Procedure, &v.Number, at{&v.At}, &v.Reason, &v.Gap, &v.Source, at{&v.From}, fromJSON{&v.Steps}, &v.Markdown)
	return v, err
}

// Use remembers which revision a person looked at, and returns the one before;
// 0 where they never did.
func (tx *Tx) Use(m practice.MemberID, p practice.ProcedureID, revision int) (int, error) {
	was, err := tx.Used(m, p)
	if err != nil || was == revision {
		return was, err
	}
	_, err = tx.exec(`INSERT INTO used (member, procedure, revision) VALUES ($1, $2, $3)
		ON CONFLICT (member, procedure) DO UPDATE SET revision = excluded.revision`, m, p, revision)
	if err != nil {
		return was, fmt.Errorf("remember use: %w", err)
	}
	return was, nil
}

// Used returns the revision a person last looked at, or 0.
func (tx *Tx) Used(m practice.MemberID, p practice.ProcedureID) (int, error) {
	var n int
	err := tx.row(`SELECT coalesce(max(revision), 0) FROM used WHERE member = $1 AND procedure = $2`, m, p).Scan(&n)
	return n, err
}

// Outdated is a procedure that has changed since a person last looked at it.
type Outdated struct {
	practice.Procedure
	UsedAt int // the revision they looked at
}

// Outdated returns the procedures in use that have changed since a person last
// looked at them, by title.
func (tx *Tx) Outdated(m practice.MemberID) ([]Outdated, error) {
	all, err := list(tx, func(r scanner) (Outdated, error) {
		var o Outdated
		err := r.Scan(&o.ID, &o.UsedAt)
		return o, err
	}, `SELECT procedure.id, used.revision FROM used
		JOIN procedure ON procedure.id = used.procedure AND procedure.revision > used.revision AND procedure.retired_at = 0
		WHERE used.member = $1 ORDER BY procedure.title, procedure.id`, m)
	for i := range all {
		if all[i].Procedure, err = tx.Procedure(all[i].ID); err != nil {
			return nil, err
		}
	}
	return all, err
}

// HadMarkdown returns the number of the latest version of a procedure that
// said exactly this, or 0.
func (tx *Tx) HadMarkdown(p practice.ProcedureID, markdown string) (int, error) {
	var n int
	err := tx.row(`SELECT coalesce(max(number), 0) FROM revision WHERE procedure = $1 AND markdown = $2`, p, markdown).Scan(&n)
	return n, err
}

// Shelved is a procedure as it stands in a list.
type Shelved struct {
	practice.Procedure
	Steps     int
	Failures  int // behind its steps
	ChangedAt time.Time
}

// OnShelf is how many procedures are in use, boundaries stand and findings were
// written down.
type OnShelf struct{ Procedures, Constraints, Findings, Assumptions int }

// OnShelf counts what stands in the manual.
func (tx *Tx) OnShelf() (on OnShelf, err error) {
	return on, tx.row(`SELECT (SELECT count(*) FROM procedure WHERE retired_at = 0),
		(SELECT count(*) FROM boundary WHERE withdrawn_at = 0), (SELECT count(*) FROM finding), (SELECT count(*) FROM assumption)`).
		Scan(&on.Procedures, &on.Constraints, &on.Findings, &on.Assumptions)
}

// Shelf returns the procedures in use, by title.
func (tx *Tx) Shelf() ([]Shelved, error) {
	ps, err := tx.Procedures()
	if err != nil {
		return nil, err
	}
	type count struct {
		of       practice.ProcedureID
		steps, n int
		at       time.Time
	}
	counts, err := list(tx, func(r scanner) (c count, err error) {
		return c, r.Scan(&c.of, &c.steps, &c.n, at{&c.at})
	}, `SELECT procedure.id,
			(SELECT count(*) FROM step WHERE step.procedure = procedure.id AND step.retired = 0),
			(SELECT count(DISTINCT scar.failure) FROM scar JOIN step ON step.id = scar.step
				WHERE step.procedure = procedure.id AND (step.retired = 0 OR step.became <> '')),
			(SELECT revision.at FROM revision WHERE revision.procedure = procedure.id AND revision.number = procedure.revision)
		FROM procedure WHERE procedure.retired_at = 0`)
	if err != nil {
		return nil, err
	}
	by := map[practice.ProcedureID]count{}
	for _, c := range counts {
		by[c.of] = c
	}
	out := make([]Shelved, len(ps))
	for i, p := range ps {
		c := by[p.ID]
		out[i] = Shelved{Procedure: p, Steps: c.steps, Failures: c.n, ChangedAt: c.at}
	}
	return out, nil
}
