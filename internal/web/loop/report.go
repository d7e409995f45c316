package loop

import (
	"cmp"
	"net/http"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) reportRoutes() []frame.Route {
	return []frame.Route{
		// Whoever opens the form and sends nothing perhaps left their name off.
		{Pattern: "GET /report", Quiet: true, Handler: s.Member(s.showReport)},
		{Pattern: "POST /report", Handler: s.Member(s.sendReport)},
		{Pattern: "GET /offline", Quiet: true, Handler: s.Raw(s.showOffline)},
	}
}

// reportPage is the form that takes under a minute: what, when, who, and where
// it stands. Everything after what has a sensible default.
type reportPage struct {
	*frame.Frame
	Form  *frame.Form
	Teams []practice.Team // more than one: the form asks which
	Of    practice.Team
	Words string        // typed into the search page before
	Plan  practice.Plan // whose page led here; mostly none
	Nudge *frame.Nudge  // what its writer is told before it goes

	Unnamed []unnamedWay // where to leave one's name off, one for each team
	Appears time.Time    // what is sent there, at the latest
}

// unnamedWay leads to the form of a team without a name.
type unnamedWay struct {
	frame.Link
	Few bool // people in it: there it is not really without a name
}

func (s *Pages) showReport(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.reportForm(w, r, f, actor, reportSent{})
}

// reportSent is a report that did not go, and what its writer is told first.
type reportSent struct {
	*frame.Form
	nudge *frame.Nudge
}

func (s *Pages) reportForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, sent reportSent) error {
	form := sent.Form
	teams, err := s.App.TeamsOf(r.Context(), actor)
	if err != nil {
		return err
	}
	page := reportPage{Frame: f, Form: form, Teams: teams, Of: f.Place.Team, Nudge: sent.nudge}
	page.Words, _ = frame.Clean(r.URL.Query().Get("what"))
	if page.Plan, err = s.planOf(r, actor, form); err != nil {
		return err
	}
	for _, t := range teams {
		if string(t.ID) == form.Typed("team") || form == nil && t.ID == page.Plan.Team {
			page.Of = t
		}
	}
	for _, t := range teams {
		at, err := s.App.AddressOf(r.Context(), actor, t.ID)
		if err != nil {
			return err
		}
		people, err := s.App.PeopleOf(r.Context(), actor, t.ID)
		if err != nil {
			return err
		}
		page.Unnamed = append(page.Unnamed, unnamedWay{frame.Link{Text: t.Name, To: s.UnnamedAddress(at.Word, at.Mark)}, practice.Few(len(people))})
		page.Appears = at.Appears
	}
	f.Title = f.Say("report.heading")
	return s.Show(w, form.Status(), "report", page)
}

// What is the first field; words that were typed into the search page come
// along.
func (p reportPage) What() frame.Field {
	return p.Field(p.Form, "what", "report.what", p.Words).Needed().First().Limited(practice.MaxReport)
}

// Convenes reports whether the box for convening it was ticked.
func (p reportPage) Convenes() bool { return p.Form.Typed("convene") != "" }

// Hurts reports whether the box for somebody who was hurt or worse was ticked.
func (p reportPage) Hurts() bool { return p.Form.Typed("severe") != "" }

// Drills reports whether the box for practising was ticked.
func (p reportPage) Drills() bool { return p.Form.Typed("drill") != "" }

// Day and Time ask for a moment that is past: of a day before this one, as the choice says.
func (p reportPage) Day() frame.Field {
	return p.Field(p.Form, "day", "report.when.day", p.Now.In(p.Place.Zone).AddDate(0, 0, -1).Format(time.DateOnly)).Kind("date").Little()
}

// Time is beside Day.
func (p reportPage) Time() frame.Field {
	return p.Field(p.Form, "time", "report.when.time", p.Clock(p.Now)).Kind("time").Little()
}

// Other is for people no group stands for.
func (p reportPage) Other() frame.Field {
	return p.Field(p.Form, "other", "report.who.other", "").Limited(practice.MaxLine).Little()
}

// When is asked with "just now" chosen.
func (p reportPage) When() frame.Choices { return whenWasIt(p.Frame, p.Form, p.Clock(p.Now)) }

// whenWasIt offers moments, now preselected.
func whenWasIt(f *frame.Frame, m *frame.Form, now string) frame.Choices {
	c := f.Choices(m, "when", "report.when",
		frame.Option{Value: "now", Text: f.Say("report.when.now"), Small: now, On: true},
		frame.Option{Value: "earlier", Text: f.Say("report.when.earlier"), Small: f.Say("report.when.earlier.small"), Opens: true},
		frame.Option{Value: "before", Text: f.Say("report.when.before"), Small: f.Say("report.when.before.small"), Opens: true})
	c.Look = "seg"
	return c
}

// Who offers the team's groups.
func (p reportPage) Who() frame.Choices { return whoTouched(p.Frame, p.Form, p.Of) }

// whoTouched offers the groups of a team.
func whoTouched(f *frame.Frame, m *frame.Form, of practice.Team) frame.Choices {
	var groups []frame.Option
	for _, g := range of.Offered() {
		groups = append(groups, frame.Option{Value: string(g.ID), Text: g.Name})
	}
	c := f.Choices(m, "who", "report.who", groups...)
	c.Many, c.Look = true, "inline"
	return c
}

// Stage is one tap.
func (p reportPage) Stage() frame.Choices { return whereItStands(p.Frame, p.Form) }

// whereItStands offers the stages, after preselected.
func whereItStands(f *frame.Frame, m *frame.Form) frame.Choices {
	var stages []frame.Option
	for _, v := range []practice.Stage{practice.StageEarly, practice.StageHappening, practice.StageAfter} {
		stages = append(stages, frame.Option{Value: string(v), Text: f.Say("report.stage." + string(v)),
			Small: f.Say("report.stage." + string(v) + ".small"), On: v == practice.StageAfter, Opens: v == practice.StageHappening})
	}
	c := f.Choices(m, "stage", "report.stage", stages...)
	c.Look = "seg"
	return c
}

// Team asks whose failure it is, of people who are in several.
func (p reportPage) TeamChoice() frame.Choices {
	var teams []frame.Option
	for _, t := range p.Teams {
		teams = append(teams, frame.Option{Value: string(t.ID), Text: t.Name, On: t.ID == p.Of.ID})
	}
	c := p.Choices(p.Form, "team", "report.team", teams...)
	c.Look = "inline"
	return c
}

func (s *Pages) sendReport(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"what": practice.MaxReport, "when": 16, "day": 16, "time": 8, "who": 64,
		"other": practice.MaxLine, "stage": 16, "team": 64, "convene": 8, "drill": 8, "severe": 8, "from": 64, "written": 32, "plan": 64, "of": 64, frame.NudgeField: 8})
	if err != nil {
		return err
	}
	// What waited on a device says whose it is and when it was written: others may
	// be let in there by the time it goes.
	if from := form.Typed("from"); from != "" && from != string(actor.Member) {
		return practice.Refuse(practice.Conflict, "report.from")
	}
	actor.Once = onceFor(form)
	n, err := reported(form, f)
	n.Team = cmp.Or(practice.TeamID(form.Typed("team")), f.Place.Team.ID)
	n.Convene, n.Drill, n.Severe, n.Plan = form.Typed("convene") != "", form.Typed("drill") != "", form.Typed("severe") != "", practice.PlanID(form.Typed("plan"))
	if err == nil && !form.Marked() {
		if nudge := s.beforeItGoes(w, r, f, form); nudge != nil {
			return s.reportForm(w, r, f, actor, reportSent{form, nudge})
		}
		var done practice.Failure
		if done, err = s.App.ReportFailure(r.Context(), actor, n); err == nil {
			frame.Redirect(w, r, practice.FailurePath(done.Number)+"/in")
			return nil
		}
	}
	if err != nil && !form.Mark(err) {
		return err
	}
	return s.reportForm(w, r, f, actor, reportSent{Form: form})
}

// beforeItGoes looks at the words of a report, unless there is no time for it or
// nobody there to read a remark: it still happens, or waited on a device.
func (s *Pages) beforeItGoes(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form) *frame.Nudge {
	if practice.Stage(form.Typed("stage")) == practice.StageHappening || form.Typed("written") != "" {
		return nil
	}
	return s.Nudged(w, r, form, "what", f.Place.TeamOf(cmp.Or(practice.TeamID(form.Typed("team")), f.Place.Team.ID)))
}

// onceFor is the key of a report: whoever goes back in the browser and sends other
// words reports something else, and none of it may be lost.
func onceFor(form *frame.Form) string {
	if form.Key == "" {
		return ""
	}
	return form.Key + " " + form.Typed("what")
}

// reported reads what a form says of a failure, under whatever name it is sent.
func reported(form *frame.Form, f *frame.Frame) (n practice.NewFailure, err error) {
	n = practice.NewFailure{Text: form.Typed("what"), Stage: practice.Stage(form.Typed("stage")), TouchedOther: form.Typed("other")}
	for _, g := range form.All("who") {
		n.Touched = append(n.Touched, practice.GroupID(g))
	}
	n.At, err = past(form, f)
	return n, err
}

// past reads "just now", "earlier today" or a day, in the reader's zone. For what
// waited on a device, now is when it was written there.
func past(form *frame.Form, f *frame.Frame) (time.Time, error) {
	written, err := time.Parse(time.RFC3339, form.Typed("written"))
	if err != nil || written.After(f.Now) {
		written = time.Time{}
	}
	switch form.Typed("when") {
	case "", "now":
		return written, nil
	case "before":
		return clockOn(form, f.Place.Zone)
	}
	return clock(cmp.Or(written, f.Now).In(f.Place.Zone), form)
}

// clockOn reads a day and a time of day in a zone.
func clockOn(form *frame.Form, zone *time.Location) (time.Time, error) {
	day, err := form.Day("day", zone)
	if err != nil {
		return day, err
	}
	return clock(day, form)
}

// clock reads a time of day on a day.
func clock(day time.Time, form *frame.Form) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly+" 15:04", day.Format(time.DateOnly)+" "+form.Typed("time"), day.Location())
	if err != nil {
		return t, practice.Refuse(practice.Invalid, "bad.time").At("time")
	}
	return t, nil
}
