package web

import (
	"errors"
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// receiptRoutes is the way back to a report without a name. Its words travel in
// the body of a request and stand in no address.
func (s *Web) receiptRoutes() []Route {
	return []Route{
		{Pattern: "GET /receipt", handler: s.stranger(s.showReceipt)},
		{Pattern: "POST /receipt", handler: s.stranger(s.openReceipt)},
		{Pattern: "POST /receipt/say", handler: s.stranger(s.sayByReceipt)},
		{Pattern: "POST /receipt/correct", handler: s.stranger(s.correctByReceipt)},
		{Pattern: "POST /receipt/back", handler: s.stranger(s.backByReceipt)},
	}
}

// receiptPage asks for the seven words.
type receiptPage struct {
	*Frame
	Form *Form
	Near []string // words of the list that begin like the one that is not in it
	Gone bool     // a report was taken back just now
}

func (s *Web) showReceipt(w http.ResponseWriter, _ *http.Request, f *Frame, _ practice.Stranger) error {
	return s.receiptForm(w, receiptPage{Frame: f})
}

func (s *Web) receiptForm(w http.ResponseWriter, p receiptPage) error {
	p.Title = p.Say("receipt.title")
	return s.show(w, p.Form.Status(), "receipt", p)
}

// heldPage is what the words open.
type heldPage struct {
	*Frame
	Form  *Form
	Held  room.Held
	Words string // for the next form of this page
}

// receiptFields are what every form of the receipt may send.
var receiptFields = fields{"words": 400, "text": practice.MaxGap, "what": practice.MaxReport, "answers": 64}

func (s *Web) openReceipt(w http.ResponseWriter, r *http.Request, f *Frame, who practice.Stranger) error {
	return s.byReceipt(byWords{w, r, f, who}, func(practice.Stranger, *Form) error { return nil })
}

func (s *Web) sayByReceipt(w http.ResponseWriter, r *http.Request, f *Frame, who practice.Stranger) error {
	return s.byReceipt(byWords{w, r, f, who}, func(who practice.Stranger, form *Form) error {
		return s.Rooms.Say(r.Context(), who, form.Typed("words"),
			practice.Message{Text: form.Typed("text"), Answers: practice.MessageID(form.Typed("answers"))})
	})
}

func (s *Web) correctByReceipt(w http.ResponseWriter, r *http.Request, f *Frame, who practice.Stranger) error {
	return s.byReceipt(byWords{w, r, f, who}, func(who practice.Stranger, form *Form) error {
		return s.Rooms.Correct(r.Context(), who, form.Typed("words"), form.Typed("what"))
	})
}

func (s *Web) backByReceipt(w http.ResponseWriter, r *http.Request, f *Frame, who practice.Stranger) error {
	form, err := readForm(r, f, receiptFields)
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

// byWords is one request of somebody with the words of a receipt.
type byWords struct {
	w   http.ResponseWriter
	r   *http.Request
	f   *Frame
	who practice.Stranger
}

// byReceipt does something with the words of a form and shows what they open.
func (s *Web) byReceipt(a byWords, do func(practice.Stranger, *Form) error) error {
	form, err := readForm(a.r, a.f, receiptFields)
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
func (s *Web) held(a byWords, form *Form) error {
	held, err := s.Rooms.Receipt(a.r.Context(), a.who, form.Typed("words"))
	if err != nil {
		return s.receiptAgain(a, form, err)
	}
	s.inHouse(a.r, a.f, held.House)
	a.f.Title = a.f.Say("receipt.open.title")
	page := heldPage{Frame: a.f, Held: held, Words: form.Typed("words")}
	if form.Marked() {
		page.Form = form
	}
	return s.show(a.w, page.Form.Status(), "held", page)
}

// receiptAgain says what is wrong beside the field it is about: the words, on
// the page that asks for them; anything else on the page they open.
func (s *Web) receiptAgain(a byWords, form *Form, err error) error {
	var refusal *practice.Error
	err = slowAt(a.w, err, "words")
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
func (p heldPage) Correction() Field {
	form := p.Form
	if form.At("what") == "" {
		form = nil // another form of this page was sent
	}
	return p.Field(form, "what", "receipt.correct.text", p.Held.Text).Limited(practice.MaxReport).Little()
}

// Answered reports whether a question of the team has its answer, or one on its
// way.
func (p heldPage) Answered(m practice.Message) bool { return len(m.Sealed) == 0 }
