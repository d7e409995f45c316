package room

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// asidePart is where a room puts a conflict aside.
type asidePart struct {
	inSeat
	Form  *frame.Form
	Gap   bool           // what it may be taken for is a gap, not a sentence of the text
	Taken []frame.Option // what it stands in, and leaves
}

// Aside is that part at the first three questions.
func (p questionPage) Aside() asidePart {
	part := asidePart{p.inSeat, p.FormOf("conflict"), p.N == 3, nil}
	if part.Gap {
		part.Taken = takenFor(p.Q.Gaps, part.Form)
		return part
	}
	for _, phrase := range practice.Phrases(p.Q.Text.Text) {
		part.Taken = append(part.Taken, frame.Option{Value: phrase, Text: phrase, On: part.Form.Typed("phrase") == phrase})
	}
	return part
}

// Aside is that part at question four, once the judgements are open.
func (p sortPage) Aside() *asidePart {
	if !p.Current() || !p.Room.Review.Open {
		return nil
	}
	var gaps []practice.Gap
	for _, g := range p.Gaps {
		gaps = append(gaps, g.Gap)
	}
	form := p.Going()
	if form.Typed("line") == "" && form.At("line") == "" && form.At("name") == "" && form.At("due") == "" {
		form = nil
	}
	return &asidePart{p.inSeat, form, true, takenFor(gaps, form)}
}

// Who is the field of whoever is to look after it, and Due that of the day, in two weeks at
// first.
func (p asidePart) Who() frame.Field {
	return p.Field(p.Form, "name", "conflict.room.name", "").Limited(practice.MaxName).Little().Of("aside")
}

// Due is that day.
func (p asidePart) Due() frame.Field {
	return p.Field(p.Form, "due", "conflict.due", p.twoWeeks()).Kind("date").Little().Of("aside")
}

// Named reports whether somebody began to name who looks after it.
func (p asidePart) Named() bool {
	return p.Form.Typed("name") != "" || p.Heard() || p.Form.At("name") != "" || p.Form.At("due") != ""
}

// Heard reports whether their yes was ticked.
func (p asidePart) Heard() bool { return p.Form.Typed("heard") != "" }

// twoWeeks is the day that stands there until somebody writes another one.
func (p inSeat) twoWeeks() string {
	return p.Now.In(p.Zone).AddDate(0, 0, practice.ConflictDue).Format(time.DateOnly)
}

func takenFor(gaps []practice.Gap, form *frame.Form) (all []frame.Option) {
	for _, g := range gaps {
		value := string(g.ID) + " " + strconv.Itoa(g.Version)
		all = append(all, frame.Option{Value: value, Text: g.Name(), On: form.Typed("gap") == value})
	}
	return all
}

// putAside parks a conflict, and takes out the gap it was taken for.
func (s *Pages) putAside(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"line": practice.MaxLine, "gap": 60, "phrase": practice.MaxGap, "name": practice.MaxName, "heard": 4, "due": 10})
	if err != nil {
		return err
	}
	n := room.NewConflict{Line: form.Typed("line"), Phrase: form.Typed("phrase"), Name: form.Typed("name"), Heard: form.Typed("heard") != ""}
	if n.Name != "" || form.Typed("due") != (inSeat{Frame: f}).twoWeeks() {
		n.Due, err = form.DayOrNone("due", f.Zone)
		form.Mark(err)
	}
	if id, version, is := strings.Cut(form.Typed("gap"), " "); is {
		n.Gap.ID = practice.GapID(id)
		if n.Gap.Version, err = strconv.Atoi(version); err != nil {
			return frame.ErrForm
		}
	}
	if !form.Marked() {
		err = s.once(seat, form.Key, func() error {
			_, err := s.Rooms.PutAside(r.Context(), seat, n)
			return err
		})
	}
	return s.asideDone(asked{w, r, f, seat}, form, err)
}

// takeConflictBack takes one back.
func (s *Pages) takeConflictBack(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{})
	if err != nil {
		return err
	}
	return s.asideDone(asked{w, r, f, seat}, form, s.Rooms.TakeConflictBack(r.Context(), seat, practice.ConflictID(r.PathValue("id"))))
}

// asideDone shows the question again at which the room is.
func (s *Pages) asideDone(a asked, form *frame.Form, err error) error {
	now, failed := s.Rooms.Room(a.r.Context(), a.seat)
	if failed != nil {
		return failed
	}
	switch phase := now.Review.Phase; {
	case phase == practice.PhaseSort:
		return s.sorted(a, sortSent{Form: form}, err)
	case !phase.HasAnswers():
		return cmp.Or(err, afterwards(a.w, a.r, phaseAddress(now.Review)))
	case form.Mark(err) || form.Marked():
		p, err := s.question(a.r, a.f, a.seat, phase)
		if err != nil {
			return err
		}
		return s.again(a.w, p, "conflict", form)
	case err != nil:
		return err
	default:
		return s.onward(a, form, phaseAddress(now.Review)+"#conflict")
	}
}
