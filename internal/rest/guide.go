package rest

import (
	"context"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// guideView is who leads a review from outside, or is asked to.
type guideView struct {
	Member  practice.MemberID `json:"member"`
	Name    string            `json:"name"`
	Outside bool              `json:"outside"`
	Why     string            `json:"why,omitempty"`
}

// showGuide shows who leads; nothing where the script does.
func showGuide(g app.Guiding) *guideView {
	if g.Member == "" {
		return nil
	}
	return &guideView{g.Member, g.Name, g.Outside, g.Why}
}

// guidedView is a review before whoever leads it from outside.
type guidedView struct {
	Review  reviewView  `json:"review"`
	Number  int         `json:"number"`
	Title   string      `json:"title"`
	Outside bool        `json:"outside"`
	Talks   []string    `json:"talks"`
	Note    string      `json:"note"`
	Asked   int         `json:"asked"`
	Seats   int         `json:"seats"`
	Written int         `json:"written"`
	Blame   bool        `json:"blame"`
	Move    bool        `json:"move"`
	Texts   []textView  `json:"texts"`
	Gaps    []guidedGap `json:"gaps"`
	Sorted  int         `json:"sorted"`
}

// guidedGap is a gap as the room named it, and not what anybody thinks of it.
type guidedGap struct {
	ID       practice.GapID `json:"id"`
	Intended string         `json:"intended"`
	Actual   string         `json:"actual"`
	Where    string         `json:"where"`
}

func showGuided(g app.Guided) guidedView {
	return guidedView{showReview(g.Review), g.Number, g.Title, g.Outside, some(g.Talks), g.Note, g.Asked, g.Seats, g.Written, g.Blame, g.Move, shown(g.Texts, showText),
		shown(g.Gaps, func(gap practice.Gap) guidedGap { return guidedGap{gap.ID, gap.Intended, gap.Actual, gap.Where} }), g.Sorted}
}

type newGuide struct {
	One
	Body struct {
		Member practice.MemberID `json:"member,omitempty" at:"guide"`
	}
}

type newYes struct {
	One
	Body struct {
		Why string `json:"why,omitempty"`
	}
}

type newNote struct {
	One
	Body struct {
		Note string `json:"note,omitempty"`
	}
}

// guides is the table of who leads a room from outside.
func (s *Rest) guides() {
	person(s, put("/reviews/{id}/guide"), func(ctx context.Context, actor practice.Actor, in *newGuide) (none, error) {
		return none{}, s.App.NameGuide(ctx, actor, practice.ReviewID(in.ID), in.Body.Member)
	})
	person(s, remove("/reviews/{id}/guide"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.EndGuide(ctx, actor, practice.ReviewID(in.ID))
	})
	person(s, post("/reviews/{id}/guide/outside"), func(ctx context.Context, actor practice.Actor, in *newYes) (none, error) {
		return none{}, s.App.AcceptGuide(ctx, actor, practice.ReviewID(in.ID), in.Body.Why)
	})
	person(s, put("/reviews/{id}/guide/note"), func(ctx context.Context, actor practice.Actor, in *newNote) (none, error) {
		return none{}, s.App.NoteAsGuide(ctx, actor, practice.ReviewID(in.ID), in.Body.Note)
	})
	person(s, put("/reviews/{id}/talk"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.AskTalk(ctx, actor, practice.ReviewID(in.ID), true)
	})
	person(s, remove("/reviews/{id}/talk"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.AskTalk(ctx, actor, practice.ReviewID(in.ID), false)
	})
	person(s, get("/failures/{id}/guide"), func(ctx context.Context, actor practice.Actor, in *One) (guidedView, error) {
		n, err := s.number(ctx, actor, in.ID)
		if err != nil {
			return guidedView{}, err
		}
		g, err := s.App.Guided(ctx, actor, n)
		return showGuided(g), err
	})
}
