package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

type procedureView struct {
	ID        practice.ProcedureID `json:"id"`
	Slug      string               `json:"slug"`
	Team      practice.TeamID      `json:"team,omitempty"`
	Title     string               `json:"title"`
	Owner     practice.MemberID    `json:"owner,omitempty"`
	Revision  int                  `json:"revision"`
	SignOff   *signOffView         `json:"sign_off,omitempty"`
	UsedAt    int                  `json:"used_at,omitempty"` // the revision the reader last looked at
	RetiredAt time.Time            `json:"retired_at,omitzero"`
	Longer    int                  `json:"longer,omitempty"` // which of so many lines goes?
	Markdown  string               `json:"markdown,omitempty"`
	Steps     []stepView           `json:"steps,omitempty"`
}

func (p procedureView) etag() string { return tag(p.Revision) }

// signOffView is who still has to agree to what is already in use.
type signOffView struct {
	By    practice.MemberID `json:"by"`
	Until time.Time         `json:"until"`
	At    time.Time         `json:"at,omitzero"` // when they did
}

type stepView struct {
	ID      practice.StepID `json:"id"`
	Number  string          `json:"number"`
	Place   int             `json:"place"`
	Depth   int             `json:"depth"`
	Heading string          `json:"heading,omitempty"`
	Text    string          `json:"text"`
	Begun   int             `json:"begun"`
	Since   int             `json:"since"`
	Scars   []scarView      `json:"scars"`
	Core    bool            `json:"core,omitempty"` // it takes three failures to change it
	CoreWhy string          `json:"core_why,omitempty"`
	Waits   []waitingView   `json:"waits,omitempty"`
	Trial   *trialView      `json:"trial,omitempty"`
}

// scarView is the failure that put a line there. Its report is its team's, and
// its title is not told here.
type scarView struct {
	Failure  practice.FailureID `json:"failure"`
	Number   int                `json:"number"`
	Revision int                `json:"revision"`
	At       time.Time          `json:"at"`
	UsedAt   time.Time          `json:"in_use_since,omitzero"`
	CameBack time.Time          `json:"came_back,omitzero"`
	From     practice.TeamID    `json:"from,omitempty"`  // the other team that learned it
	Offer    practice.OfferID   `json:"offer,omitempty"` // by which it was taken over, for these two teams
}

func showScar(s practice.Scar) scarView {
	v := scarView{s.Failure, s.Number, s.Revision, s.At, s.UsedAt, s.CameBack, "", s.Offer}
	if s.Given != "" {
		v.From = s.Team
	}
	return v
}

func showStep(s practice.ProcedureStep) stepView {
	return stepView{s.ID, s.Number, s.Place, s.Depth, s.Heading, s.Text, s.Begun, s.Since, shown(s.Scars, showScar),
		s.Core(), s.Mark().Why, shown(s.Confirmed(), showWaiting), showTrial(s.Trial)}
}

func showProcedure(p practice.Procedure) procedureView {
	v := procedureView{ID: p.ID, Slug: p.Slug, Team: p.Team, Title: p.Title, Owner: p.Owner, Revision: p.Revision, RetiredAt: p.RetireAt}
	if p.SignOff.By != "" {
		v.SignOff = &signOffView{p.SignOff.By, p.SignOff.Until, p.SignOff.At}
	}
	return v
}

func showManual(m app.Manual) procedureView {
	v := showProcedure(m.Procedure)
	v.Markdown, v.Steps, v.UsedAt = m.Revision.Markdown, shown(m.Steps, showStep), m.UsedAt
	v.Longer = m.Longer
	return v
}

type newProcedure struct {
	Body struct {
		Team     practice.TeamID   `json:"team,omitempty"`
		Title    string            `json:"title,omitempty"`
		Markdown string            `json:"markdown,omitempty"`
		Owner    practice.MemberID `json:"owner,omitempty"`
	}
}

// Slugged is the address of a procedure.
type Slugged struct {
	Slug string `path:"slug"`
}

// StepChange is one change to a step.
type StepChange struct {
	Act  practice.StepAct `json:"act,omitempty"`
	Step practice.StepID  `json:"step,omitempty"`
	Text string           `json:"text,omitempty"`
	Rest string           `json:"rest,omitempty"`
	To   practice.StepID  `json:"to,omitempty"`

	Checks  bool   `json:"checks,omitempty"`
	Checked string `json:"checked,omitempty"`

	Strength practice.Strength `json:"strength,omitempty"`
}

func (c StepChange) on(procedure practice.ProcedureID, base int) practice.StepChange {
	return practice.StepChange{Procedure: procedure, Base: base, Act: c.Act, Step: c.Step, Text: c.Text, Rest: c.Rest, To: c.To,
		Checks: c.Checks, Checked: c.Checked, Strength: c.Strength}
}

// otherChange is a change that comes from no failure, over the revision in
// If-Match.
type otherChange struct {
	Slugged
	Edited
	Body struct {
		StepChange
		Reason practice.Reason `json:"reason,omitempty"`
		Source string          `json:"source,omitempty"`
		From   time.Time       `json:"from,omitempty"`
	}
}

type pastedProcedure struct {
	Slugged
	Edited
	Body struct {
		Markdown string `json:"markdown,omitempty" example:"# Opening\n\n- [ ] Look at the tank."`
		Checks   bool   `json:"checks,omitempty"`
	}
}

// procedures is the table of what people really use.
func (s *Rest) procedures() {
	person(s, get("/procedures"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[procedureView], error) {
		list, err := s.App.Shelf(ctx, actor)
		if err != nil {
			return page[procedureView]{}, err
		}
		return pageOf(*in, list, func(p store.Shelved) practice.ProcedureID { return p.ID },
			func(p store.Shelved) procedureView { return showProcedure(p.Procedure) })
	})
	person(s, create("/procedures"), func(ctx context.Context, actor practice.Actor, in *newProcedure) (procedureView, error) {
		b := in.Body
		p, err := s.App.CreateProcedure(ctx, actor, app.NewProcedure{Team: b.Team, Title: b.Title, Markdown: b.Markdown, Owner: b.Owner})
		if err != nil {
			return procedureView{}, err
		}
		return s.procedure(ctx, actor, p.Slug)
	})
	person(s, get("/procedures/{slug}"), func(ctx context.Context, actor practice.Actor, in *Slugged) (procedureView, error) {
		return s.procedure(ctx, actor, in.Slug)
	})
	person(s, create("/procedures/{slug}/changes"), s.changeProcedure)
	person(s, put("/procedures/{slug}"), s.pasteProcedure)
	person(s, get("/safeguards"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[safeguardView], error) {
		list, err := s.App.Safeguards(ctx, actor)
		if err != nil {
			return page[safeguardView]{}, err
		}
		return pageOf(*in, list, func(g practice.Safeguard) practice.SafeguardID { return g.ID }, showSafeguard)
	})
	s.cores()
	s.trials()
	s.proposals()
	s.owners()
	s.listUses()
	s.revisions()
}

func (s *Rest) procedure(ctx context.Context, actor practice.Actor, slug string) (procedureView, error) {
	m, err := s.App.Procedure(ctx, actor, slug)
	return showManual(m), err
}

func (s *Rest) changeProcedure(ctx context.Context, actor practice.Actor, in *otherChange) (procedureView, error) {
	base, err := in.version()
	if err != nil {
		return procedureView{}, err
	}
	m, err := s.App.Procedure(ctx, actor, in.Slug)
	if err != nil {
		return procedureView{}, err
	}
	b := in.Body
	_, err = s.App.ChangeWithoutFailure(ctx, actor, practice.OtherChange{StepChange: b.on(m.Procedure.ID, base),
		Reason: b.Reason, Source: b.Source, From: b.From})
	if err != nil {
		return procedureView{}, beside(err, showManual(m))
	}
	return s.procedure(ctx, actor, in.Slug)
}

func (s *Rest) pasteProcedure(ctx context.Context, actor practice.Actor, in *pastedProcedure) (procedureView, error) {
	base, err := in.version()
	if err != nil {
		return procedureView{}, err
	}
	m, err := s.App.Procedure(ctx, actor, in.Slug)
	if err != nil {
		return procedureView{}, err
	}
	if _, err := s.App.PasteProcedure(ctx, actor, m.Procedure.ID, app.Pasted{Base: base, Markdown: in.Body.Markdown, Checks: in.Body.Checks}); err != nil {
		return procedureView{}, beside(err, showManual(m))
	}
	return s.procedure(ctx, actor, in.Slug)
}

type safeguardView struct {
	ID    practice.SafeguardID `json:"id"`
	Team  practice.TeamID      `json:"team"`
	Link  string               `json:"link"`
	Text  string               `json:"text"`
	At    time.Time            `json:"at"`
	Scars []scarView           `json:"scars"`
}

func showSafeguard(g practice.Safeguard) safeguardView {
	return safeguardView{g.ID, g.Team, g.Link, g.Text, g.At, shown(g.Scars, showScar)}
}
