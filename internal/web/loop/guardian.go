package loop

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// guardianRoutes is where anybody tells a guardian that a review was used against
// somebody, and where a guardian reads it. Nobody has a name there.
func (s *Pages) guardianRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /guardian", Handler: s.stranger(s.showGuardian)},
		{Pattern: "POST /guardian", Handler: s.stranger(s.tellGuardian)},
		{Pattern: "POST /receipt/more", Handler: s.stranger(s.sayMore)},
		{Pattern: "GET /guardian/desk", Handler: s.stranger(s.showDeskDoor)},
		{Pattern: "POST /guardian/desk", Handler: s.stranger(s.openDesk)},
		{Pattern: "POST /guardian/desk/case", Handler: s.stranger(s.handleCase)},
	}
}

// guardianPage is where somebody tells a guardian something. What is protected and what
// is not stands before the first field.
type guardianPage struct {
	*frame.Frame
	room.Guarded
	Form *frame.Form
	From string // [frame.FromTablet] where it is a tablet that the team shares; else empty

	Since bool // they were asked after a report whether anything bad has happened since
}

func (s *Pages) showGuardian(w http.ResponseWriter, r *http.Request, f *frame.Frame, _ practice.Stranger) error {
	return s.guardianForm(w, r, f, nil)
}

func (s *Pages) guardianForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form) error {
	g, err := s.Rooms.Guarded(r.Context())
	if err != nil {
		return err
	}
	s.inOrganisation(r, f, g.Organisation)
	f.Title = f.Say("guardian.title")
	page := guardianPage{Frame: f, Guarded: g, Form: form, From: form.Typed("from")}
	page.Since = form.Typed("since") != ""
	if form == nil {
		page.Since = r.URL.Query().Has("since")
		page.From, _ = frame.Clean(r.URL.Query().Get("from"))
	}
	s.onTablet(f, page.From)
	return s.Show(w, form.Status(), "guardian", page)
}

// inOrganisation makes the frame that of a house, and of no team.
func (s *Pages) inOrganisation(r *http.Request, f *frame.Frame, o practice.Organisation) {
	*f = *s.Begin(r, frame.Place{Organisation: o.Name, Legal: o.Legal, Zone: o.Location()})
	f.Hush()
}

// toldPage says that a message is on its way, and shows the words of its receipt, this
// once.
type toldPage struct {
	*frame.Frame
	room.Reported
}

func (s *Pages) tellGuardian(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"text": practice.MaxReport, "name": practice.MaxName, "to": 64, "from": 8, "since": 3})
	if err != nil {
		return err
	}
	who.Once = form.Key
	n := practice.NewMisuse{Text: form.Typed("text"), Name: form.Typed("name"), Since: form.Typed("since") != ""}
	if to := form.Typed("to"); to != "" {
		n.To = []practice.MemberID{practice.MemberID(to)}
	}
	if !form.Marked() {
		var done room.Reported
		if done, err = s.Rooms.TellGuardian(r.Context(), who, n); err == nil {
			g, err := s.Rooms.Guarded(r.Context())
			if err != nil {
				return err
			}
			s.inOrganisation(r, f, g.Organisation)
			f.Title = f.Say("guardian.told")
			s.onTablet(f, form.Typed("from"))
			return s.Show(w, http.StatusOK, "told", toldPage{f, done})
		}
		if err = frame.SlowAt(w, err, "text"); !form.Mark(err) {
			return err
		}
	}
	return s.guardianForm(w, r, f, form)
}

// Text is what somebody tells.
func (p guardianPage) Text() frame.Field {
	return p.Field(p.Form, "text", "guardian.text", "").Needed().Limited(practice.MaxReport)
}

// Name is for whoever wants to be answered in person.
func (p guardianPage) Name() frame.Field {
	return p.Field(p.Form, "name", "guardian.name", "").Limited(practice.MaxName).Filled("off").Little()
}

// To offers who reads it, where there are several: whoever it is about need not.
func (p guardianPage) To() frame.Choices {
	options := []frame.Option{{Value: "", Text: p.Say("guardian.to.all"), On: true}}
	for _, g := range p.Guardians {
		options = append(options, frame.Option{Value: string(g.Member), Text: p.Say("guardian.to.one", "name", g.Name)})
	}
	return p.Choices(p.Form, "to", "guardian.to", options...)
}

// Only is the one guardian there is; else empty.
func (p guardianPage) Only() string {
	if len(p.Guardians) == 1 {
		return p.Guardians[0].Name
	}
	return ""
}

// saidPage is what the words of a receipt open where a guardian was told something.
type saidPage struct {
	*frame.Frame
	*room.Said
	Form  *frame.Form
	Words string // for the next form of this page
}

func (s *Pages) showSaid(a byWords, said *room.Said, form *frame.Form) error {
	g, err := s.Rooms.Guarded(a.r.Context())
	if err != nil {
		return err
	}
	s.inOrganisation(a.r, a.f, g.Organisation)
	a.f.Title = a.f.Say("guardian.said.title")
	page := saidPage{Frame: a.f, Said: said, Words: form.Typed("words")}
	if form.Marked() {
		page.Form = form
	}
	return s.Show(a.w, page.Form.Status(), "said", page)
}

// Stands says where a case stands: case.state.open. words:use case.state.*
func (p saidPage) Stands() string { return p.Say("case.state." + string(p.Case.State)) }

func (s *Pages) sayMore(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	return s.byReceipt(byWords{w, r, f, who}, func(who practice.Stranger, form *frame.Form) error {
		return s.Rooms.SayMore(r.Context(), who, form.Typed("words"), form.Typed("text"))
	})
}

// deskDoor asks for the words of a guardian.
type deskDoor struct {
	*frame.Frame
	Form *frame.Form
	Near []string // words of the list that begin like the one that is not in it
}

func (s *Pages) showDeskDoor(w http.ResponseWriter, _ *http.Request, f *frame.Frame, _ practice.Stranger) error {
	return s.deskDoor(w, deskDoor{Frame: f})
}

func (s *Pages) deskDoor(w http.ResponseWriter, p deskDoor) error {
	p.Title = p.Say("desk.title")
	return s.Show(w, p.Form.Status(), "deskdoor", p)
}

// deskPage is the cases of a guardian.
type deskPage struct {
	*frame.Frame
	room.Desk
	Form  *frame.Form
	Words string // for the next form of this page
	Asked string // what became of a pause that was just proposed
}

// deskFields are what the forms of a guardian may send.
var deskFields = frame.Fields{"words": 400, "case": 64, "seen": 16, "text": practice.MaxGap, "state": 16, "close": 64, "open": 64, "pause": 64, "elsewhere": 3}

func (s *Pages) openDesk(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	form, err := frame.ReadForm(r, f, deskFields)
	if err != nil {
		return err
	}
	return s.desk(byWords{w, r, f, who}, form, "")
}

func (s *Pages) desk(a byWords, form *frame.Form, proposed practice.PauseAsked) error {
	d, err := s.Rooms.Desk(a.r.Context(), a.who, form.Typed("words"))
	if err != nil {
		return s.deskAgain(a, form, err)
	}
	s.inOrganisation(a.r, a.f, d.Organisation)
	a.f.Title = a.f.Say("desk.open.title")
	page := deskPage{Frame: a.f, Desk: d, Words: form.Typed("words")}
	if form.Marked() {
		page.Form = form
	}
	switch proposed {
	case practice.PauseAskedNew:
		page.Asked = a.f.Say("case.pause.new")
	case practice.PauseJoined:
		page.Asked = a.f.Say("case.pause.joined")
	case practice.PauseRan:
		page.Asked = a.f.Say("case.pause.already")
	}
	return s.Show(a.w, page.Form.Status(), "desk", page)
}

func (s *Pages) handleCase(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	form, err := frame.ReadForm(r, f, deskFields)
	if err != nil {
		return err
	}
	a := byWords{w, r, f, who}
	a.who.Once = form.Key
	var proposed practice.PauseAsked
	if !form.Marked() {
		proposed, err = s.Rooms.Handle(r.Context(), a.who, form.Typed("words"), practice.Handling{Case: practice.MisuseID(form.Typed("case")),
			Seen: practice.MisuseState(form.Typed("seen")), Text: form.Typed("text"), State: practice.MisuseState(form.Typed("state")),
			Close: practice.MemberID(form.Typed("close")), Open: practice.MemberID(form.Typed("open")), Pause: practice.TeamID(form.Typed("pause"))})
		if errors.Is(err, practice.ErrChanged) {
			err = practice.ErrChanged.At("text")
		}
		if err != nil {
			return s.deskAgain(a, form, err)
		}
	}
	return s.desk(a, form, proposed)
}

// deskAgain says what is wrong beside the field it is about: the words, on the page
// that asks for them; anything else at its case.
func (s *Pages) deskAgain(a byWords, form *frame.Form, err error) error {
	var refusal *practice.Error
	err = frame.SlowAt(a.w, err, "words")
	if !errors.As(err, &refusal) || !form.Mark(err) {
		return err
	}
	if refusal.Field != "words" {
		return s.desk(a, form, "")
	}
	near, _ := refusal.Args["near"].([]string)
	return s.deskDoor(a.w, deskDoor{Frame: a.f, Form: form, Near: near})
}

// deskCase is one case with what a guardian can do about it.
type deskCase struct {
	deskPage
	room.Case
	N int
}

// Each are the cases, each with its number on this page.
func (p deskPage) Each() (all []deskCase) {
	for i, c := range p.Cases {
		one := deskCase{p, c, i + 1}
		if p.Form.Typed("case") != string(c.ID) || p.Form.Typed("elsewhere") != "" {
			one.Form = nil
		}
		all = append(all, one)
	}
	return all
}

// Stands says where a case stands. words:use case.state.*
func (p deskCase) Stands() string { return p.Say("case.state." + string(p.State)) }

// States are where it can stand next.
func (p deskCase) States() []frame.Option {
	all := []frame.Option{{Value: "", Text: p.Say("case.state.stays")}}
	for _, state := range practice.MisuseStates[2:] {
		if state != p.State {
			all = append(all, frame.Option{Value: string(state), Text: p.Say("case.state." + string(state)), On: p.Form.Typed("state") == string(state)})
		}
	}
	return all
}

// Asked says which team is asked to pause where the guardian chooses none: the only one,
// as soon as it is confirmed.
func (p deskCase) Asked() string {
	switch {
	case p.State == practice.MisuseConfirmed:
		return p.Say("case.nobody")
	case len(p.Teams) == 1:
		return p.Say("case.pause.one", "team", p.Teams[0].Name)
	}
	return p.Say("case.pause.which")
}

// Ask names a team to which a pause can be proposed, and says where one waits or runs.
func (p deskCase) Ask(t practice.Team) string {
	switch before, some := p.Pauses[t.ID]; {
	case some && before.Runs():
		return p.Say("case.pause.runs", "team", t.Name)
	case some:
		return p.Say("case.pause.waits", "team", t.Name)
	}
	return t.Name
}

// deskClosed is one person to whom raw answers are closed because of a case that others
// read.
type deskClosed struct {
	deskPage
	practice.ReadingClosed
	N int
}

// Elsewhere are all of them.
func (p deskPage) Elsewhere() (all []deskClosed) {
	for i, c := range p.Closed {
		one := deskClosed{p, c, i + 1}
		if p.Form.Typed("open") != string(c.Member) || p.Form.Typed("case") != string(c.Case) {
			one.Form = nil
		}
		all = append(all, one)
	}
	return all
}

// Answer is what the guardian says to whoever told it.
func (p deskClosed) Answer() frame.Field {
	return p.Field(p.Form, "text", "case.answer", "").Of(fmt.Sprint("elsewhere-", p.N)).Limited(practice.MaxGap).Tall(3).Little()
}

// Answer is what the guardian says.
func (p deskCase) Answer() frame.Field {
	return p.Field(p.Form, "text", "case.answer", "").Of(string(p.ID)).Limited(practice.MaxGap).Tall(3).Little()
}

// Readers are the people raw answers are not closed to because of this case.
func (p deskCase) Readers() []practice.Member {
	return slices.DeleteFunc(slices.Clone(p.People), func(m practice.Member) bool {
		return slices.ContainsFunc(p.Closed, func(c practice.Member) bool { return c.ID == m.ID })
	})
}

// Nothing says that nobody has told this guardian anything.
func (p deskPage) Nothing() *frame.Empty {
	return &frame.Empty{Title: p.Say("desk.empty.title"), Why: p.Say("desk.empty")}
}
