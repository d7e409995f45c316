package practice

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Review is the four questions, in order, no more, no less, asked of the
// people who were there.
type Review struct {
	ID          ReviewID
	Failure     FailureID
	Form        Form
	Lead        MemberID // whoever convened it; the room leads itself
	MeetAt      time.Time
	Box         time.Duration // the time box, 20 to 30 minutes
	Phase       Phase
	Open        bool      // the answers of this phase are revealed
	Version     int       // grows with every move of the room, so that a stale tab is told
	Sitting     int       // 1, or 2 after a second one was called
	StartedAt   time.Time // zero until the room begins
	EndsAt      time.Time // when this sitting's box ends
	PhaseEndsAt time.Time // until when this phase's silence or wait lasts
	FreeAt      time.Time // from when seats that did not say "here" may be freed; zero while nobody asked
	Extended    bool      // the room gave itself ten minutes more, once
	ClosedAt    time.Time
	LateWhy     string  // why it met after 72 hours
	FewWhy      string  // why it began although few of those who were there had come
	Trace       string  // the one record of what happened: a line or an address
	Traceless   bool    // the room looked for one, and none exists
	NothingWhy  string  // why nothing changes, where question three found no gap
	Whole       bool    // everybody who came ticked that leaders read the whole record
	CameTrue    Reasons // of those why its plan may fail, as the room says

	DaysFrom  time.Time // hour 0 of its timetable, once it is held in writing
	Zone      string    // IANA name of the clock its deadlines keep
	Both      bool      // questions one and two were opened together
	WrittenAt time.Time // by when people had written alone; zero until then
	MetAt     time.Time // when they first met; zero where they did not
	Reminded  int       // how often everybody was reminded

	ReadyAt time.Time // until when people say whether it is a go; zero where nobody is asked
	Ready   Readiness // what it came to; empty until then
}

// Form is how a review is held.
type Form string

// FormLive is a room in which everybody is present at once.
const FormLive Form = "live"

// Phase is where a review stands. Phases come in one order and none is skipped.
type Phase string

// The phases of a room. One that found no gap goes from question three to the
// carry: there is nothing to sort, and nothing to change.
const (
	PhaseArrive   Phase = "arrive"
	PhaseIntended Phase = "intended" // what did we intend to happen?
	PhaseHappened Phase = "happened" // what actually happened?
	PhaseGap      Phase = "gap"      // what gap exists between the two?
	PhaseSort     Phase = "sort"     // avoidable, inherent, or a necessary experiment?
	PhaseChange   Phase = "change"   // change the procedure, the strategy or the next question
	PhaseCarry    Phase = "carry"    // who carries it into the next cycle?
	PhaseClosed   Phase = "closed"
)

// Phases are the phases in their order.
func Phases() []Phase {
	return []Phase{PhaseArrive, PhaseIntended, PhaseHappened, PhaseGap, PhaseSort, PhaseChange, PhaseCarry, PhaseClosed}
}

// Questions are the four questions, which are also phases.
func Questions() []Phase {
	return []Phase{PhaseIntended, PhaseHappened, PhaseGap, PhaseSort}
}

// Parked is no phase: ideas what to change are kept under it like answers, and
// wait until every gap is sorted.
const Parked Phase = "parked"

// PhaseOff is no phase of a room: a review that was called off before it began
// is no review any more. It is kept only so that calendars can be told.
const PhaseOff Phase = "off"

// Number returns 1 to 4 for the four questions and 0 for every other phase.
func (p Phase) Number() int {
	for i, q := range Questions() {
		if q == p {
			return i + 1
		}
	}
	return 0
}

// HasText reports whether the phase is a question that ends in one agreed text.
func (p Phase) HasText() bool { return p == PhaseIntended || p == PhaseHappened }

// HasAnswers reports whether the phase is a question people answer in words.
func (p Phase) HasAnswers() bool { return p.HasText() || p == PhaseGap }

// Before reports whether p comes before other.
func (p Phase) Before(other Phase) bool { return p.place() < other.place() }

func (p Phase) place() int {
	for i, x := range Phases() {
		if x == p {
			return i
		}
	}
	return len(Phases())
}

// next returns the phase after p; a closed review stays closed.
func (p Phase) next() Phase {
	all := Phases()
	if i := p.place(); i+1 < len(all) {
		return all[i+1]
	}
	return PhaseClosed
}

// Silence returns how long the room writes alone at a question, at most: long
// enough for those who come for the first time, and two minutes where there is
// more than one field or gap. It ends earlier once everybody has written, and one
// tap makes it longer.
func (p Phase) Silence(gaps int) time.Duration {
	switch {
	case p == PhaseIntended, p == PhaseSort && gaps <= 1:
		return 90 * time.Second
	case p.Number() > 0:
		return 2 * time.Minute
	}
	return 0
}

// Times of a room, after the pattern's half hour.
const (
	DefaultBox  = 25 * time.Minute
	ShortestBox = 20 * time.Minute
	LongestBox  = 30 * time.Minute
	Extension   = 10 * time.Minute
	MoreSilence = time.Minute     // what one tap adds to a silence
	AgreeWait   = 4 * time.Minute // until a difference is noted in words and the room moves on
	HearWait    = 2 * time.Minute // to hear the reasons before judging again
	HereWait    = time.Minute     // to say "here" before lost seats are freed
	MaxGaps     = 3               // gaps taken into the fourth question without a reason
	MaxOpen     = 3               // reviews a team has open at once before it gives a reason
)

// Progress is what the room knows of itself when somebody wants to move on:
// counts, never who.
type Progress struct {
	Came      int  // people who took their place
	Near      int  // of them, did it, saw it or were affected
	Asked     int  // people invited
	Seats     int  // seats drawn
	Written   int  // of them, have written in this phase, or judged every gap
	Stand     int  // stand behind the one text
	Text      bool // the one text has words
	Differ    bool // a difference is noted in words
	Gaps      int  // gaps taken into the fourth question
	Beyond    int  // of them, taken with a reason although three were
	Unsettled int  // of them, without an agreed kind, a noted difference, or "kept open"
	KeptOpen  int  // of them, kept open for now
	Unrouted  int  // of them, sorted but not yet routed into a change
	Carrier   bool // one named person
}

// FewThere reports whether fewer than half of those who came did it, saw it or
// were affected. What is then written down is hearsay.
func (p Progress) FewThere() bool { return p.Near*2 < p.Came }

// Few reports whether going on needs a reason: few of those who came were there.
// It is asked once, when a room begins, or when writing has shown who came.
func (r Review) Few(p Progress) bool {
	if r.InWriting() {
		return p.FewThere() && r.Phase == PhaseIntended && r.Both
	}
	return p.FewThere() && r.Phase == PhaseArrive
}

// beside reports whether a question is asked together with question one, on one
// page, as question two is in writing.
func (r Review) beside(question Phase) bool {
	return question == PhaseHappened && r.Phase == PhaseIntended && (r.Both || r.InWriting() && !r.Open)
}

// Current reports whether a review is at a question.
func (r Review) Current(question Phase) bool { return r.Phase == question || r.beside(question) }

// Ask refuses a look at a question before its turn: the order is the pattern's.
func (r Review) Ask(question Phase) error {
	if r.Phase.Before(question) && !r.beside(question) {
		return Refuse(Conflict, "question.order").With("n", max(1, r.Phase.Number()))
	}
	return nil
}

// CallOff ends a review that has not begun; or with a reason one in writing of which
// nobody has read anything yet. Another one may be called.
func (r Review) CallOff(why string) (Review, error) {
	begun := !r.StartedAt.IsZero()
	switch {
	case r.Phase == PhaseOff:
		return r, ErrNotFound
	case begun && r.Leg() != LegWrite:
		return r, Refuse(Conflict, "review.begun")
	case begun && strings.TrimSpace(why) == "":
		return r, Refuse(Invalid, "off.why").At("why")
	case tooLong(why, MaxLine):
		return r, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	r.Phase = PhaseOff
	r.Version++
	return r, nil
}

// Write decides whether a seat may answer a question now, and whether the
// answer is an addition to what has already been revealed. Going back is always
// allowed as an addition and never as a deletion.
func (r Review) Write(question Phase) (added bool, err error) {
	switch {
	case !question.HasAnswers():
		return false, Refuse(Conflict, "question.none")
	case r.Phase == PhaseClosed:
		return false, Refuse(Conflict, "review.closed")
	}
	return r.Reads(question), r.Ask(question)
}

// Reads reports whether the answers to a question are revealed.
func (r Review) Reads(question Phase) bool {
	return question.Before(r.Phase) || r.Open && r.Current(question)
}

// Reveal opens the answers of the current question, for all at once, after
// everybody has written or the silence is over. An open question stays as it is.
func (r Review) Reveal(p Progress, now time.Time) (Review, error) {
	switch {
	case r.Phase.Number() == 0:
		return r, Refuse(Conflict, "question.none")
	case r.Open:
		return r, nil
	case r.InWriting():
		return r.openInWriting(p, now)
	case p.Written == 0:
		return r, Refuse(Conflict, "reveal.empty")
	case p.Written < p.Seats && now.Before(r.PhaseEndsAt):
		return r, Refuse(Conflict, "reveal.early").With("at", r.PhaseEndsAt)
	}
	r.Open = true
	r.Version++
	r.PhaseEndsAt = time.Time{}
	if r.Phase.HasText() {
		r.PhaseEndsAt = now.Add(AgreeWait)
	}
	return r, nil
}

// Advance decides whether the room may go on, and returns the review at its
// next phase. Anyone in the room may ask. The order is the pattern's: nobody
// reads the next question before the last one is agreed.
func (r Review) Advance(p Progress, now time.Time) (Review, error) {
	if err := r.mayLeave(p, now); err != nil {
		return r, err
	}
	from := r.Leg()
	if r.Phase == PhaseArrive {
		r = r.begin(now)
	}
	r.Phase = r.Phase.next()
	r.Open = r.Both && r.Phase == PhaseHappened
	r.Version++
	r.PhaseEndsAt = time.Time{}
	switch {
	case r.Phase == PhaseClosed:
		r.ClosedAt = now
	case r.InWriting():
		r = r.enter(from, now)
	case r.Phase.Number() > 0:
		r.PhaseEndsAt = now.Add(r.Phase.Silence(p.Gaps))
	}
	return r, nil
}

// begin starts the clock of a review: of its box, or of its timetable.
func (r Review) begin(now time.Time) Review {
	r.Sitting = 1
	r.StartedAt = now
	if r.InWriting() {
		r.DaysFrom = fullHour(now)
		return r
	}
	r.EndsAt = now.Add(r.Box)
	r.WrittenAt, r.MetAt = now, now
	return r
}

// MayEmbed decides whether a sorted gap can lead somewhere, or what it led to be
// taken back: from question four on until the close.
func (r Review) MayEmbed() error {
	switch {
	case r.Phase == PhaseClosed:
		return Refuse(Conflict, "review.closed")
	case r.Phase.Before(PhaseChange):
		return Refuse(Conflict, "question.order").With("n", max(1, r.Phase.Number()))
	}
	return nil
}

// LetLeadersRead keeps, as a review closes, whether leaders read its whole
// record: everybody who came ticked that. Whoever has left, or never ticked, has
// not said so.
func (r Review) LetLeadersRead(ticked int, p Progress) Review {
	r.Whole = p.Came > 0 && ticked >= p.Came
	return r
}

// Show names the one record of what happened that a room could find (a count, a
// log, a photo), or that there is none. It is asked before question two and can
// be said better until the change.
func (r Review) Show(trace string, none bool) (Review, error) {
	trace = strings.TrimSpace(trace)
	switch {
	case !r.Phase.Before(PhaseChange):
		return r, Refuse(Conflict, "trace.late")
	case trace == "" && !none:
		return r, Refuse(Invalid, "trace.empty").At("trace")
	case utf8.RuneCountInString(trace) > MaxLine:
		return r, Refuse(Invalid, "too.long").At("trace").With("max", MaxLine)
	}
	r.Trace, r.Traceless = trace, trace == ""
	return r, nil
}

// NoGap takes a room that found no gap in question three on to the carry, with
// the reason why nothing changes, which stands in its record. Until the close the
// reason can be said better; without one the room is back at question three. gaps
// are all that were composed, taken up or not.
func (r Review) NoGap(gaps int, why string, now time.Time) (Review, error) {
	why = strings.TrimSpace(why)
	without := r.Phase == PhaseCarry && r.NothingWhy != ""
	switch {
	case without && why == "":
		r.Phase, r.Open = PhaseGap, true
	case r.Phase.Before(PhaseGap) || r.Phase == PhaseGap && !r.Open:
		return r, Refuse(Conflict, "question.order").With("n", max(1, r.Phase.Number()))
	case r.Phase != PhaseGap && !without:
		return r, Refuse(Conflict, "gap.composed")
	case gaps > 0:
		return r, Refuse(Conflict, "nothing.gaps")
	case why == "":
		return r, Refuse(Invalid, "nothing.why").At("why")
	case utf8.RuneCountInString(why) > MaxLine:
		return r, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	default:
		r.Phase, r.Open = PhaseCarry, false
	}
	r.NothingWhy, r.PhaseEndsAt = why, time.Time{}
	r.Version++
	if r.InWriting() {
		r = r.enter("", now)
	}
	return r, nil
}

// Outside is what those may know of a review who do not read its whole record:
// not what the room found.
func (r Review) Outside() Review {
	r.Trace, r.Traceless, r.NothingWhy, r.CameTrue = "", false, "", 0
	return r
}

// mayLeave holds one rule per phase.
func (r Review) mayLeave(p Progress, now time.Time) error {
	switch r.Phase {
	case PhaseArrive:
		switch {
		case r.InWriting() && now.Before(r.MeetAt):
			return Refuse(Conflict, "days.early").With("at", r.MeetAt)
		case r.InWriting(): // it opens by itself, and people come
		case r.AwaitsReady():
			return Refuse(Conflict, "ready.open").With("at", r.ReadyAt)
		case p.Seats == 0:
			return Refuse(Conflict, "room.empty")
		case r.Few(p) && strings.TrimSpace(r.FewWhy) == "":
			return Refuse(Conflict, "room.few").At("why").With("near", p.Near).With("came", p.Came)
		}
	case PhaseIntended, PhaseHappened:
		return r.mayLeaveText(p, now)
	case PhaseGap:
		switch {
		case !r.Open:
			return Refuse(Conflict, "question.order").With("n", r.Phase.Number())
		case p.Gaps == 0:
			return Refuse(Conflict, "gap.none")
		case p.Gaps-p.Beyond > MaxGaps:
			return Refuse(Conflict, "gap.fourth").With("max", MaxGaps)
		}
	case PhaseSort:
		switch {
		case !r.Open:
			return Refuse(Conflict, "question.order").With("n", r.Phase.Number())
		case p.Unsettled > 0:
			return Refuse(Conflict, "gap.unsettled").With("n", p.Unsettled)
		}
	case PhaseChange:
		if p.Unrouted > 0 {
			return Refuse(Conflict, "gap.unrouted").With("n", p.Unrouted)
		}
	case PhaseCarry:
		switch {
		case p.KeptOpen > 0:
			return Refuse(Conflict, "gap.keptopen").With("n", p.KeptOpen)
		case p.Unrouted > 0: // what was kept open, or taken back
			return Refuse(Conflict, "gap.unrouted").With("n", p.Unrouted)
		case !p.Carrier:
			return Refuse(Conflict, "carrier.none").At("carrier")
		}
	case PhaseClosed:
		return Refuse(Conflict, "review.closed")
	}
	return nil
}

// mayLeaveText is the rule of the two questions that end in one text: everyone
// stands behind it, or after a while the difference is noted in words.
func (r Review) mayLeaveText(p Progress, now time.Time) error {
	switch {
	case !r.Open:
		return Refuse(Conflict, "question.order").With("n", r.Phase.Number())
	case r.Few(p) && strings.TrimSpace(r.FewWhy) == "":
		return Refuse(Conflict, "room.few").At("why").With("near", p.Near).With("came", p.Came)
	case !p.Text:
		return Refuse(Conflict, "text.empty").At("text")
	case p.Stand >= p.Seats:
		return nil
	case now.Before(r.PhaseEndsAt):
		return Refuse(Conflict, "text.waiting").With("stand", p.Stand).With("seats", p.Seats).With("at", r.PhaseEndsAt)
	case p.Differ:
		return nil
	}
	return Refuse(Conflict, "text.differ").At("differ")
}
