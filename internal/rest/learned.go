package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// GapView is a gap as everybody reads it once it is named.
type GapView struct {
	ID       practice.GapID    `json:"id"`
	Review   practice.ReviewID `json:"review"`
	Answer   practice.AnswerID `json:"answer,omitempty"` // which it was taken up from, until the close
	Intended string            `json:"intended"`
	Actual   string            `json:"actual"`
	Where    string            `json:"where"`
	Quotes   []string          `json:"quotes"`
	Taken    bool              `json:"taken"`
	Beyond   string            `json:"beyond,omitempty"`
	Round    int               `json:"round"`
	Verdict  practice.Verdict  `json:"verdict,omitempty"`
	Differ   string            `json:"differ,omitempty"`
	Needs    string            `json:"needs,omitempty"`
	Could    practice.Could    `json:"could,omitempty"`
	Route    routeView         `json:"route,omitzero"`
	Version  int               `json:"version"`
}

func (g GapView) etag() string { return tag(g.Version) }

// routeView is how a gap was embedded.
type routeView struct {
	Kind practice.RouteKind `json:"kind,omitempty"`
	To   string             `json:"to,omitempty"`
	Why  string             `json:"why,omitempty"`
	By   time.Time          `json:"by,omitzero"`

	Strength practice.Strength `json:"strength,omitempty"`
}

func showGap(g practice.Gap) GapView {
	return GapView{g.ID, g.Review, g.From, g.Intended, g.Actual, g.Where, some(g.Quotes), g.Taken, g.Beyond, g.Round, g.Verdict, g.Differ,
		g.Needs, g.Could, routeView{g.Route.Kind, g.Route.To, g.Route.Why, g.Route.By, g.Route.Strength}, g.Version}
}

type constraintView struct {
	ID          practice.ConstraintID   `json:"id"`
	Number      int                     `json:"number"`
	Team        practice.TeamID         `json:"team"`
	Text        string                  `json:"text"`
	Assume      string                  `json:"assume"`
	Kind        practice.ConstraintKind `json:"kind,omitempty"`
	Places      []string                `json:"places"`
	Link        string                  `json:"link,omitempty"`
	Doubt       string                  `json:"doubt,omitempty"`
	NamedAt     time.Time               `json:"named_at,omitzero"`
	LookAt      time.Time               `json:"look_at,omitzero"`
	Evidence    []practice.GapID        `json:"evidence"`
	WithdrawnAt time.Time               `json:"withdrawn_at,omitzero"`
	Why         string                  `json:"why,omitempty"`
	Against     []againstView           `json:"against,omitempty"` // where it is read by itself, or in the list
}

// againstView is what another team learned about the same as a limit.
type againstView struct {
	Team    string             `json:"team"`
	Number  int                `json:"number,omitempty"` // of the failure behind its change, where the reader reads its record
	UsedAt  time.Time          `json:"in_use_since,omitzero"`
	Finding practice.FindingID `json:"finding,omitempty"`
}

func showBounded(b app.Bounded) constraintView {
	v := showConstraint(b.Constraint)
	for _, a := range b.Against {
		v.Against = append(v.Against, againstView{a.Team, a.Scar.Number, a.Scar.UsedAt, a.Finding.ID})
	}
	return v
}

func showConstraint(c practice.Constraint) constraintView {
	return constraintView{c.ID, c.Number, c.Team, c.Text, c.Assume, c.Kind, some(c.Places), c.Link, c.Doubt, c.NamedAt,
		c.LookAt, some(c.Evidence), c.Withdrawn, c.Why, nil}
}

type findingView struct {
	ID       practice.FindingID `json:"id"`
	Number   int                `json:"number"`
	Team     practice.TeamID    `json:"team"`
	Tried    string             `json:"tried"`
	Expected string             `json:"expected,omitempty"`
	Got      string             `json:"got,omitempty"`
	Known    []string           `json:"known"`
	Next     string             `json:"next,omitempty"`
	Because  []string           `json:"because"`
	Under    string             `json:"under,omitempty"`
	Sure     string             `json:"sure,omitempty"`
	Asked    string             `json:"asked,omitempty"`
	AskedAt  time.Time          `json:"asked_at,omitzero"`
	After    practice.FindingID `json:"after,omitempty"`
	Gap      practice.GapID     `json:"gap"`
	Failure  practice.FailureID `json:"failure"`
	At       time.Time          `json:"at,omitzero"`
}

func showFinding(f practice.Finding) findingView {
	return findingView{f.ID, f.Number, f.Team, f.Tried, f.Expected, f.Got, some(f.Known), f.Next, some(f.Because), f.Under,
		f.Sure, f.Asked, f.AskedAt, f.After, f.Gap, f.Failure, f.At}
}

// Numbered is the address of what people call by a number.
type Numbered struct {
	Number int `path:"number"`
}

type looked struct {
	Numbered
	Body struct {
		Holds bool   `json:"holds,omitempty"`
		Why   string `json:"why,omitempty"`
	}
}

type placed struct {
	Numbered
	Body struct {
		Place string `json:"place,omitempty"`
		Link  string `json:"link,omitempty"`
	}
}

// learned is the table of what closed reviews left: gaps, boundaries, findings.
func (s *Rest) learned() {
	person(s, get("/gaps"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[GapView], error) {
		list, err := s.App.Gaps(ctx, actor)
		if err != nil {
			return page[GapView]{}, err
		}
		return pageOf(*in, list, func(g practice.Gap) practice.GapID { return g.ID }, showGap)
	})
	person(s, get("/constraints"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[constraintView], error) {
		list, err := s.App.Constraints(ctx, actor)
		if err != nil {
			return page[constraintView]{}, err
		}
		return pageOf(*in, list, func(b app.Bounded) practice.ConstraintID { return b.Constraint.ID },
			showBounded)
	})
	person(s, get("/constraints/{number}"), func(ctx context.Context, actor practice.Actor, in *Numbered) (constraintView, error) {
		return s.constraintNow(ctx, actor, in.Number, nil)
	})
	person(s, post("/constraints/{number}/look"), func(ctx context.Context, actor practice.Actor, in *looked) (constraintView, error) {
		return s.constraintNow(ctx, actor, in.Number, s.App.LookAtConstraint(ctx, actor, in.Number, in.Body.Holds, in.Body.Why))
	})
	person(s, create("/constraints/{number}/places"), func(ctx context.Context, actor practice.Actor, in *placed) (constraintView, error) {
		return s.constraintNow(ctx, actor, in.Number, s.App.PlaceConstraint(ctx, actor, in.Number, in.Body.Place, in.Body.Link))
	})
	person(s, get("/findings"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[findingView], error) {
		lines, err := s.App.Questions(ctx, actor)
		if err != nil {
			return page[findingView]{}, err
		}
		list := eachOnce(lines)
		return pageOf(*in, list, func(f practice.Finding) practice.FindingID { return f.ID }, showFinding)
	})
	person(s, get("/findings/{number}"), func(ctx context.Context, actor practice.Actor, in *Numbered) (findingView, error) {
		k, err := s.App.Finding(ctx, actor, in.Number)
		return showFinding(k.Finding), err
	})
}

// constraintNow shows a boundary as it stands after an act that went well.
func (s *Rest) constraintNow(ctx context.Context, actor practice.Actor, number int, err error) (constraintView, error) {
	if err != nil {
		return constraintView{}, err
	}
	b, err := s.App.Constraint(ctx, actor, number)
	return showBounded(b), err
}

// eachOnce takes findings out of their lines: one whose question was answered
// twice stands in two.
func eachOnce(lines []app.Question) []practice.Finding {
	var all []practice.Finding
	seen := map[practice.FindingID]bool{}
	for _, q := range lines {
		for _, f := range q.Findings {
			if !seen[f.ID] {
				seen[f.ID] = true
				all = append(all, f)
			}
		}
	}
	return all
}
