package room

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// changeRoutes is what a sorted gap changes: a step, a safeguard, a boundary, the next question.
func (s *Pages) changeRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /seat/{review}/change", Handler: s.seat(s.showChange)},
		{Pattern: "GET /seat/{review}/change/{gap}", Handler: s.seat(s.showChange)},
		{Pattern: "POST /seat/{review}/change/{gap}/step", Handler: s.seat(s.changeStep)},
		{Pattern: "POST /seat/{review}/change/{gap}/preview", Handler: s.seat(s.previewChange)},
		{Pattern: "POST /seat/{review}/change/{gap}/first", Handler: s.seat(s.firstStep)},
		{Pattern: "POST /seat/{review}/change/{gap}/elsewhere", Handler: s.seat(s.guard)},
		{Pattern: "POST /seat/{review}/change/{gap}/other", Handler: s.seat(s.otherWay)},
		{Pattern: "POST /seat/{review}/change/{gap}/boundary", Handler: s.seat(s.nameBoundary)},
		{Pattern: "POST /seat/{review}/change/{gap}/finding", Handler: s.seat(s.keepFinding)},
	}
}

func (s *Pages) showChange(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	ask := r.URL.Query().Get
	page := changePage{Step: practice.StepID(ask("step")), Behind: practice.StepID(ask("behind")), In: practice.ProcedureID(ask("in"))}
	if asksFor(r, "seen") {
		page.Seen = strings.Split(ask("seen"), ".")
	}
	return s.changeForm(asked{w, r, f, seat}, page)
}

// changeForm shows the page; sent brings along what was typed.
func (s *Pages) changeForm(a asked, sent changePage) error {
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
	if page.Step == "" && page.Behind == "" && page.In == "" && sent.Way == "" {
		page.Step = cmp.Or(e.Meant, practice.StepID(e.Like.ID))
	}
	if err := s.before(a, &page); err != nil {
		return err
	}
	if page.page = frame.PageOf(e.Done.Page.Markdown); e.Done.Step.ID == "" && page.Manual() != nil {
		page.page = frame.PageOf(page.Manual().Markdown)
	}
	return s.showRoom(a.w, a.r, page.Form, "change", page)
}

// before reads what was put in place just now, to be seen above the next gap.
func (s *Pages) before(a asked, page *changePage) error {
	id := practice.GapID(a.r.URL.Query().Get("after"))
	if id == "" || id == page.E.Gap.ID {
		return nil
	}
	e, err := s.Rooms.Embedding(a.r.Context(), a.seat, id)
	if err != nil || !e.Gap.Routed() {
		return err
	}
	page.Before = &changePage{inSeat: page.inSeat, E: e, page: frame.PageOf(e.Done.Page.Markdown)}
	return nil
}

// sentAbout reads a form about the gap of the address.
func sentAbout(a asked, known frame.Fields) (*frame.Form, room.GapAt, error) {
	known["version"], known["gap"] = 9, 64
	form, err := frame.ReadForm(a.r, a.f, known)
	if err != nil {
		return nil, room.GapAt{}, err
	}
	version, err := strconv.Atoi(form.Typed("version"))
	if err != nil {
		return nil, room.GapAt{}, frame.ErrForm
	}
	return form, room.GapAt{ID: practice.GapID(a.r.PathValue("gap")), Version: version}, nil
}

// afterPlacing is where it goes on: at the next gap that is not in place, with
// this one above it, or here, at home.
func (s *Pages) afterPlacing(a asked, home string) (string, error) {
	e, err := s.Rooms.Embedding(a.r.Context(), a.seat, practice.GapID(a.r.PathValue("gap")))
	if err != nil {
		return "", err
	}
	if next := (changePage{E: e}).Next(); next != nil && e.Gap.Routed() {
		return seatHere(a.r) + "/change/" + string(next.ID) + "?after=" + string(e.Gap.ID), nil
	}
	return home, nil
}

// embedded ends a form of this page: on to what is next, or the page once more
// with what is to be mended.
func (s *Pages) embedded(a asked, sent changePage, err error) error {
	home := seatHere(a.r) + "/change/" + a.r.PathValue("gap")
	if err == nil && !sent.Form.Marked() {
		to, err := s.afterPlacing(a, home)
		if err != nil {
			return err
		}
		return s.onward(a, sent.Form, to)
	}
	if errors.Is(err, practice.ErrChanged) && sent.Way != "undo" {
		return s.changedMeanwhile(a, sent, home)
	}
	if sent.Both = a.f.BothSaid(err, sent.Form.Typed("text"), home+"?step="+string(sent.Step)); sent.Both != nil {
		err = frame.Refused(err).At("text")
	}
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "route.later" { // the words that were sent stay
		if err = refusal.At(sent.field()); sent.Way == "undo" {
			err = refusal.At("main")
		}
	}
	if err != nil && !sent.Form.Mark(err) {
		return err
	}
	return s.changeForm(a, sent)
}

// changedMeanwhile shows what somebody else put in place beside the words that
// were sent, which are in their form again: sent once more, they stand in its
// place. The same words twice are put in place once.
func (s *Pages) changedMeanwhile(a asked, sent changePage, home string) error {
	e, err := s.Rooms.Embedding(a.r.Context(), a.seat, practice.GapID(a.r.PathValue("gap")))
	if err != nil {
		return err
	}
	mine, theirs := sent.Form.Typed(sent.field()), e.Done.Step.Text
	if mine != "" && mine == theirs {
		return s.onward(a, sent.Form, home)
	}
	err = practice.ErrChanged.With("theirs", theirs).At(sent.field())
	sent.Both = a.f.BothSaid(err, mine, home)
	sent.Form.Mark(err)
	return s.changeForm(a, sent)
}

// stepFields are those of a step's new wording, and of a new step.
var stepFields = frame.Fields{"procedure": 64, "base": 9, "act": 10, "step": 64, "text": practice.MaxStep, "was": practice.MaxStep,
	"sees": 1, "join": practice.MaxStep, "keep": 1, "hasten": 1, "harm": practice.MaxLine,
	"check": 1, "checked": practice.MaxName, "strength": 16}

func (s *Pages) changeStep(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, stepFields)
	if err != nil {
		return err
	}
	c := practice.StepChange{Procedure: practice.ProcedureID(form.Typed("procedure")), Base: frame.Number(form.Typed("base")),
		Act: practice.StepAct(form.Typed("act")), Step: practice.StepID(form.Typed("step")), Text: form.Typed("text"),
		Checks: form.Typed("check") != "", Checked: form.Typed("checked"), Strength: practice.Strength(form.Typed("strength"))}
	sent := changePage{Form: form, Way: "step", Step: c.Step, In: c.Procedure}
	if c.Act == practice.ActAdd {
		sent.Step, sent.Behind = "", c.Step
	}
	switch theirs := form.Typed("join"); {
	case form.Marked():
	case theirs != "":
		form.Put("text", theirs+"\n"+c.Text)
		return s.changeForm(a, sent)
	case form.Typed("sees") != "":
		sent.Sees = would(f, form)
		return s.changeForm(a, sent)
	case form.Typed("hasten") != "":
		_, err = s.Rooms.ChangeAtOnce(r.Context(), seat, at, c, form.Typed("harm"))
	case form.Typed("keep") != "":
		_, err = s.Rooms.KeepChange(r.Context(), seat, at, c)
	default:
		_, err = s.Rooms.ChangeStep(r.Context(), seat, at, c)
	}
	home := seatHere(r) + "/change/" + r.PathValue("gap")
	f.Lead("beside", home+"?behind="+string(c.Step)+"#new")
	f.Lead("elsewhere", home+"#ew")
	return s.embedded(a, sent, err)
}

// would is what a form would change.
func would(f *frame.Frame, form *frame.Form) *frame.Diff {
	was, is := form.Typed("was"), form.Typed("text")
	if was == is {
		return nil
	}
	d := f.Changed(was, is)
	return &d
}

// previewChange draws what would change while somebody types.
func (s *Pages) previewChange(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, _, err := sentAbout(asked{w, r, f, seat}, stepFields)
	if err != nil {
		return err
	}
	return s.Fragment(w, "change", "changes", changePage{inSeat: inSeat{Frame: f}, Way: "step", Form: form, Sees: would(f, form)})
}

func (s *Pages) firstStep(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, frame.Fields{"title": 90, "text": practice.MaxStep, "check": 1, "checked": practice.MaxName, "strength": 16})
	if err != nil {
		return err
	}
	if !form.Marked() {
		_, err = s.Rooms.FirstStep(r.Context(), seat, at, form.Typed("title"),
			practice.StepChange{Text: form.Typed("text"), Checks: form.Typed("check") != "", Checked: form.Typed("checked"), Strength: practice.Strength(form.Typed("strength"))})
	}
	return s.embedded(a, changePage{Form: form, Way: "first"}, err)
}

func (s *Pages) guard(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, frame.Fields{"link": 2048, "text": practice.MaxLine, "strength": 16})
	if err != nil {
		return err
	}
	if !form.Marked() {
		_, err = s.Rooms.Guard(r.Context(), seat, at, practice.Safeguard{Link: form.Typed("link"), Text: form.Typed("text"),
			Strength: practice.Strength(form.Typed("strength"))})
	}
	return s.embedded(a, changePage{Form: form, Way: "elsewhere"}, err)
}

// otherWay is a promise, "already covered", "nothing to change", handing it to somebody
// who can, or taking one of these back.
func (s *Pages) otherWay(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, frame.Fields{"do": 16, "why": practice.MaxAnswer, "by": 16, "to": 64, "name": practice.MaxName, "mail": practice.MaxLine,
		"what": practice.MaxLine, "day": 16})
	if err != nil {
		return err
	}
	ctx, why := r.Context(), form.Typed("why")
	if !form.Marked() {
		switch form.Typed("do") {
		case "promise":
			var by time.Time
			if by, err = form.DayOrNone("by", f.Place.Zone); err == nil {
				_, err = s.Rooms.Promise(ctx, seat, at, why, by)
			}
		case "cover":
			_, err = s.Rooms.Cover(ctx, seat, at, form.Typed("to"), why)
		case "refer":
			_, err = s.Rooms.Refer(ctx, seat, at, practice.NewReceiver{Name: form.Typed("name"), Mail: form.Typed("mail")}, why)
		case "nothing":
			_, err = s.Rooms.LeaveAsItIs(ctx, seat, at, why)
		case "undo":
			_, err = s.Rooms.Unroute(ctx, seat, at)
		case "watch":
			err = s.watch(a, form, at)
		default:
			return frame.ErrForm
		}
	}
	return s.embedded(a, changePage{Form: form, Way: form.Typed("do")}, err)
}

// watch names what a change is to move. Of two who do so at once the slower is asked to look.
func (s *Pages) watch(a asked, form *frame.Form, at room.GapAt) error {
	day, err := form.DayOrNone("day", a.f.Place.Zone)
	if err == nil {
		_, err = s.Rooms.Watch(a.r.Context(), a.seat, at, form.Typed("what"), day)
	}
	if errors.Is(err, practice.ErrChanged) {
		err = practice.Refuse(practice.Conflict, "effect.anew").At("what")
	}
	return err
}

func (s *Pages) nameBoundary(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, frame.Fields{"known": 64, "boundary": practice.MaxAnswer, "assume": practice.MaxAnswer, "kind": 16,
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

func (s *Pages) keepFinding(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	a := asked{w, r, f, seat}
	form, at, err := sentAbout(a, frame.Fields{"tried": practice.MaxAnswer, "expected": practice.MaxAnswer, "got": practice.MaxAnswer,
		"known": 4 * practice.MaxAnswer, "next": practice.MaxAnswer, "because": 4 * practice.MaxAnswer, "asked": 2048, "askedat": 16, "after": 64})
	if err != nil {
		return err
	}
	n := practice.Finding{Tried: form.Typed("tried"), Expected: form.Typed("expected"), Got: form.Typed("got"), Known: frame.LinesOf(form.Typed("known")),
		Next: form.Typed("next"), Because: frame.LinesOf(form.Typed("because")), Asked: form.Typed("asked"), After: practice.FindingID(form.Typed("after"))}
	if n.AskedAt, err = form.DayOrNone("askedat", f.Place.Zone); err == nil && !form.Marked() {
		_, err = s.Rooms.KeepFinding(r.Context(), seat, at, n)
	}
	return s.embedded(a, changePage{Form: form, Way: "finding"}, err)
}
