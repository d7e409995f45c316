package room

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// pulseRoutes is where people are asked whether it is safe to speak. The sheet itself
// lies under /seat/, where nobody has a name.
func (s *Pages) pulseRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + practice.PulsePath, Handler: s.Member(s.askPulse)},
		{Pattern: "POST " + practice.PulsePath, Handler: s.Member(s.takeSheet)},
	}
}

// pulsePage is what one person finds there, in each state: asked, with the sheet taken,
// not asked while others are, nobody asked, or in too small a team.
type pulsePage struct {
	*frame.Frame
	app.PulseDoor
}

// Few is what a team that is too small can do instead.
func (p pulsePage) Instead() frame.Empty {
	return frame.Empty{Title: p.Say("pulse.small.title"), Why: p.Say("pulse.small", "n", practice.PulseFew),
		Ways: []frame.Way{{Text: p.Say("pulse.small.guardian"), To: practice.GuardianPath}, {Text: p.Say("pulse.small.report"), To: "/report"}}}
}

// Held is where the sheet lies.
func (p pulsePage) Held() string { return practice.SheetPath(p.Pulse.ID) }

func (s *Pages) askPulse(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	d, err := s.App.PulseDoor(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return err
	}
	f.Title = f.Say("pulse.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, http.StatusOK, "pulse", pulsePage{f, d})
}

// sheets remembers for a moment which sheet a form was answered with, so that tapping
// twice, or an answer that was lost on the way, costs nobody theirs. It knows the forms
// and no people, and is memory only.
type sheets struct {
	mu    sync.Mutex
	given map[string]givenSheet
	last  map[string]givenSheet // the generation before, forgotten next
}

type givenSheet struct {
	to     string // where it is filled in
	name   string // of the cookie that keeps it
	sealed string
}

// mostSheets is how many are remembered before the older half goes.
const mostSheets = 200

// once gives the sheet that a form was answered with before, or takes a new one.
func (g *sheets) once(key string, take func() (givenSheet, error)) (givenSheet, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, some := range []map[string]givenSheet{g.given, g.last} {
		if one, ok := some[key]; ok && key != "" {
			return one, nil
		}
	}
	one, err := take()
	if err != nil {
		return givenSheet{}, err
	}
	if g.given == nil || len(g.given) >= mostSheets/2 {
		g.last, g.given = g.given, map[string]givenSheet{}
	}
	g.given[key] = one
	return one, nil
}

// sheetCookie begins the name of what a browser keeps of a sheet. Its end is by chance:
// two people who share a browser have two sheets in it, and whichever is filled in
// first is as good as the other.
const sheetCookie = "sheet-"

// nameOf is as much of the key of a form as may stand in a name.
func nameOf(key string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, key)
}

// takeSheet gives somebody their sheet, which their browser keeps for addresses that
// look at no session.
func (s *Pages) takeSheet(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{})
	if err != nil {
		return err
	}
	given, err := s.sheets.once(form.Key, func() (givenSheet, error) {
		id, sealed, err := s.App.TakeSheet(r.Context(), actor)
		return givenSheet{practice.SheetPath(id), sheetCookie + nameOf(form.Key), sealed}, err
	})
	if err != nil {
		return err
	}
	s.KeepCookie(w, r, http.Cookie{Name: given.name, Value: given.sealed, Path: given.to}, practice.PulseOpen)
	frame.Redirect(w, r, given.to)
	return nil
}

// sheetPage is the seven sentences; or, once they were sent, a word of thanks.
type sheetPage struct {
	*frame.Frame
	Form  *frame.Form
	Sheet room.Sheet
	Base  string
}

// Items are the sentences, each with how far one can agree.
func (p sheetPage) Items() (all []frame.Choices) {
	for n := 1; n <= practice.SheetItems; n++ {
		item := practice.SheetItem(n)
		var marks []frame.Option
		for mark := 1; mark <= practice.SheetMost; mark++ {
			marks = append(marks, frame.Option{Value: strconv.Itoa(mark), Text: strconv.Itoa(mark)})
		}
		c := p.Choices(p.Form, item, "pulse."+item, marks...) // words:use pulse.item*
		c.Look = "seven"
		all = append(all, c)
	}
	return all
}

// heldSheet is a sheet that this browser holds and has not sent: its cookie, and what
// the server knows of it.
func (s *Pages) heldSheet(r *http.Request) (cookie string, sealed string, sheet room.Sheet, err error) {
	err = practice.Refuse(practice.Conflict, "pulse.none")
	for _, c := range r.Cookies() {
		if !strings.HasPrefix(c.Name, sheetCookie) {
			continue
		}
		if sheet, err = s.Rooms.Sheet(r.Context(), practice.PulseID(r.PathValue("review")), c.Value); err == nil {
			return c.Name, c.Value, sheet, nil
		}
	}
	return "", "", sheet, err
}

func (s *Pages) showSheet(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	_, _, sheet, err := s.heldSheet(r)
	if err != nil {
		return err
	}
	return s.sheetForm(w, r, sheet, nil)
}

func (s *Pages) sheetForm(w http.ResponseWriter, r *http.Request, sheet room.Sheet, form *frame.Form) error {
	f := s.inRoom(r, frame.Place{Organisation: sheet.House.Name, Team: sheet.Team, Zone: sheet.House.Location()})
	f.Title = f.Say("pulse.title")
	return s.Show(w, form.Status(), "sheet", sheetPage{f, form, sheet, seatHere(r) + "/sheet"})
}

// sendSheet puts a sheet into the box. It knows a browser, and no person; and it takes
// away what that browser kept, so that nothing there says what was answered.
func (s *Pages) sendSheet(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	fields := frame.Fields{}
	for n := 1; n <= practice.SheetItems; n++ {
		fields[practice.SheetItem(n)] = 1
	}
	form, err := frame.ReadForm(r, f, fields)
	if err != nil {
		return err
	}
	cookie, sealed, held, err := s.heldSheet(r)
	if err != nil {
		return err
	}
	var sheet practice.Sheet
	for i := range sheet {
		sheet[i] = frame.Number(form.Typed(practice.SheetItem(i + 1)))
	}
	for _, n := range sheet.Missing() {
		form.Mark(practice.SheetLacks(n))
	}
	if form.Marked() {
		return s.sheetForm(w, r, held, form)
	}
	if err := s.Rooms.SendSheet(r.Context(), held.Pulse.ID, sealed, sheet); err != nil {
		return err
	}
	s.KeepCookie(w, r, http.Cookie{Name: cookie, Path: seatHere(r) + "/sheet"}, -time.Second)
	f.Title = f.Say("pulse.thanks")
	return s.Show(w, http.StatusOK, "sheetsent", sheetPage{Frame: f})
}
