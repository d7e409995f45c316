package loop

import (
	"net/http"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

func (s *Pages) ownRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/edit", Handler: s.Member(s.showEdit)},
		{Pattern: "POST /f/{n}/edit", Handler: s.Member(s.edit)},
		{Pattern: "POST /f/{n}/back", Handler: s.Member(s.takeBack)},
	}
}

// editPage is one's own report as a form, until its review begins.
type editPage struct {
	*frame.Frame
	Form    *frame.Form
	Failure practice.Failure
	Team    practice.Team
}

func (s *Pages) showEdit(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.editForm(w, r, f, actor, nil)
}

func (s *Pages) editForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	failure, err := s.App.OwnReport(r.Context(), actor, frame.Number(r.PathValue("n")))
	if err != nil {
		return err
	}
	team, err := s.App.Team(r.Context(), actor, failure.Team)
	if err != nil {
		return err
	}
	f.Title = f.Say("own.edit.title")
	return s.Show(w, form.Status(), "edit", editPage{Frame: f, Form: form, Failure: failure, Team: team})
}

// To is the address of the failure.
func (p editPage) To() string { return practice.FailurePath(p.Failure.Number) }

// Now is what the report says, as the fields of the form have it.
func (p editPage) Now() map[string]string { return reportFields(p.Frame, p.Failure) }

func reportFields(f *frame.Frame, is practice.Failure) map[string]string {
	at := is.RecognisedAt.In(f.Place.Zone)
	return map[string]string{"what": is.Text, "day": at.Format(time.DateOnly), "time": at.Format("15:04"),
		"other": is.TouchedOther, "stage": string(is.Stage)}
}

// What is what happened.
func (p editPage) What() frame.Field {
	return p.Field(p.Form, "what", "report.what", p.Failure.Text).Needed().First().Limited(practice.MaxReport).Tall(6)
}

// Day, Time and Other are the fields of one line.
func (p editPage) Day() frame.Field {
	return p.Field(p.Form, "day", "report.when.day", p.Now()["day"]).Kind("date").Little()
}

// Time is beside Day.
func (p editPage) Time() frame.Field {
	return p.Field(p.Form, "time", "report.when.time", p.Now()["time"]).Kind("time").Little()
}

// Other is for people no group stands for.
func (p editPage) Other() frame.Field {
	return p.Field(p.Form, "other", "report.who.other", p.Failure.TouchedOther).Limited(practice.MaxLine).Little()
}

// Who offers the team's groups, those it touched ticked.
func (p editPage) Who() frame.Choices {
	c := whoTouched(p.Frame, p.Form, p.Team)
	if p.Form == nil {
		for i, o := range c.Options {
			c.Options[i].On = slices.Contains(p.Failure.Touched, practice.GroupID(o.Value))
		}
	}
	return c
}

// Stage is how far it had come.
func (p editPage) Stage() frame.Choices {
	c := whereItStands(p.Frame, p.Form)
	if p.Form == nil {
		for i, o := range c.Options {
			c.Options[i].On = o.Value == string(p.Failure.Stage)
		}
	}
	return c
}

// mend is part/mend: the ways to edit one's own report and to take it back.
type mend struct {
	To   string
	Said []words.Span
}

// Mend says until when they are open: until the review of the report begins. One
// that goes along with another has no review of its own.
func (p inLoop) Mend(f practice.Failure, with *practice.Failure) mend {
	said := p.Spans("own.mend")
	if with != nil {
		said = p.Spans("own.mend.along")
	}
	return mend{practice.FailurePath(f.Number), said}
}

func (s *Pages) edit(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"what": practice.MaxReport, "day": 16, "time": 8, "who": 64,
		"other": practice.MaxLine, "stage": 16, "version": 32})
	if err != nil {
		return err
	}
	n := practice.NewFailure{Text: form.Typed("what"), Stage: practice.Stage(form.Typed("stage")), TouchedOther: form.Typed("other")}
	for _, g := range form.All("who") {
		n.Touched = append(n.Touched, practice.GroupID(g))
	}
	at, err := clockOn(form, f.Place.Zone)
	if err == nil && !form.Marked() {
		_, err = s.App.EditReport(r.Context(), actor, failure.ID, func(was practice.Failure) (practice.NewFailure, error) {
			now := reportFields(f, was)
			if n.At = at; now["day"] == form.Typed("day") && now["time"] == form.Typed("time") {
				n.At = was.RecognisedAt // it is known to the second
			}
			return n, form.Over(now)
		})
		if no := frame.Refused(err); no != nil && no.Field == "when" {
			err = no.At("time") // which is what this page has
		}
		if err == nil {
			frame.Redirect(w, r, practice.FailurePath(failure.Number))
			return nil
		}
	}
	if err != nil && !form.Both() && !form.Mark(err) {
		return err
	}
	return s.editForm(w, r, f, actor, form)
}

// gonePage says that a report was taken back, and can be sent again.
type gonePage struct {
	*frame.Frame
	Failure practice.Failure // as it was
	Fields  map[string]string
}

func (s *Pages) takeBack(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if failure, err = s.App.TakeBackReport(r.Context(), actor, failure.ID); err != nil {
		return err
	}
	f.Title = f.Say("own.gone.title")
	return s.Show(w, http.StatusOK, "gone", gonePage{Frame: f, Failure: failure, Fields: reportFields(f, failure)})
}
