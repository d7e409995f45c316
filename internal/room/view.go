package room

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
)

// Room is what every screen of a room shows. All of it is counts; none of it is
// who.
type Room struct {
	Review   practice.Review
	ByLink   bool // this seat was taken by a signed link: it sees nothing but what is of this room
	Failure  practice.Failure
	Team     practice.Team
	House    practice.Organisation
	Progress practice.Progress
	Passing  bool    // somebody else writes on this seat's device yet
	Move     bool    // somebody pressed "move on"
	Blame    bool    // somebody pressed "this is turning into blame"
	More     int     // hands for ten minutes more
	MineMore bool    // this seat's among them
	Here     int     // said "here" in a roll call
	MineHere bool    // this seat among them
	Hold     string  // why everything here stays beyond its time; empty where it does not
	Unled    bool    // somebody led it from outside and does no more
	Aside    []Aside // conflicts that are not argued here
	Ideas    []Idea  // this seat's own, parked until every gap is sorted; from then on everybody's
}

// Asked is how many people are invited.
func (r Room) Asked() int { return r.Progress.Asked }

// Small reports whether unnamed is not really unnamed here: two or three people
// know each other's words. Whoever is alone knows whose they are.
func (r Room) Small() bool { return !r.Alone() && practice.Few(r.people()) }

// Alone reports whether one person has it all to themselves.
func (r Room) Alone() bool { return r.people() <= 1 }

// people are those whose words these may be: all who are invited, or in writing,
// once the answers are open, all who came.
func (r Room) people() int {
	if r.Review.InWriting() && r.Review.Reads(practice.PhaseIntended) {
		return r.Progress.Seats
	}
	return max(r.Progress.Seats, r.Progress.Asked)
}

// Room returns where a seat's room stands.
func (rooms *Rooms) Room(ctx context.Context, seat practice.Seat) (Room, error) {
	return look(ctx, rooms, seat, (*visit).room)
}

func (v *visit) room() (Room, error) {
	r := Room{Review: v.review, ByLink: v.seat.ByLink()}
	var err error
	if r.Failure, err = v.tx.Failure(v.review.Failure); err != nil {
		return r, err
	}
	if r.Team, err = v.tx.Team(r.Failure.Team); err != nil {
		return r, err
	}
	if r.House, err = v.tx.House(); err != nil {
		return r, err
	}
	if r.Progress, err = v.progress(); err != nil {
		return r, err
	}
	if r.apart() {
		r.Progress.Written = 0
	}
	if r.Hold, err = v.tx.WhyHeld(r.Failure.ID); err != nil {
		return r, err
	}
	if r.Ideas, err = v.ideas(); err != nil {
		return r, err
	}
	if r.Aside, err = v.aside(); err != nil {
		return r, err
	}
	if r.Unled, err = v.unled(r.Failure); err != nil {
		return r, err
	}
	return r, v.hands(&r)
}

// unled reports whether whoever led the room from outside has gone, or may not read
// any more what it is about.
func (v *visit) unled(f practice.Failure) (bool, error) {
	g, err := v.tx.Guide(v.review.ID)
	if errors.Is(err, practice.ErrNotFound) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	m, err := v.tx.Member(g.Member)
	return g.Outside && !(m.Active && g.Reads(f)), err
}

// apart reports whether people write alone over days.
func (r Room) apart() bool { return !r.Review.Counts() }

// hands looks who raised a hand for what, and keeps counts.
func (v *visit) hands(r *Room) error {
	count := func(what string, version int) (int, bool, error) {
		hands, err := v.tx.Hands(v.review.ID, what, version)
		return len(hands), slices.Contains(hands, v.seat.Key), err
	}
	moves, _, err1 := count(practice.PressMove, v.review.PressedAt(practice.PressMove))
	blames, _, err2 := count(practice.PressBlame, v.review.PressedAt(practice.PressBlame))
	_, passing, err3 := count(handPass+string(v.review.Phase), 0)
	var err4, err5 error
	r.More, r.MineMore, err4 = count(handMore, v.review.Sitting)
	r.Here, r.MineHere, err5 = count(handHere, 0)
	r.Move, r.Blame, r.Passing = moves > 0, blames > 0, passing
	return errors.Join(err1, err2, err3, err4, err5)
}

// Names reports whether a text names somebody of the team.
func (rooms *Rooms) Names(ctx context.Context, seat practice.Seat, text string) (bool, error) {
	return look(ctx, rooms, seat, func(v *visit) (bool, error) {
		people, err := v.offered()
		return practice.NamesAnyone(text, people), err
	})
}

// Arrival is the screen before question one.
type Arrival struct {
	Room
	Last    practice.Carry // last time's promise; without an id where there was none
	LastOf  practice.Failure
	Carrier string       // who carries it, while somebody does
	Leaders []string     // who decides about others of those invited, was there and says so
	Guide   practice.Led // who leads it from outside
}

// Arrival returns the screen before question one: what became of last time's
// promise comes first.
func (rooms *Rooms) Arrival(ctx context.Context, seat practice.Seat) (Arrival, error) {
	return look(ctx, rooms, seat, func(v *visit) (Arrival, error) {
		room, err := v.room()
		if err != nil {
			return Arrival{}, err
		}
		a := Arrival{Room: room}
		if a.Leaders, err = v.leaders(); err != nil {
			return a, err
		}
		if a.Guide, err = v.tx.LedBy(v.review.ID); err != nil {
			return a, err
		}
		if room.ByLink { // what was promised elsewhere is not theirs to read
			return a, nil
		}
		a.Last, err = v.tx.LastCarry(room.Team.ID, v.review.ID)
		if errors.Is(err, practice.ErrNotFound) {
			return a, nil
		} else if err != nil {
			return a, err
		}
		if a.LastOf, err = v.tx.Failure(a.Last.Failure); err != nil {
			return a, err
		}
		if a.LastOf.Restricted() && a.LastOf.ID != room.Failure.ID {
			return Arrival{Room: room, Leaders: a.Leaders, Guide: a.Guide}, nil // those here need not be those who read it
		}
		m, err := v.tx.Member(a.Last.Carrier)
		a.Carrier = m.Name
		return a, err
	})
}

// invited are those who are asked to the room.
func (v *visit) invited() ([]practice.Member, error) {
	invitations, err := v.tx.Invitations(v.review.ID)
	if err != nil {
		return nil, err
	}
	var people []practice.Member
	for _, i := range invitations {
		m, err := v.tx.Member(i.Member)
		if err != nil {
			return nil, err
		}
		people = append(people, m)
	}
	return people, nil
}

// leaders are those invited who lead others of them: nobody sits in a room
// unseen.
func (v *visit) leaders() ([]string, error) {
	people, err := v.invited()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range people {
		if m.LeadsAmong(people) > 0 {
			names = append(names, m.Name)
		}
	}
	return names, nil
}

// Read is one answer as everybody reads it, and whether it is this seat's own,
// which only this seat is told.
type Read struct {
	practice.Answer // its mark is left out
	Mine            bool
	Phrases         []string
}

// Question is the screen of one of the first three questions.
type Question struct {
	Room
	Asked   practice.Phase
	Mine    practice.Answer // what this seat wrote before the reveal; without an id where it did not, without words while the phone is passed on
	Count   int             // answers there are, spoken ones too; 0 while people write over days
	Answers []Read          // empty before the reveal, for everybody
	Silent  int             // had nothing to add
	Text    practice.AgreedText
	Stands  bool            // this seat stands behind the text
	Meant   string          // what the room agreed to question one, for the later ones
	Went    string          // what it agreed to question two, for question three
	Facts   []practice.Fact // for question two, without their authors
	Untold  bool            // whether anything shows what happened was not asked yet, and no fact does
	Gaps    []practice.Gap  // for question three
	Quotes  []string        // sentences that can be kept word for word
	Plan    practice.Plan   // what was intended, frozen before the outcome; why it may fail only for question three, once it is open
	Before  []Before        // for question one: what was meant to prevent this
	Hot     practice.Hot    // the five minutes to begin questions one and three with, while one writes; mostly empty
}

// Open reports whether everybody reads the answers.
func (q Question) Open() bool { return q.Review.Reads(q.Asked) }

// Current reports whether the room is at this question.
func (q Question) Current() bool { return q.Review.Current(q.Asked) }

// Question returns the screen of one of the first three questions. It refuses a
// later one than the room is at.
func (rooms *Rooms) Question(ctx context.Context, seat practice.Seat, asked practice.Phase) (Question, error) {
	return look(ctx, rooms, seat, func(v *visit) (Question, error) {
		q := Question{Asked: asked}
		if !asked.HasAnswers() {
			return q, practice.ErrNotFound
		}
		if err := v.review.Ask(asked); err != nil {
			return q, err
		}
		var err error
		if q.Room, err = v.room(); err != nil {
			return q, err
		}
		answers, err := v.tx.Answers(v.review.ID, asked)
		if err != nil {
			return q, err
		}
		if !q.apart() {
			q.Count = len(answers)
		}
		v.readInto(&q, answers)
		return q, errors.Join(v.readText(&q), v.readPlan(&q), v.readMeant(&q), v.readBeside(&q))
	})
}

// readInto puts the answers on the page: before the reveal only the seat's own.
func (v *visit) readInto(q *Question, answers []practice.Answer) {
	for _, a := range answers {
		mine := a.Mark == v.markOf(a)
		a.Mark = ""
		if mine && !a.Added {
			q.Mine = a
			if q.Passing && !q.Open() { // the phone is in somebody else's hand
				q.Mine = practice.Answer{ID: a.ID, Nothing: a.Nothing}
			}
		}
		switch {
		case !q.Open():
		case a.Nothing:
			q.Silent++
		default:
			q.Answers = append(q.Answers, Read{Answer: a, Mine: mine, Phrases: practice.Phrases(a.Text)})
		}
	}
}

// readText puts the one text on the page, and whether this seat stands behind it.
func (v *visit) readText(q *Question) error {
	if !q.Asked.HasText() || !q.Open() {
		return nil
	}
	q.Text = practice.AgreedText{Review: v.review.ID, Phase: q.Asked}
	t, err := v.tx.AgreedText(v.review.ID, q.Asked)
	if errors.Is(err, practice.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	stand, err := v.tx.Hands(v.review.ID, handStand+string(q.Asked), t.Version)
	t.Stand = len(stand)
	q.Text, q.Stands = t, slices.Contains(stand, v.seat.Key)
	return err
}

// readBeside puts on the page what stands beside a question: what was meant,
// the facts so far, the gaps.
func (v *visit) readBeside(q *Question) error {
	for agreed, text := range map[practice.Phase]*string{practice.PhaseIntended: &q.Meant, practice.PhaseHappened: &q.Went} {
		if !agreed.Before(q.Asked) {
			continue
		}
		t, err := v.tx.AgreedText(v.review.ID, agreed)
		if err != nil && !errors.Is(err, practice.ErrNotFound) { // in writing, both are asked at once
			return err
		}
		*text = t.Text
	}
	if q.Asked.HasText() {
		if err := v.readFacts(q); err != nil {
			return err
		}
	}
	if !q.Open() && q.Asked != practice.PhaseHappened {
		hot, err := v.tx.Hot(q.Failure.ID)
		if errors.Is(err, practice.ErrNotFound) {
			return nil
		}
		q.Hot = hot
		return err
	}
	if q.Asked != practice.PhaseGap || !q.Open() {
		return nil
	}
	var err error
	if q.Gaps, err = v.tx.Gaps(v.review.ID); err != nil {
		return err
	}
	said, err := v.said()
	for _, a := range said {
		for _, part := range []string{a.Text, a.Actual, a.Where} {
			q.Quotes = append(q.Quotes, practice.Phrases(part)...)
		}
	}
	return err
}

// readFacts puts the facts beside question two, and asks before it for the one
// record that shows what happened, unless a fact comes with one.
func (v *visit) readFacts(q *Question) error {
	facts, err := v.tx.Facts(q.Failure.ID)
	q.Untold = q.Review.Trace == "" && !q.Review.Traceless
	for _, f := range facts {
		q.Untold = q.Untold && f.Link == "" && f.Pasted == "" && f.File == ""
		f.Author = ""
		if q.Asked == practice.PhaseHappened {
			q.Facts = append(q.Facts, f)
		}
	}
	return err
}

// Picture is a picture of the facts, as the server itself wrote it.
type Picture struct {
	Kind string // its media type
	Data []byte
}

// Picture returns a picture that stands beside question two. It refuses one of
// another failure as if it were not there.
func (rooms *Rooms) Picture(ctx context.Context, seat practice.Seat, id practice.FileID) (Picture, error) {
	return look(ctx, rooms, seat, func(v *visit) (Picture, error) {
		kind, data, of, err := v.tx.File(id)
		if err == nil && of != v.review.Failure {
			err = practice.ErrNotFound
		}
		if err != nil {
			return Picture{}, err
		}
		return Picture{Kind: kind, Data: data}, nil
	})
}

// Sorting is the screen of question four.
type Sorting struct {
	Room
	Gaps []Sorted // taken ones, in the room's order
	Kept int      // gaps kept unsorted
}

// Sorted is a gap in question four.
type Sorted struct {
	practice.Gap
	Mine   practice.Judgement // this seat's, before the reveal; without an id where there is none
	Marks  []Marks            // after the reveal, one for each kind that was named
	Agreed practice.Verdict   // the kind all judged it to be; empty where they differ
}

// Marks are how many judged a gap to be of one kind, and the reasons they gave,
// in the one order everybody reads. They never leave the room.
type Marks struct {
	Kind    practice.Verdict
	N       int
	Reasons []string
	Needs   []string       // for inherent: what would have to be different
	Could   practice.Could // for inherent: in whose hands that is, where all who judged so said the same
}

// Sorting returns the screen of question four.
func (rooms *Rooms) Sorting(ctx context.Context, seat practice.Seat) (Sorting, error) {
	return look(ctx, rooms, seat, func(v *visit) (Sorting, error) {
		var s Sorting
		err := v.review.Ask(practice.PhaseSort)
		if err != nil {
			return s, err
		}
		if s.Room, err = v.room(); err != nil {
			return s, err
		}
		gaps, err := v.tx.Gaps(v.review.ID)
		if err != nil {
			return s, err
		}
		for _, g := range gaps {
			if !g.Taken {
				s.Kept++
				continue
			}
			sorted, err := v.sorted(g)
			if err != nil {
				return s, err
			}
			s.Gaps = append(s.Gaps, sorted)
		}
		return s, nil
	})
}

// sorted puts one gap on the page: before the reveal only the seat's own
// judgement.
func (v *visit) sorted(g practice.Gap) (Sorted, error) {
	s := Sorted{Gap: g}
	judged, err := v.tx.Judgements(g.ID, g.Round)
	if err != nil {
		return s, err
	}
	if !g.Open {
		for _, j := range judged {
			if j.Mark == v.markOn(g) {
				j.Mark = ""
				s.Mine = j
			}
		}
		return s, nil
	}
	for _, kind := range append(practice.Kinds(), practice.KeptOpen) {
		m := Marks{Kind: kind}
		for _, j := range judged {
			if j.Kind != kind {
				continue
			}
			if m.N++; m.N == 1 {
				m.Could = j.Could
			} else if m.Could != j.Could {
				m.Could = ""
			}
			if j.Reason != "" {
				m.Reasons = append(m.Reasons, j.Reason)
			}
			if j.Needs != "" {
				m.Needs = append(m.Needs, j.Needs)
			}
		}
		if m.N > 0 {
			s.Marks = append(s.Marks, m)
		}
		if kind != practice.KeptOpen && m.N > 0 && practice.Agree(kind, judged) {
			s.Agreed = kind
		}
	}
	return s, nil
}
