package room

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// questionRoutes is the first three questions, and the fourth by its number.
func (s *Pages) questionRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /seat/{review}/{question}", Handler: s.seat(s.showQuestion)},
		{Pattern: "POST /seat/{review}/both", Handler: s.seat(s.writeBoth)},
		{Pattern: "POST /seat/{review}/trace", Handler: s.seat(s.showTrace)},
		{Pattern: "POST /seat/{review}/reasons", Handler: s.seat(s.prove)},
		{Pattern: "GET /seat/{review}/files/{id}", Handler: s.seat(s.showPicture)},
		{Pattern: "POST /seat/{review}/{question}/answer", Handler: s.seat(s.writeAnswer)},
		{Pattern: "POST /seat/{review}/{question}/remark", Handler: s.seat(s.ownWords)},
		{Pattern: "POST /seat/{review}/{question}/finish", Handler: s.seat(s.finishWriting)},
		{Pattern: "POST /seat/{review}/{question}/reveal", Handler: s.seat(s.reveal)},
		{Pattern: "POST /seat/{review}/{question}/text", Handler: s.seat(s.saveText)},
		{Pattern: "POST /seat/{review}/{question}/differ", Handler: s.seat(s.noteDifference)},
	}
}

// questionOf reads the number of a question out of an address.
func questionOf(r *http.Request) (practice.Phase, error) {
	n, err := strconv.Atoi(r.PathValue("question"))
	if err != nil || n < 1 || n > len(practice.Questions()) {
		return "", practice.ErrNotFound
	}
	return practice.Questions()[n-1], nil
}

// questionPage is one of the first three questions: writing alone, waiting,
// reading together.
type questionPage struct {
	inSeat
	Form   *frame.Form // what was sent and could not be kept
	Sent   string      // which form that was: "answer", "text", "differ", "gap", "nothing" or a gap's id
	N      int
	Q      room.Question
	Both   *frame.Both    // two texts for one place
	Joined string         // both of them, to be edited into one
	Met    practice.GapID // a gap two people rewrote at once
	Nudge  *frame.Nudge   // on what this seat wrote and nobody else reads yet
}

func (s *Pages) showQuestion(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	q, err := questionOf(r)
	if err != nil {
		return err
	}
	if q == practice.PhaseSort {
		return s.sortForm(w, r, f, seat, sortSent{})
	}
	p, err := s.question(r, f, seat, q)
	if err != nil {
		return err
	}
	if p.Writes() {
		return s.showBoth(asked{w, r, f, seat}, nil)
	}
	p.Form, p.Sent = tried(r, p.inSeat, q), "move"
	return s.showRoom(w, r, p.Form, "question", p)
}

// showTrace keeps the one record of what happened, or that there is none.
func (s *Pages) showTrace(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"trace": practice.MaxLine, "none": 5})
	if err != nil {
		return err
	}
	none := form.Typed("none") != ""
	trace := form.Typed("trace")
	if none {
		trace = ""
	}
	return s.back(w, r, seat, s.Rooms.Show(r.Context(), seat, trace, none))
}

// prove says that a reason which people supposed before came true, or takes it back.
func (s *Pages) prove(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"reason": 3, "is": 3})
	if err != nil {
		return err
	}
	reason, err := strconv.Atoi(form.Typed("reason"))
	if err != nil {
		return frame.ErrForm
	}
	if err := s.Rooms.Prove(r.Context(), seat, reason, form.Typed("is") == "yes"); err != nil {
		return err
	}
	return afterwards(w, r, practice.SeatPath(seat.Review)+"/3")
}

// Proved reports whether the room says that a reason came true.
func (p questionPage) Proved(reason int) bool { return p.Room.Review.CameTrue.Has(reason) }

// showPicture answers with a picture of the facts, to whoever has a seat.
func (s *Pages) showPicture(w http.ResponseWriter, r *http.Request, _ *frame.Frame, seat practice.Seat) error {
	p, err := s.Rooms.Picture(r.Context(), seat, practice.FileID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return frame.SendPicture(w, p.Kind, p.Data)
}

// question reads the page of a question.
func (s *Pages) question(r *http.Request, f *frame.Frame, seat practice.Seat, q practice.Phase) (questionPage, error) {
	view, err := s.Rooms.Question(r.Context(), seat, q)
	if err != nil {
		return questionPage{}, err
	}
	return questionPage{inSeat: seated(r, f, view.Room), N: q.Number(), Q: view, Nudge: s.remark(r, f, view)}, nil
}

// again shows a question with what was sent and could not be kept.
func (s *Pages) again(w http.ResponseWriter, p questionPage, sent string, form *frame.Form) error {
	p.Form, p.Sent = form, sent
	return s.Show(w, form.Status(), "question", p)
}

// Here is the address of the page, wherever a form of it was sent to.
func (p questionPage) Here() string { return p.Base + "/" + strconv.Itoa(p.N) }

// FormOf is what was sent with one of the forms of the page.
func (p questionPage) FormOf(which string) *frame.Form {
	if p.Sent == which {
		return p.Form
	}
	return nil
}

// Key is the part of the catalogue that belongs to the question.
func (p questionPage) Key() string { return "question." + strconv.Itoa(p.N) }

// Asking is the key of what one's own field asks for: beside a plan what it does not
// say.
func (p questionPage) Asking() string {
	if p.N == 1 && p.Q.Plan.ID != "" {
		return "intent.write"
	}
	return p.Key() + ".write"
}

// Frozen is what was intended, as it was frozen before the work.
func (p questionPage) Frozen() frame.Frozen {
	return frame.Frozen{Frame: p.Frame, P: p.Q.Plan, Whole: true}
}

// Stated is what stands in the field of the one text: before anybody wrote it, what
// was frozen.
func (p questionPage) Stated() string {
	if p.N == 1 && p.Q.Text.Version == 0 {
		return p.Q.Plan.Intent.Aim
	}
	return p.Q.Text.Text
}

// Example is how an answer to this question can sound, in the team's own world.
func (p questionPage) Example() string { return p.Pack.Questions[p.N-1] }

// Writing reports whether this seat has still to write, alone.
func (p questionPage) Writing() bool { return !p.Q.Open() && (p.Q.Mine.ID == "" || p.Room.Passing) }

// FromHot reports whether the fields begin with a draft out of the five minutes
// after the action: a proposal that is nobody's answer until somebody sends it.
func (p questionPage) FromHot() bool {
	return p.Writing() && (p.N == 1 && p.Q.Hot.Meant != "" || p.N == 3 && p.Q.Hot.Parted != "")
}

// Begun is what stands in the fields of an answer at first.
func (p questionPage) Begun() practice.Answer {
	switch hot, agreed := p.Q.Hot, p.Agreed(); {
	case !p.Writing():
		return p.Q.Mine
	case p.N == 1:
		return practice.Answer{Text: hot.Meant}
	case p.N != 3:
		return practice.Answer{}
	case p.FromHot():
		return practice.Answer{Text: cmp.Or(agreed.Intended, hot.Meant), Actual: cmp.Or(agreed.Actual, part(p.Room.Failure.Text)), Where: hot.Parted}
	default:
		return practice.Answer{Text: agreed.Intended, Actual: agreed.Actual}
	}
}

// MayOpen reports whether the answers can be opened now.
func (p questionPage) MayOpen() bool {
	_, err := p.Room.Review.Reveal(p.Room.Progress, p.Now)
	return err == nil && !p.Q.Open()
}

// MayGoOn reports whether the room can go on from here.
func (p questionPage) MayGoOn() bool {
	_, err := p.Room.Review.Advance(p.Room.Progress, p.Now)
	return p.Turn() && (err == nil || p.Few())
}

// MayDiffer reports whether the room has waited long enough for one text, and
// the difference can be noted.
func (p questionPage) MayDiffer() bool {
	return p.Q.Current() && p.Q.Open() && p.Q.Text.Version > 0 && p.Q.Text.Stand < p.Room.Progress.Seats && !p.Now.Before(p.Room.Review.PhaseEndsAt)
}

// Gone says when the answers go: some time after the room, as the organisation
// set it, unless they are on hold. Before the close it is counted from today.
func (p questionPage) Gone() string {
	if p.Room.Hold != "" {
		return p.Say("room.read.hold", "why", p.Room.Hold)
	}
	return p.Say("room.read.gone", "day", p.Now.AddDate(0, 0, p.Room.House.RetentionDays))
}

// In reports whether a phrase stands in the one text already.
func (p questionPage) In(phrase string) bool {
	return practice.Said(p.Q.Text.Text, phrase)
}

// FactDay is the day of all facts, where it is one and the same, or nothing.
func (p questionPage) FactDay() string {
	var day string
	for i, f := range p.Q.Facts {
		if this := p.Day(f.At); i == 0 {
			day = this
		} else if this != day {
			return ""
		}
	}
	return day
}

// FactAt is when a fact was so, as short as it can be said.
func (p questionPage) FactAt(f practice.Fact) string {
	if p.FactDay() != "" {
		return p.Clock(f.At)
	}
	return p.When(f.At, p.Now)
}

// answerFields are what the form of an answer may send. Longer texts are
// refused beside their field, in the same words as by the practice.
var answerFields = frame.Fields{"text": practice.MaxAnswer, "actual": practice.MaxAnswer, "where": practice.MaxAnswer, "shows": practice.MaxAnswer,
	"nothing": 5, "whose": 10, "pass": 5}

func (s *Pages) writeAnswer(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	q, err := questionOf(r)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, answerFields)
	if err != nil {
		return err
	}
	n := room.NewAnswer{Question: q, Text: form.Typed("text"), Actual: form.Typed("actual"), Where: form.Typed("where"),
		Shows: form.Typed("shows"), Nothing: form.Typed("nothing") != "", Whose: room.Whose(form.Typed("whose")), PassOn: form.Typed("pass") != ""}
	if n.Nothing {
		p, err := s.question(r, f, seat, q)
		if err != nil {
			return err
		}
		n = p.besideBegun(n)
	}
	if !form.Marked() {
		err = s.once(seat, form.Key, func() error { return s.Rooms.Write(r.Context(), seat, n) })
	}
	if form.Mark(err) || form.Marked() {
		p, err := s.question(r, f, seat, q)
		if err != nil {
			return err
		}
		return s.again(w, p, "answer", form)
	}
	if err != nil {
		return err
	}
	return s.onward(asked{w, r, f, seat}, form, practice.SeatPath(seat.Review)+"/"+strconv.Itoa(q.Number()))
}

// besideBegun leaves out of an answer what its fields began with: whoever sends
// that on as it stands, with nothing to add, has written none of it.
func (p questionPage) besideBegun(n room.NewAnswer) room.NewAnswer {
	begun := p.Begun()
	if p.Writing() && n.Text == begun.Text && n.Actual == begun.Actual && n.Where == begun.Where {
		n.Text, n.Actual, n.Where = "", "", ""
	}
	return n
}

// finishWriting says that nobody else writes on this device.
func (s *Pages) finishWriting(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	return s.onQuestion(w, r, f, seat, s.Rooms.Finish)
}

// reveal opens a question for all at once.
func (s *Pages) reveal(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	return s.onQuestion(w, r, f, seat, s.Rooms.Reveal)
}

// onQuestion does what needs nothing but the question.
func (s *Pages) onQuestion(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat, do questionAct) error {
	q, err := questionOf(r)
	if err != nil {
		return err
	}
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := do(r.Context(), seat, q); err != nil {
		return err
	}
	return afterwards(w, r, practice.SeatPath(seat.Review)+"/"+strconv.Itoa(q.Number()))
}

// textFields are what the form of the one text may send; which, mine and
// version come from the choice between two texts.
var textFields = frame.Fields{"text": practice.MaxGap, "phrase": practice.MaxAnswer, "version": 10, "stand": 5, "which": 10, "mine": practice.MaxGap}

// saveText writes the one text of a question, puts phrases into it, and lets
// somebody stand behind it.
func (s *Pages) saveText(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	q, err := questionOf(r)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, textFields)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(form.Typed("version"))
	if err != nil {
		return frame.ErrForm
	}
	here := practice.SeatPath(seat.Review) + "/" + strconv.Itoa(q.Number())
	n := room.NewText{Question: q, Text: form.Typed("text"), Phrases: form.All("phrase"), Version: version, Stand: form.Typed("stand") == "yes"}
	switch form.Typed("which") {
	case "theirs":
		frame.Redirect(w, r, here)
		return nil
	case "mine":
		n.Text = form.Typed("mine")
	case "join":
		return s.joinTexts(asked{w, r, f, seat}, q, form.Typed("mine"))
	}
	if form.Typed("stand") == "no" {
		err = s.Rooms.Stand(r.Context(), seat, practice.AgreedText{Phase: q, Version: version}, false)
	} else if !form.Marked() {
		var now practice.AgreedText
		now, err = s.Rooms.SaveText(r.Context(), seat, n)
		if errors.Is(err, practice.ErrChanged) {
			return s.bothTexts(asked{w, r, f, seat}, now, n)
		}
	}
	if form.Mark(err) || form.Marked() {
		p, err := s.question(r, f, seat, q)
		if err != nil {
			return err
		}
		return s.again(w, p, "text", form)
	}
	if err != nil {
		return err
	}
	return s.onward(asked{w, r, f, seat}, form, here+"#one") // where the text stands
}

// bothTexts shows the room's text beside the one somebody wrote over an older.
func (s *Pages) bothTexts(a asked, now practice.AgreedText, mine room.NewText) error {
	p, err := s.question(a.r, a.f, a.seat, now.Phase)
	if err != nil {
		return err
	}
	var said []string
	for _, one := range p.Q.Answers {
		said = append(said, one.Text)
	}
	both := a.f.Both(p.Here()+"/text", now.Text, practice.PutIn(mine.Text, mine.Phrases, said), strconv.Itoa(now.Version))
	p.Both = &both
	return s.Show(a.w, http.StatusConflict, "question", p)
}

// joinTexts shows both texts in one field, to be made into one by hand.
func (s *Pages) joinTexts(a asked, q practice.Phase, mine string) error {
	p, err := s.question(a.r, a.f, a.seat, q)
	if err != nil {
		return err
	}
	p.Joined = p.Q.Text.Text + "\n" + mine
	return s.Show(a.w, http.StatusOK, "question", p)
}

// noteDifference writes down what is seen differently.
func (s *Pages) noteDifference(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	q, err := questionOf(r)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"differ": practice.MaxAnswer, "was": practice.MaxAnswer})
	if err != nil {
		return err
	}
	if !form.Marked() {
		err = s.Rooms.NoteDifference(r.Context(), seat, q, form.Typed("differ"), form.Typed("was"))
	}
	if errors.Is(err, practice.ErrChanged) {
		p, err := s.question(r, f, seat, q)
		if err != nil {
			return err
		}
		p.Q.Text.Differ += "\n" + form.Typed("differ") // both are there to be joined
		return s.Show(w, http.StatusConflict, "question", p)
	}
	if form.Mark(err) || form.Marked() {
		p, err := s.question(r, f, seat, q)
		if err != nil {
			return err
		}
		return s.again(w, p, "differ", form)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, practice.SeatPath(seat.Review)+"/"+strconv.Itoa(q.Number()))
	return nil
}

// questionAct is something that is done with a question and nothing else.
type questionAct func(ctx context.Context, seat practice.Seat, question practice.Phase) error
