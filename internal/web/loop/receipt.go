package loop

import (
	"errors"
	"net/http"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// receiptRoutes is the way back to a report without a name. Its words travel in
// the body of a request and stand in no address.
func (s *Pages) receiptRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /receipt", Handler: s.stranger(s.showReceipt)},
		{Pattern: "POST /receipt", Handler: s.stranger(s.openReceipt)},
		{Pattern: "POST /receipt/say", Handler: s.stranger(s.sayByReceipt)},
		{Pattern: "POST /receipt/correct", Handler: s.stranger(s.correctByReceipt)},
		{Pattern: "POST /receipt/since", Handler: s.stranger(s.sinceByReceipt)},
		{Pattern: "POST /receipt/back", Handler: s.stranger(s.backByReceipt)},
	}
}

// receiptPage asks for the seven words.
type receiptPage struct {
	*frame.Frame
	Form *frame.Form
	Near []string // words of the list that begin like the one that is not in it
	Gone bool     // a report was taken back just now
}

func (s *Pages) showReceipt(w http.ResponseWriter, _ *http.Request, f *frame.Frame, _ practice.Stranger) error {
	return s.receiptForm(w, receiptPage{Frame: f})
}

func (s *Pages) receiptForm(w http.ResponseWriter, p receiptPage) error {
	p.Title = p.Say("receipt.title")
	return s.Show(w, p.Form.Status(), "receipt", p)
}

// heldPage is what the words open.
type heldPage struct {
	*frame.Frame
	Form  *frame.Form
	Held  room.Held
	Words string // for the next form of this page

	Thanks bool // they said just now whether anything bad has happened since
}

// receiptFields are what every form of the receipt may send.
var receiptFields = frame.Fields{"words": 400, "text": practice.MaxGap, "what": practice.MaxReport, "answers": 64, "since": 3}

func (s *Pages) openReceipt(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	return s.byReceipt(byWords{w, r, f, who}, func(practice.Stranger, *frame.Form) error { return nil })
}

func (s *Pages) sayByReceipt(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	return s.byReceipt(byWords{w, r, f, who}, func(who practice.Stranger, form *frame.Form) error {
		return s.Rooms.Say(r.Context(), who, form.Typed("words"),
			practice.Message{Text: form.Typed("text"), Answers: practice.MessageID(form.Typed("answers"))})
	})
}

func (s *Pages) correctByReceipt(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	return s.byReceipt(byWords{w, r, f, who}, func(who practice.Stranger, form *frame.Form) error {
		return s.Rooms.Correct(r.Context(), who, form.Typed("words"), form.Typed("what"))
	})
}

func (s *Pages) backByReceipt(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	form, err := frame.ReadForm(r, f, receiptFields)
	if err != nil {
		return err
	}
	who.Once = form.Key
	gone, err := s.Rooms.Withdraw(r.Context(), who, form.Typed("words"))
	switch {
	case gone && err == nil:
		return s.receiptForm(w, receiptPage{Frame: f, Gone: true})
	case err != nil:
		return s.receiptAgain(byWords{w, r, f, who}, form, err)
	}
	return s.held(byWords{w, r, f, who}, form)
}

// sinceByReceipt takes no, or rather not say, to the question whether anything bad has
// happened since the report. Nothing is kept of it. Yes is a way to the guardian's page.
func (s *Pages) sinceByReceipt(w http.ResponseWriter, r *http.Request, f *frame.Frame, who practice.Stranger) error {
	form, err := frame.ReadForm(r, f, receiptFields)
	if err != nil {
		return err
	}
	return s.held(byWords{w, r, f, who}, form)
}

// byWords is one request of somebody with the words of a receipt.
type byWords struct {
	w   http.ResponseWriter
	r   *http.Request
	f   *frame.Frame
	who practice.Stranger
}

// byReceipt does something with the words of a form and shows what they open.
func (s *Pages) byReceipt(a byWords, do func(practice.Stranger, *frame.Form) error) error {
	form, err := frame.ReadForm(a.r, a.f, receiptFields)
	if err != nil {
		return err
	}
	a.who.Once = form.Key
	if !form.Marked() {
		err = do(a.who, form)
	}
	if err != nil {
		return s.receiptAgain(a, form, err)
	}
	return s.held(a, form)
}

// held shows what the words of a form open.
func (s *Pages) held(a byWords, form *frame.Form) error {
	held, err := s.Rooms.Receipt(a.r.Context(), a.who, form.Typed("words"))
	if err != nil {
		return s.receiptAgain(a, form, err)
	}
	if held.Said != nil {
		return s.showSaid(a, held.Said, form)
	}
	s.inHouse(a.r, a.f, held.House)
	a.f.Title = a.f.Say("receipt.open.title")
	page := heldPage{Frame: a.f, Held: held, Words: form.Typed("words")}
	if form.Marked() {
		page.Form = form
	}
	page.Thanks = form.Typed("since") != ""
	return s.Show(a.w, page.Form.Status(), "held", page)
}

// receiptAgain says what is wrong beside the field it is about: the words, on
// the page that asks for them; anything else on the page they open.
func (s *Pages) receiptAgain(a byWords, form *frame.Form, err error) error {
	var refusal *practice.Error
	err = frame.SlowAt(a.w, err, "words")
	if !errors.As(err, &refusal) || !form.Mark(err) {
		return err
	}
	if refusal.Field != "words" {
		return s.held(a, form)
	}
	near, _ := refusal.Args["near"].([]string)
	return s.receiptForm(a.w, receiptPage{Frame: a.f, Form: form, Near: near})
}

// Told says one line of what became of the report.
func (p heldPage) Told(n room.News) string {
	// words:use receipt.news.*
	return p.Say("receipt.news."+n.Code, "text", n.Text, "in", n.In, "day", n.Day)
}

// Waiting says what its holder did that appears with the hour.
func (p heldPage) Waiting(k practice.WaitingKind) string {
	// words:use receipt.pending.*
	return p.Say("receipt.pending."+string(k), "when", p.When(p.Held.Appears, p.Now))
}

// Correction holds the words of the report.
func (p heldPage) Correction() frame.Field {
	form := p.Form
	if form.At("what") == "" {
		form = nil // another form of this page was sent
	}
	return p.Field(form, "what", "receipt.correct.text", p.Held.Text).Limited(practice.MaxReport).Little()
}

// Answered reports whether a question of the team has its answer, or one on its
// way.
func (p heldPage) Answered(m practice.Message) bool {
	return len(m.Sealed) == 0 || slices.ContainsFunc(p.Held.Thread, func(a practice.Message) bool { return a.Answers == m.ID })
}
