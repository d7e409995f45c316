package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// changeRoutes is what a sorted gap changes: a step, a safeguard, a boundary, the next question.
func (s *Web) changeRoutes() []Route {
	return []Route{
		{Pattern: "GET /seat/{review}/change", handler: s.seat(s.showChange)},
		{Pattern: "GET /seat/{review}/change/{gap}", handler: s.seat(s.showChange)},
		{Pattern: "POST /seat/{review}/change/{gap}/step", handler: s.seat(s.changeStep)},
		{Pattern: "POST /seat/{review}/change/{gap}/first", handler: s.seat(s.firstStep)},
		{Pattern: "POST /seat/{review}/change/{gap}/elsewhere", handler: s.seat(s.guard)},
		{Pattern: "POST /seat/{review}/change/{gap}/other", handler: s.seat(s.otherWay)},
		{Pattern: "POST /seat/{review}/change/{gap}/boundary", handler: s.seat(s.nameBoundary)},
		{Pattern: "POST /seat/{review}/change/{gap}/finding", handler: s.seat(s.keepFinding)},
	}
}

// changePage is one sorted gap and what it changes, for everyone in the room to
// see before it goes on.
type changePage struct {
	inSeat
	E      room.Embedding
	Form   *Form
	Way    string          // which of the forms was sent
	Step   practice.StepID // the step that is open for another wording
	Sees   *Diff           // what would change, for whoever asked
	Theirs string          // somebody was faster: their wording of the step
	Number int
}

func (s *Web) showChange(w http.ResponseWriter, r *http.Request, f *Frame, seat practice.Seat) error {
	return s.changeForm(asked{w, r, f, seat}, changePage{Step: practice.StepID(r.URL.Query().Get("step"))})
}

// changeForm shows the page; sent brings along what was typed.
func (s *Web) changeForm(a asked, sent changePage) error {
	e, err := s.Rooms.Embedding(a.r.Context(), a.seat, practice.GapID(a.r.PathValue("gap")))
	if err != nil {
		return err
	}
	page := sent
	page.inSeat, page.E = seated(a.r, a.f, e.Room), e
	for i, g := range e.Gaps {
		if g.ID == e.Gap.ID {
			page.Number = i + 1
		}
	}
	if page.Step == "" && sent.Way == "" {
		page.Step = e.Meant
	}
	return s.showRoom(a.w, a.r, page.Form, "change", page)
}

// Current reports whether the room is at this page.
func (p changePage) Current() bool { return p.Room.Review.Phase == practice.PhaseChange }

// Where is where the room is.
func (p changePage) Where() string { return phaseAddress(p.Room.Review) }

// To is the address of one of the page's forms.
func (p changePage) To(way string) string {
	return p.Base + "/change/" + string(p.E.Gap.ID) + "/" + way
}

// FormOf is what was sent, for the form it was sent from.
func (p changePage) FormOf(way string) *Form {
	if p.Way == way {
		return p.Form
	}
	return nil
}

// Stand is the failure in the five steps of the loop.
func (p changePage) Stand() Thread { return p.Thread(3) }

// Is reports the gap's verdict.
func (p changePage) Is(verdict string) bool { return string(p.E.Gap.Verdict) == verdict }

// Next is the gap that is not yet in place, if there is one.
func (p changePage) Next() *practice.Gap {
	for i, g := range p.E.Gaps {
		if g.ID != p.E.Gap.ID && !g.Routed() && g.Sorted() {
			return &p.E.Gaps[i]
		}
	}
	return nil
}

// MayGoOn reports whether every gap led somewhere.
func (p changePage) MayGoOn() bool {
	return p.Current() && !slices.ContainsFunc(p.E.Gaps, func(g practice.Gap) bool { return g.Sorted() && !g.Routed() })
}

// Was is the step's change, for everyone to see.
func (p changePage) Was() Diff { return p.Changed(p.E.Done.Was, p.E.Done.Step.Text) }

// WithThis is how many failures stand behind a step once this one does.
func (p changePage) WithThis(s practice.ProcedureStep) Seam { return p.Seam(len(s.Scars) + 1) }

// Wording is the field of a step's new wording.
func (p changePage) Wording(step practice.ProcedureStep) Field {
	return p.Field(p.FormOf("step"), "text", "embed.step.edit", step.Text).Limited(practice.MaxStep).Tall(3)
}

// Kinds are what a boundary can be made of.
func (p changePage) BoundaryKinds() Choices {
	var options []Option
	for _, k := range practice.ConstraintKinds() { // words:use constraint.kind.*
		options = append(options, Option{Value: string(k), Text: p.Say("constraint.kind." + string(k)), On: k == practice.ByPeople})
	}
	c := p.Choices(p.FormOf("boundary"), "kind", "embed.constraint.kind", options...)
	c.Look = "inline"
	return c
}

// Places are where this team makes its plans.
func (p changePage) Places() Choices {
	var options []Option
	for _, place := range p.Pack.Places {
		options = append(options, Option{Value: place, Text: place})
	}
	c := p.Choices(p.FormOf("boundary"), "place", "embed.constraint.place", options...)
	c.Many, c.Look = true, "inline"
	return c
}

// By is the last day of a promise: the next cycle.
func (p changePage) By() Field {
	return p.Field(p.FormOf("other"), "by", "embed.promise.by", p.E.NextCycle.In(p.place.Zone).Format(time.DateOnly)).Kind("date").Little()
}

// sentAbout reads a form about the gap of the address.
func sentAbout(a asked, known fields) (*Form, room.GapAt, error) {
	known["version"], known["gap"] = 9, 64
	form, err := readForm(a.r, a.f, known)
	if err != nil {
		return nil, room.GapAt{}, err
	}
	version, err := strconv.Atoi(form.Typed("version"))
	if err != nil {
		return nil, room.GapAt{}, errForm
	}
	return form, room.GapAt{ID: practice.GapID(a.r.PathValue("gap")), Version: version}, nil
}

// embedded ends a form of this page: on to the gap as it stands now, or the page
// once more with what is to be mended.
func (s *Web) embedded(a asked, sent changePage, err error) error {
	if err == nil && !sent.Form.Marked() {
		redirect(a.w, a.r, "/seat/"+a.r.PathValue("review")+"/change/"+a.r.PathValue("gap"))
		return nil
	}
	var refusal *practice.Error
	if errors.As(err, &refusal) && refusal.Code == "step.meanwhile" {
		sent.Theirs, _ = refusal.Args["theirs"].(string)
	}
	if err != nil && !sent.Form.Mark(err) {
		return err
	}
	return s.changeForm(a, sent)
}

func (s *Web) changeStep(w http.ResponseWriter, r *http.Request, f *Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, fields{"procedure": 64, "base": 9, "act": 10, "step": 64, "text": practice.MaxStep, "was": practice.MaxStep, "sees": 4})
	if err != nil {
		return err
	}
	sent := changePage{Form: form, Way: "step", Step: practice.StepID(form.Typed("step"))}
	if form.Typed("sees") != "" {
		d := f.Changed(form.Typed("was"), form.Typed("text"))
		sent.Sees = &d
		return s.changeForm(a, sent)
	}
	c := practice.StepChange{Procedure: practice.ProcedureID(form.Typed("procedure")), Base: number(form.Typed("base")),
		Act: practice.StepAct(form.Typed("act")), Step: sent.Step, Text: form.Typed("text")}
	if !form.Marked() {
		_, err = s.Rooms.ChangeStep(r.Context(), seat, at, c)
	}
	return s.embedded(a, sent, err)
}

func (s *Web) firstStep(w http.ResponseWriter, r *http.Request, f *Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, fields{"title": 90, "text": practice.MaxStep})
	if err != nil {
		return err
	}
	if !form.Marked() {
		_, err = s.Rooms.FirstStep(r.Context(), seat, at, form.Typed("title"), form.Typed("text"))
	}
	return s.embedded(a, changePage{Form: form, Way: "first"}, err)
}

func (s *Web) guard(w http.ResponseWriter, r *http.Request, f *Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, fields{"link": 2048, "text": practice.MaxLine})
	if err != nil {
		return err
	}
	if !form.Marked() {
		_, err = s.Rooms.Guard(r.Context(), seat, at, practice.Safeguard{Link: form.Typed("link"), Text: form.Typed("text")})
	}
	return s.embedded(a, changePage{Form: form, Way: "elsewhere"}, err)
}

// otherWay is a promise, "already covered", "nothing to change", or taking one
// of these back.
func (s *Web) otherWay(w http.ResponseWriter, r *http.Request, f *Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, fields{"do": 16, "why": practice.MaxAnswer, "by": 16, "to": 64})
	if err != nil {
		return err
	}
	ctx, why := r.Context(), form.Typed("why")
	if !form.Marked() {
		switch form.Typed("do") {
		case "promise":
			by, _ := time.ParseInLocation(time.DateOnly, form.Typed("by"), f.place.Zone)
			_, err = s.Rooms.Promise(ctx, seat, at, why, by)
		case "cover":
			_, err = s.Rooms.Cover(ctx, seat, at, form.Typed("to"), why)
		case "nothing":
			_, err = s.Rooms.LeaveAsItIs(ctx, seat, at, why)
		case "undo":
			_, err = s.Rooms.Unroute(ctx, seat, at)
		default:
			return errForm
		}
	}
	return s.embedded(a, changePage{Form: form, Way: "other"}, err)
}

func (s *Web) nameBoundary(w http.ResponseWriter, r *http.Request, f *Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, fields{"known": 64, "boundary": practice.MaxAnswer, "assume": practice.MaxAnswer, "kind": 16,
		"place": 90, "another": 90, "link": 2048, "doubt": practice.MaxAnswer})
	if err != nil {
		return err
	}
	c := practice.Constraint{Text: form.Typed("boundary"), Assume: form.Typed("assume"), Kind: practice.ConstraintKind(form.Typed("kind")),
		Places: form.All("place"), Link: form.Typed("link"), Doubt: form.Typed("doubt")}
	if other := form.Typed("another"); other != "" {
		c.Places = append(slices.Clone(c.Places), other)
	}
	if !form.Marked() {
		_, err = s.Rooms.NameConstraint(r.Context(), seat, at, c, practice.ConstraintID(form.Typed("known")))
	}
	return s.embedded(a, changePage{Form: form, Way: "boundary"}, err)
}

func (s *Web) keepFinding(w http.ResponseWriter, r *http.Request, f *Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, fields{"tried": practice.MaxAnswer, "expected": practice.MaxAnswer, "got": practice.MaxAnswer,
		"known": 4 * practice.MaxAnswer, "next": practice.MaxAnswer, "because": 4 * practice.MaxAnswer, "asked": 2048, "askedat": 16, "after": 64})
	if err != nil {
		return err
	}
	n := practice.Finding{Tried: form.Typed("tried"), Expected: form.Typed("expected"), Got: form.Typed("got"), Known: linesOf(form.Typed("known")),
		Next: form.Typed("next"), Because: linesOf(form.Typed("because")), Asked: form.Typed("asked"), After: practice.FindingID(form.Typed("after"))}
	if day := form.Typed("askedat"); day != "" {
		if n.AskedAt, err = time.ParseInLocation(time.DateOnly, day, f.place.Zone); err != nil {
			err = practice.Refuse(practice.Invalid, "bad.date").At("askedat")
		}
	}
	if err == nil && !form.Marked() {
		_, err = s.Rooms.KeepFinding(r.Context(), seat, at, n)
	}
	return s.embedded(a, changePage{Form: form, Way: "finding"}, err)
}
