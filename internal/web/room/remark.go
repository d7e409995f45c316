package room

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"debrief/internal/language"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// ownCookie has the numbers of the questions whose answer stays as it is, below
// the address of one seat.
const ownCookie = "own"

// remark looks at what a seat wrote to a question, while nobody else reads it and
// it can be changed. Nothing waits for it: the answer is kept already.
func (s *Pages) remark(r *http.Request, f *frame.Frame, q room.Question) *frame.Nudge {
	if q.Open() || !q.Current() || q.Mine.ID == "" || q.Mine.Nothing || q.Room.Passing || !frame.Remarks(r) || settled(r, q.Asked) {
		return nil
	}
	n, text := worst(s.ReaderOf(f.Place.Team), &q.Mine)
	if text == nil {
		return nil
	}
	nudge := f.Nudge(n, *text)
	nudge.Sent = true
	return nudge
}

// worst is the remark on an answer and which of its texts it is about; none where
// there is nothing to remark.
func worst(by *language.Reader, a *practice.Answer) (language.Nudge, *string) {
	for _, text := range []*string{&a.Where, &a.Text, &a.Actual} {
		if n, found := by.One(*text); found {
			return n, text
		}
	}
	return language.Nudge{}, nil
}

// settled reports whether an answer stays as it is, remark or not.
func settled(r *http.Request, q practice.Phase) bool {
	own, err := r.Cookie(ownCookie)
	return err == nil && strings.Contains(own.Value, strconv.Itoa(q.Number()))
}

// ownWords does with one's own answer what a remark on it offers: the turn takes
// the place of the sentence, or it stays as it is and nothing is said again.
func (s *Pages) ownWords(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	q, err := questionOf(r)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{frame.NudgeField: 8})
	if err != nil {
		return err
	}
	switch form.Typed(frame.NudgeField) {
	case "never":
		s.NoRemarks(w, r)
	case "use":
		err = s.useTurn(r, f, seat, q)
	default:
		own := strconv.Itoa(q.Number())
		if had, err := r.Cookie(ownCookie); err == nil {
			own += had.Value
		}
		s.KeepCookie(w, r, http.Cookie{Name: ownCookie, Value: own[:min(len(own), 4)], Path: practice.SeatPath(seat.Review)}, seatDays*24*time.Hour)
	}
	if err != nil {
		return err
	}
	return afterwards(w, r, practice.SeatPath(seat.Review)+"/"+strconv.Itoa(q.Number()))
}

// useTurn writes an answer anew with the turn in it.
func (s *Pages) useTurn(r *http.Request, f *frame.Frame, seat practice.Seat, q practice.Phase) error {
	view, err := s.Rooms.Question(r.Context(), seat, q)
	if err != nil {
		return err
	}
	mine := view.Mine
	if view.Open() || mine.ID == "" {
		return nil // it opened meanwhile: what all read stays
	}
	n, text := worst(s.ReaderOf(f.Place.Team), &mine)
	if text == nil || n.Turn == "" {
		return nil
	}
	*text = n.Instead(*text)
	return s.Rooms.Write(r.Context(), seat, room.NewAnswer{Question: q, Text: mine.Text, Actual: mine.Actual, Where: mine.Where, Shows: mine.Shows})
}
