package loop

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) echoRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/in", Handler: s.Member(s.showEcho)},
		{Pattern: "POST /f/{n}/tie", Handler: s.Member(s.tie)},
		{Pattern: "POST /f/{n}/untie", Handler: s.Member(s.untie)},
		{Pattern: "POST /f/{n}/step", Handler: s.Member(s.nameStep)},
	}
}

// echoPage is what comes after a report: first that it is in, and then, for
// whoever has another minute, what earlier ones share with it.
type echoPage struct {
	inLoop
	Failure  practice.Failure
	With     *practice.Failure // the one it goes along with, or nil
	Echo     app.Echo
	Failed   bool // we could not look just now
	Convener string
	Me       practice.MemberID // the reader, where they may convene it themselves
	Yours    bool              // the reader convenes this one
	Mine     bool              // and reported it
	Mends    bool              // and may still edit it
	Said     url.Values        // what the reader said of earlier ones, by their numbers: "not" and "unsure"
}

func (s *Pages) showEcho(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	page := echoPage{inLoop: inLoop{f}, Failure: failure, Yours: failure.Convener == actor.Member, Mine: failure.Reporter == actor.Member,
		Said: r.URL.Query()}
	if actor.In(failure.Team) && failure.Standing == practice.Reported {
		page.Me = actor.Member
	}
	if page.Echo, err = s.App.EchoOf(r.Context(), actor, failure.ID); err != nil {
		s.Log.Error("look for earlier ones", "err", err)
		page.Failed = true
	}
	if page.Convener, err = s.App.NameOf(r.Context(), actor, failure.Convener); err != nil {
		return err
	}
	if page.Mine {
		_, no := s.App.OwnReport(r.Context(), actor, failure.Number)
		page.Mends = no == nil
		ties, err := s.App.Ties(r.Context(), actor, failure.ID)
		if err != nil {
			return err
		}
		page.With = app.Leading(ties)
	}
	f.Title = f.Say("echo.heading")
	if page.Mine {
		f.Title = f.Say("echo.in")
	}
	return s.Show(w, http.StatusOK, "echo", page)
}

// failureAt reads the number in the address.
func (s *Pages) failureAt(r *http.Request, actor practice.Actor) (practice.Failure, error) {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return practice.Failure{}, err
	}
	return s.App.Failure(r.Context(), actor, n)
}

// Same is the question to each of the earlier ones: three equal answers.
func (p echoPage) Same(l app.Likeness) frame.Equal {
	n := strconv.Itoa(l.Failure.Number)
	return frame.Equal{
		To: p.address("/tie", p.Said), Name: "same", Key: p.Once(),
		Label: p.Say("echo.same.ask", "title", l.Failure.Title),
		Answers: []frame.Option{
			{Value: string(l.Failure.ID), Text: p.Say("echo.same")},
			{Value: saidNot + n, Text: p.Say("echo.not")},
			{Value: saidUnsure + n, Text: p.Say("echo.unsure")},
		},
	}
}

// The answers that tie nothing go along in the address, each with the number of
// the earlier one: they are said to the reader alone and kept nowhere.
const (
	saidNot    = "not "
	saidUnsure = "unsure "
)

// Answer says back what the reader said of an earlier one; empty if nothing.
func (p echoPage) Answer(l app.Likeness) string {
	n := strconv.Itoa(l.Failure.Number)
	switch {
	case slices.Contains(p.Said["not"], n):
		return p.Say("echo.said.not")
	case slices.Contains(p.Said["unsure"], n):
		return p.Say("echo.said.unsure")
	}
	return ""
}

// Unsay is this page without what the reader said of an earlier one.
func (p echoPage) Unsay(l app.Likeness) string {
	rest := url.Values{}
	for answer, numbers := range p.Said {
		rest[answer] = slices.DeleteFunc(slices.Clone(numbers), func(n string) bool { return n == strconv.Itoa(l.Failure.Number) })
	}
	return p.address("/in", rest)
}

// Untie is where a tie is taken back.
func (p echoPage) Untie() string { return p.address("/untie", p.Said) }

// Tie is where two reports are joined as one event.
func (p echoPage) Tie() string { return p.address("/tie", p.Said) }

func (p echoPage) address(below string, said url.Values) string {
	return echoAddress(p.Failure, below, said)
}

func echoAddress(f practice.Failure, below string, said url.Values) string {
	to := practice.FailurePath(f.Number) + below
	if q := said.Encode(); q != "" {
		to += "?" + q
	}
	return to
}

// Step is where it is said which step would have caught it, or taken back.
func (p echoPage) Step() string { return practice.FailurePath(p.Failure.Number) + "/step" }

// Caught asks whether a step would have caught it.
func (p echoPage) Caught(m app.Meant) frame.Equal {
	return frame.Equal{
		To: p.Step(), Name: "step", Key: p.Once(), Label: p.Say("echo.step.ask"),
		Answers: []frame.Option{
			{Value: string(m.Step.ID), Text: p.Say("form.yes")},
			{Value: "", Text: p.Say("form.no")},
			{Value: "unsure", Text: p.Say("form.unsure")},
		},
	}
}

// Origin is the line under an earlier failure.
func (p echoPage) Origin(l app.Likeness) string {
	f := l.Failure
	parts := []string{p.Say("frame.number", "n", f.Number)}
	if org := f.Provenance.Org; org != "" {
		parts = append(parts, p.Say("echo.imported", "org", org))
	}
	if l.Team != "" {
		parts = append(parts, l.Team)
	}
	if !f.RecognisedAt.IsZero() {
		parts = append(parts, p.Happened(f))
	}
	for _, m := range p.Echo.Meant { // a step is mended where the gap could be avoided
		if m.Step.ID != "" && slices.ContainsFunc(m.Step.Scars, func(s practice.Scar) bool { return s.Failure == f.ID }) {
			parts = append(parts, p.Say("echo.became", "procedure", m.Procedure.Title))
			break
		}
	}
	return strings.Join(parts, " · ")
}

// tie records "same again" with one tap. "Not the same" and "I don't know" are
// answers too and change nothing.
func (s *Pages) tie(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"same": 64, "joined": 64})
	if err != nil {
		return err
	}
	said := r.URL.Query()
	kind, other := practice.TieSame, form.Typed("same")
	if joined := form.Typed("joined"); joined != "" {
		kind, other = practice.TieJoined, joined
	}
	if answer, of, ok := strings.Cut(other, " "); ok {
		said.Add(answer, of)
	} else if _, err := s.App.TieFailures(r.Context(), actor, failure.ID, practice.FailureID(other), kind); err != nil {
		return err
	}
	frame.Redirect(w, r, echoAddress(failure, "/in", said))
	return nil
}

func (s *Pages) untie(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"tie": 64, "back": 16})
	if err != nil {
		return err
	}
	if err := s.App.UntieFailures(r.Context(), actor, practice.LinkID(form.Typed("tie"))); err != nil {
		return err
	}
	back := echoAddress(failure, "/in", r.URL.Query())
	if form.Typed("back") == "page" { // where the button stood
		back = practice.FailurePath(failure.Number)
	}
	frame.Redirect(w, r, back)
	return nil
}

func (s *Pages) nameStep(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"step": 64})
	if err != nil {
		return err
	}
	if step := form.Typed("step"); step != "unsure" {
		if err := s.App.NameStep(r.Context(), actor, failure.ID, practice.StepID(step)); err != nil {
			return err
		}
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number)+"/in")
	return nil
}
