package loop

import (
	"net/http"
	"strconv"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// tabletRoutes is the tablet that a team shares: the names, and a report under one of
// them. Nothing of whoever stood there before is shown: each way leads back to the
// names, and looking at those ends what was begun. None leaves a line in the log.
func (s *Pages) tabletRoutes() []frame.Route {
	return frame.Quiet([]frame.Route{
		{Pattern: "GET /tablet", Handler: s.AtTablet(s.showNames)},
		{Pattern: "POST /tablet", Handler: s.AtTablet(s.pickName)},
		{Pattern: "GET /tablet/report", Handler: s.Picked(s.showTabletReport)},
		{Pattern: "POST /tablet/report", Handler: s.AtTablet(s.sendTabletReport)},
	})
}

// namesPage is the tablet when nobody stands before it.
type namesPage struct {
	*frame.Frame
	Names   []practice.Member
	In      int // the number of the report that was just sent; 0 for none
	Unnamed unnamedWay
	Seconds int // a name stays picked
}

// namesAfresh is after how long the names are asked for again: somebody may have come
// or gone, or the tablet ended.
const namesAfresh = 5 * time.Minute

func (s *Pages) showNames(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	team := f.Place.Team.ID
	people, err := s.App.PeopleOf(r.Context(), actor, team)
	if err != nil {
		return err
	}
	at, err := s.App.AddressOf(r.Context(), actor, team)
	if err != nil {
		return err
	}
	page := namesPage{Frame: f, Names: people, In: max(0, frame.Number(r.URL.Query().Get("in"))), Seconds: int(s.TabletIdle().Seconds())}
	page.Unnamed = unnamedWay{frame.Link{To: s.UnnamedAddress(at.Word, "") + "?from=" + frame.FromTablet}, practice.Few(len(people))}
	http.SetCookie(w, s.Auth.StayTablet(r))
	s.Pick(w, f, "")
	s.LeaveSeats(w, r)
	again := namesAfresh
	if page.In > 0 { // which is read, and then goes too
		again = s.TabletIdle()
	}
	s.OnTablet(f, again)
	f.Title = f.Say("tablet.who")
	return s.Show(w, http.StatusOK, "tablet", page)
}

func (s *Pages) pickName(w http.ResponseWriter, r *http.Request, f *frame.Frame, _ practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": 64})
	if err != nil {
		return err
	}
	actor, err := s.As(r, form)
	if err != nil {
		return err
	}
	s.Pick(w, f, actor.Member)
	frame.Redirect(w, r, "/tablet/report")
	return nil
}

// tabletReportPage is the report under a picked name: it asks for less than the one
// of whoever is in, and promises nothing in their name.
type tabletReportPage struct {
	*frame.Frame
	reportPage
	Actor   practice.Actor
	Rooms   []app.RoomNow
	Seconds int // until it goes back
}

func (s *Pages) showTabletReport(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.tabletReport(w, r, f, actor, nil)
}

func (s *Pages) tabletReport(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	rooms, err := s.App.RoomsNow(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("report.heading")
	return s.Show(w, form.Status(), "tabletreport", tabletReportPage{Frame: f, Actor: actor, Rooms: rooms, Seconds: int(s.TabletIdle().Seconds()),
		reportPage: reportPage{Frame: f, Form: form, Of: f.Place.Team}})
}

func (s *Pages) sendTabletReport(w http.ResponseWriter, r *http.Request, f *frame.Frame, _ practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": 64, "what": practice.MaxReport, "when": 16, "day": 16, "time": 8, "who": 64,
		"other": practice.MaxLine, "stage": 16, "severe": 8, "more": 8})
	if err != nil {
		return err
	}
	actor, err := s.As(r, form)
	if err != nil {
		return err
	}
	actor.Once = form.Key
	n, err := reported(form, f)
	n.Severe = form.Typed("severe") != ""
	if err == nil && !form.Marked() && form.Typed("more") == "" {
		var done practice.Failure
		if done, err = s.App.ReportFailure(r.Context(), actor, n); err == nil {
			s.Pick(w, f, "")
			frame.Redirect(w, r, frame.TabletHome+"?in="+strconv.Itoa(done.Number))
			return nil
		}
	}
	if err != nil && !form.Mark(err) {
		return err
	}
	s.Pick(w, f, actor.Member)
	return s.tabletReport(w, r, f, actor, form)
}
