package room

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// useRoutes is the question whether a change is really made use of, as it is put to
// those who are asked. The answer goes under /seat/, where nobody has a name.
func (s *Pages) useRoutes() []frame.Route {
	return []frame.Route{{Pattern: "GET /use/{review}", Handler: s.Member(s.askUse)}}
}

// useAnswer is part/useanswer: four buttons, and nothing chosen.
type useAnswer struct {
	*frame.Frame
	To, Ticket, Tag string
}

// Answers are the four.
func (p useAnswer) Answers() (all []frame.Option) {
	for _, a := range practice.UseAnswers {
		all = append(all, frame.Option{Value: string(a), Text: p.Said(a)})
	}
	return all
}

// Said says an answer: use.yes. words:use use.answer.*
func (p useAnswer) Said(a practice.UseAnswer) string { return p.Say("use.answer." + string(a)) }

// usePage asks one person; the answer they gave stands in it once they did.
type usePage struct {
	useAnswer
	Check  practice.UseCheck
	Lines  []app.Meant
	Answer practice.UseAnswer
}

func (s *Pages) askUse(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	id := practice.ReviewID(r.PathValue("review"))
	t, err := s.App.AskUse(r.Context(), actor, id)
	if err != nil {
		return err
	}
	f.Title = f.Say("use.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, http.StatusOK, "askuse", usePage{useAnswer{f, practice.SeatPath(id) + "/use", t.Ticket, t.Tag}, t.Check, t.Lines, ""})
}

// sayUse keeps an answer. It knows a ticket and a browser, and no person.
func (s *Pages) sayUse(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"ticket": 400, "tag": 16, "answer": 10})
	if err != nil {
		return err
	}
	said := practice.UseAnswer(form.Typed("answer"))
	err = s.fromBrowser(w, r, "use-", form, func(device []byte) ([]byte, error) {
		return s.Rooms.SayUse(r.Context(), practice.ReviewID(r.PathValue("review")), form.Typed("ticket"), device, said)
	})
	if err != nil {
		return err
	}
	f.Title = f.Say("use.said")
	return s.Show(w, http.StatusOK, "saiduse", usePage{useAnswer: useAnswer{f, seatHere(r) + "/use", form.Typed("ticket"), form.Typed("tag")}, Answer: said})
}
