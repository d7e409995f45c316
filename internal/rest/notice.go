package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

type noticeView struct {
	ID   practice.NoticeID `json:"id"`
	Code string            `json:"code"`
	Text string            `json:"text"` // the same in words
	Args map[string]any    `json:"args"`
	Link string            `json:"link,omitempty"`
	At   time.Time         `json:"at"`
}

// showNotice says a notice in the words of whoever it is for.
func (s *Rest) showNotice(n practice.Notice) noticeView {
	args := []any{}
	for name, v := range n.Args {
		args = append(args, name, v)
	}
	return noticeView{n.ID, n.Code, s.speaker.Say(n.Code, args...), n.Args, n.Link, n.At}
}

// nowView is what waits for one person, and what happened around them: the
// screen they arrive at.
type nowView struct {
	Windows  []windowView  `json:"windows"`
	Waiting  []failureView `json:"waiting"`
	Mine     []carryView   `json:"mine"`
	OnTheWay []carryView   `json:"on_the_way"`
	Lately   []meantView   `json:"lately"`
	Back     *meantView    `json:"back,omitempty"`
	Unseen   []unseenView  `json:"unseen"`
	Limits   []int         `json:"limits_to_ask_about"`
	Since    []int         `json:"asked_since"`
	Unused   []string      `json:"lists_with_unused_lines"`
	Looks    []watchView   `json:"signals_to_look_at"`
	Effects  []effectView  `json:"changes_to_ask_about"`
	Resting  []restingView `json:"assumptions_to_look_at"`
	Notices  []noticeView  `json:"notices"`
}

// unseenView is a procedure with the numbers of the steps that changed since one last looked.
type unseenView struct {
	Procedure string   `json:"procedure"`
	Steps     []string `json:"changed_steps"`
}

func (s *Rest) showNow(h app.Home) nowView {
	v := nowView{Windows: shown(h.Windows, showWindow), Waiting: shown(h.Waiting, showFailure), Mine: shown(h.Mine, showCarried),
		OnTheWay: shown(h.OnTheWay, showCarried), Lately: shown(h.Lately, showMeant), Notices: shown(h.Notices, s.showNotice),
		Unseen:  shown(h.Unseen, func(u app.Unseen) unseenView { return unseenView{u.Procedure.Slug, some(u.Numbers)} }),
		Resting: shown(h.Resting, showResting), Limits: shown(h.Limits, func(c practice.Constraint) int { return c.Number }), Looks: shown(h.Looks, showWatch),
		Since:   shown(h.Since, func(s app.SinceReport) int { return s.Failure.Number }),
		Unused:  shown(h.Unused, func(u app.Usage) string { return u.Of.Slug }),
		Effects: shown(h.Effects, func(a app.Awaited) effectView { return *showEffect(a.Effect) })}
	if h.Back != nil {
		back := showMeant(*h.Back)
		v.Back = &back
	}
	return v
}

// windowView is a failure whose review is due.
type windowView struct {
	Failure failureView `json:"failure"`
	Review  *reviewView `json:"review,omitempty"`
	Invited bool        `json:"invited"`
	Along   []int       `json:"along"`
}

func numberOf(f practice.Failure) int { return f.Number }

func showWindow(w app.Window) windowView {
	v := windowView{Failure: showFailure(w.Failure), Invited: w.Invited, Along: shown(w.Along, numberOf)}
	if w.Review.ID != "" {
		review := showReview(w.Review)
		v.Review = &review
	}
	return v
}

// unasked puts away, for now or for good, the question whether anything bad has happened since
// a report.
type unasked struct {
	One
	Body struct {
		ForGood bool `json:"for_good,omitempty"`
	}
}

// notices is the table of what one person finds when they arrive.
func (s *Rest) notices() {
	person(s, get("/now"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (nowView, error) {
		h, err := s.App.Home(ctx, actor)
		return s.showNow(h), err
	})
	person(s, get("/notices"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[noticeView], error) {
		home, err := s.App.Home(ctx, actor)
		if err != nil {
			return page[noticeView]{}, err
		}
		return pageOf(*in, home.Notices, func(n practice.Notice) practice.NoticeID { return n.ID }, s.showNotice)
	})
	onFailure(s, post("/failures/{id}/unasked"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *unasked) (none, error) {
		return none{}, s.App.PutSinceAway(ctx, actor, f.Number, in.Body.ForGood)
	})
	person(s, post("/notices/{id}/seen"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.SeeNotice(ctx, actor, practice.NoticeID(in.ID))
	})
}
