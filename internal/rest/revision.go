package rest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// revisionView is one version of a procedure: why it came, which failure stood
// behind it, and what it did to which line.
type revisionView struct {
	Number   int             `json:"number"`
	At       time.Time       `json:"at"`
	Reason   practice.Reason `json:"reason"`
	Source   string          `json:"source,omitempty"`
	From     time.Time       `json:"from,omitzero"`
	Gap      practice.GapID  `json:"gap,omitempty"`
	Checks   string          `json:"checks_on,omitempty"` // the group on which it adds a check
	Scar     *scarView       `json:"scar,omitempty"`
	Lines    []lineView      `json:"lines"`
	Markdown string          `json:"markdown,omitempty"`
}

// lineView is what happened to one line between two versions.
type lineView struct {
	Step   practice.StepID `json:"step,omitempty"`
	Number string          `json:"number"`
	Old    string          `json:"old,omitempty"`
	New    string          `json:"new,omitempty"`
	Moved  bool            `json:"moved,omitempty"`
	Became practice.StepID `json:"became,omitempty"`
	Origin practice.StepID `json:"origin,omitempty"`
}

func showLine(l app.LineTurn) lineView { return lineView(l) }

func showRevision(t app.Turn) revisionView {
	r := t.Revision
	v := revisionView{Number: r.Number, At: r.At, Reason: r.Reason, Source: r.Source, From: r.From, Gap: r.Gap, Checks: t.Checks, Lines: shown(t.Lines, showLine)}
	if t.Scar.Failure != "" {
		scar := showScar(t.Scar)
		v.Scar = &scar
	}
	return v
}

// revisionKey sorts versions by their number.
func revisionKey(t app.Turn) string { return fmt.Sprintf("%09d", t.Revision.Number) }

type listOfSlug struct {
	Slugged
	Paging
}

type atRevision struct {
	Slugged
	Number int `path:"number"`
}

type previewed struct {
	Slugged
	Edited
	Body StepChange
}

type previewedPage struct {
	Slugged
	Body struct {
		Markdown string `json:"markdown,omitempty"`
	}
}

// revisions is the table of what a procedure said, and of what it would say.
func (s *Rest) revisions() {
	person(s, get("/procedures/{slug}/revisions"), func(ctx context.Context, actor practice.Actor, in *listOfSlug) (page[revisionView], error) {
		h, err := s.App.History(ctx, actor, in.Slug)
		if err != nil {
			return page[revisionView]{}, err
		}
		return pageOf(in.Paging, h.Turns, revisionKey, showRevision)
	})
	person(s, get("/procedures/{slug}/revisions/{number}"), func(ctx context.Context, actor practice.Actor, in *atRevision) (revisionView, error) {
		h, err := s.App.History(ctx, actor, in.Slug)
		if err != nil {
			return revisionView{}, err
		}
		i := slices.IndexFunc(h.Turns, func(t app.Turn) bool { return t.Revision.Number == in.Number })
		if i < 0 {
			return revisionView{}, practice.ErrNotFound
		}
		v := showRevision(h.Turns[i])
		r, err := s.App.Revision(ctx, actor, h.Procedure.ID, in.Number)
		v.Markdown = r.Markdown
		return v, err
	})
	person(s, post("/procedures/{slug}/changes/preview").with(practice.ScopeRead), func(ctx context.Context, actor practice.Actor, in *previewed) (page[lineView], error) {
		base, err := in.version()
		if err != nil {
			return page[lineView]{}, err
		}
		return s.preview(ctx, actor, in.Slug, func(p practice.Procedure) ([]app.LineTurn, error) {
			return s.App.PreviewChange(ctx, actor, in.Body.on(p.ID, base))
		})
	})
	person(s, post("/procedures/{slug}/preview").with(practice.ScopeRead), func(ctx context.Context, actor practice.Actor, in *previewedPage) (page[lineView], error) {
		return s.preview(ctx, actor, in.Slug, func(p practice.Procedure) ([]app.LineTurn, error) {
			return s.App.PreviewPaste(ctx, actor, p.ID, in.Body.Markdown)
		})
	})
}

// preview shows what a change would do to which line.
func (s *Rest) preview(ctx context.Context, actor practice.Actor, slug string,
	would func(practice.Procedure) ([]app.LineTurn, error)) (page[lineView], error) {
	m, err := s.App.Procedure(ctx, actor, slug)
	if err != nil {
		return page[lineView]{}, err
	}
	lines, err := would(m.Procedure)
	return page[lineView]{Items: shown(lines, showLine)}, err
}
