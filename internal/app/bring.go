package app

import (
	"context"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
)

// Brought is what became of a file that was brought in.
type Brought struct {
	Procedure practice.Procedure
	Steps     int
	Was       BroughtAs
}

// BroughtAs says what a file turned out to be.
type BroughtAs string

// What a file can be: a procedure nobody had, a new version of one, or one
// that is there already.
const (
	BroughtNew     BroughtAs = "new"
	BroughtVersion BroughtAs = "version"
	BroughtSame    BroughtAs = "same"
)

// ImportProcedure keeps a file as it is, every byte. A file that was brought in
// before changes nothing, even where people have changed the procedure since;
// a file with other words becomes the next version of the procedure of its
// title, whose steps are known again. not are the procedures that other files
// of the same import are.
func (a *App) ImportProcedure(ctx context.Context, actor practice.Actor, n NewProcedure, not []practice.ProcedureID) (Brought, error) {
	if err := mayWrite(actor); err != nil {
		return Brought{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Brought, error) {
		if err := n.by(actor); err != nil {
			return Brought{}, err
		}
		page, err := n.page()
		if err != nil {
			return Brought{}, err
		}
		found, had, err := likeIt(tx, n, page, not)
		switch {
		case err != nil:
			return Brought{}, err
		case had:
			return Brought{Procedure: found, Steps: len(page.Steps), Was: BroughtSame}, nil
		case found.ID == "":
			p, err := createProcedure(tx, n)
			return Brought{Procedure: p, Steps: len(page.Steps), Was: BroughtNew}, err
		}
		if err := mayRevise(tx, actor, found); err != nil {
			return Brought{}, err
		}
		done, err := paste(tx, found, page)
		if err != nil {
			return Brought{}, err
		}
		return Brought{Procedure: done.Procedure, Steps: len(page.Steps), Was: BroughtVersion},
			tx.Emit(practice.Event{Kind: "procedure.changed", About: string(found.ID), In: string(found.Team),
				Data: practice.Args{"reason": practice.ReasonPaste}})
	})
}

// likeIt finds the procedure a page is a version of, and whether it ever said
// exactly this. Of several with one title it is the one with most steps alike.
func likeIt(tx *store.Tx, n NewProcedure, page prose.Procedure, not []practice.ProcedureID) (found practice.Procedure, had bool, err error) {
	all, err := tx.Procedures()
	if err != nil {
		return found, false, err
	}
	title, most := n.title(page), -1
	for _, p := range all {
		if p.Slug != practice.Slug(title) && p.Title != title || p.Team != "" && p.Team != n.Team {
			continue
		}
		if number, err := tx.HadMarkdown(p.ID, n.Markdown); err != nil || number > 0 {
			return p, number > 0, err
		}
		steps, err := tx.Steps(p.ID, true)
		if err != nil {
			return found, false, err
		}
		alike := len(page.Steps)
		for _, id := range store.Recognise(steps, page).IDs {
			if id == "" {
				alike--
			}
		}
		if p.Title != title && alike == 0 { // another one that had to take this address
			continue
		}
		if alike > most && !slices.Contains(not, p.ID) {
			found, most = p, alike
		}
	}
	return found, false, nil
}
