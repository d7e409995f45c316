package loop

import (
	"net/http"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// UnnamedRoutes is what somebody without a name asks for: the form behind a
// team's address, and the receipt. None of these looks at a session or a
// cookie, sets one, or leaves a line in the log.
func (s *Pages) UnnamedRoutes() []frame.Route {
	return frame.Quiet(slices.Concat([]frame.Route{
		{Pattern: "GET /r/{word}", Handler: s.stranger(s.showUnnamed)},
		{Pattern: "POST /r/{word}", Handler: s.stranger(s.sendUnnamed)},
	}, s.receiptRoutes(), s.guardianRoutes()))
}

// strangerHandler answers somebody of whom nothing is known.
type strangerHandler func(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error

// stranger is for pages of people without a name. Nothing of them is kept by a
// browser, and what goes wrong is logged without saying on which page.
func (s *Pages) stranger(h strangerHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, frame.FormLimit)
		f := s.Strange(r)
		f.Hush()
		if err := h(w, r, f, practice.Stranger{From: r.RemoteAddr}); err != nil {
			s.Fail(w, r, f, err)
		}
	})
}

// inHouse makes the frame that of a team, whose words the page then speaks.
func (s *Pages) inHouse(r *http.Request, f *frame.Frame, h room.House) {
	*f = *s.Begin(r, frame.Place{Organisation: h.Organisation.Name, Legal: h.Organisation.Legal, Support: h.Organisation.SupportLines(), Team: h.Team, Zone: h.Organisation.Location()})
	f.Hush()
}

// unnamedPage is the report form for whoever leaves their name off. What is
// protected and what is not stands before the first field.
type unnamedPage struct {
	*frame.Frame
	Form  *frame.Form
	House room.House
	Word  string // of the address
	Mark  string // of the team, where somebody of it came here; may be empty
	From  string // [frame.FromTablet] where it is a tablet that the team shares; else empty
}

func (s *Pages) showUnnamed(w http.ResponseWriter, r *http.Request, f *frame.Frame, _ practice.Stranger) error {
	return s.unnamedForm(w, r, f, nil)
}

func (s *Pages) unnamedForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form) error {
	house, err := s.Rooms.At(r.Context(), r.PathValue("word"))
	if err != nil {
		return err
	}
	s.inHouse(r, f, house)
	f.Title = f.Say("report.heading")
	page := unnamedPage{Frame: f, Form: form, House: house, Word: r.PathValue("word"), Mark: form.Typed("mark"), From: form.Typed("from")}
	if form == nil {
		page.Mark, _ = frame.Clean(r.URL.Query().Get("of"))
		page.From, _ = frame.Clean(r.URL.Query().Get("from"))
	}
	s.onTablet(f, page.From)
	return s.Show(w, form.Status(), "unnamed", page)
}

// sendUnnamed answers with the receipt and with no redirect: its words stand in
// this one answer and in no address.
func (s *Pages) sendUnnamed(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	house, err := s.Rooms.At(r.Context(), r.PathValue("word"))
	if err != nil {
		return err
	}
	s.inHouse(r, f, house)
	form, err := frame.ReadForm(r, f, frame.Fields{"what": practice.MaxReport, "when": 16, "day": 16, "who": 64,
		"other": practice.MaxLine, "stage": 16, "alias": practice.MaxName, "severe": 8, "mark": 64, "from": 8})
	if err != nil {
		return err
	}
	who.Once = form.Key
	n := room.NewReport{Address: r.PathValue("word"), Mark: form.Typed("mark"), Unnamed: practice.Unnamed{
		Text: form.Typed("what"), Stage: practice.Stage(form.Typed("stage")), TouchedOther: form.Typed("other"), Alias: form.Typed("alias"), Severe: form.Typed("severe") != ""}}
	for _, g := range form.All("who") {
		n.Touched = append(n.Touched, practice.GroupID(g))
	}
	if form.Typed("when") == "before" {
		n.Day, err = form.Day("day", f.Place.Zone)
	}
	if err == nil && !form.Marked() {
		var done room.Reported
		if done, err = s.Rooms.Report(r.Context(), who, n); err == nil {
			f.Title = f.Say("echo.in")
			s.onTablet(f, form.Typed("from"))
			return s.Show(w, http.StatusOK, "sent", sentPage{Frame: f, Reported: done, Alias: n.Alias, Severe: n.Severe})
		}
	}
	if err = frame.SlowAt(w, err, "what"); err != nil && !form.Mark(err) {
		return err
	}
	return s.unnamedForm(w, r, f, form)
}

// onTablet has the page go back to the names where it is on a tablet that a team
// shares. The page says so itself: nobody looks at who asks.
func (s *Pages) onTablet(f *frame.Frame, from string) {
	if from == frame.FromTablet {
		s.OnTablet(f, s.TabletIdle())
	}
}

// sentPage says that a report is in, and shows the words of its receipt, this
// once.
type sentPage struct {
	*frame.Frame
	room.Reported
	Alias  string
	Severe bool // somebody was hurt or worse
}

// What, Other and Alias are the fields.
func (p unnamedPage) What() frame.Field {
	return p.Field(p.Form, "what", "report.what", "").Needed().First().Limited(practice.MaxReport)
}

// Other is for people no group stands for.
func (p unnamedPage) Other() frame.Field {
	return p.Field(p.Form, "other", "report.who.other", "").Limited(practice.MaxLine).Little()
}

// Alias is for whoever wants to be called something.
func (p unnamedPage) Alias() frame.Field {
	return p.Field(p.Form, "alias", "unnamed.alias", "").Limited(practice.MaxName).Filled("off").Little()
}

// Day is asked of whoever saw it earlier than today.
func (p unnamedPage) Day() frame.Field {
	return p.Field(p.Form, "day", "report.when.day", p.Now.In(p.Place.Zone).AddDate(0, 0, -1).Format(time.DateOnly)).Kind("date").Little()
}

// When asks for the day and for nothing finer.
func (p unnamedPage) When() frame.Choices {
	c := p.Choices(p.Form, "when", "report.when",
		frame.Option{Value: "today", Text: p.Say("unnamed.today"), Small: p.Speaker.Day(p.Now), On: true},
		frame.Option{Value: "before", Text: p.Say("report.when.before"), Small: p.Say("report.when.before.small"), Opens: true})
	c.Look = "inline"
	return c
}

// Hurts reports whether the box for somebody who was hurt or worse was ticked.
func (p unnamedPage) Hurts() bool { return p.Form.Typed("severe") != "" }

// Who offers the team's groups.
func (p unnamedPage) Who() frame.Choices { return whoTouched(p.Frame, p.Form, p.House.Team) }

// Stage is one tap.
func (p unnamedPage) Stage() frame.Choices { return whereItStands(p.Frame, p.Form) }
