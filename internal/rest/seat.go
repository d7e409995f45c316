package rest

import (
	"context"
	"encoding/base64"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// AtReview is the address of a room.
type AtReview struct {
	Review string `path:"review"`
}

// AtQuestion is the address of one question of a room.
type AtQuestion struct {
	AtReview
	Question practice.Phase `path:"question"`
}

// roomView is what every screen of a room shows: counts, and never who.
type roomView struct {
	Review   reviewView   `json:"review"`
	Failure  roomFailure  `json:"failure"`
	Progress progressView `json:"progress"`
	Asked    int          `json:"asked"`
	Passing  bool         `json:"passing"`
	Move     bool         `json:"move"`
	Blame    bool         `json:"blame"`
	More     int          `json:"more"`
	Here     int          `json:"here"`
	Hold     string       `json:"hold,omitempty"`
	Unled    bool         `json:"unled"`
	Ideas    []ideaView   `json:"ideas"`
	Aside    []asideView  `json:"conflicts"`
}

// ideaView is an idea what to change, parked until every gap is sorted.
type ideaView struct {
	ID   practice.AnswerID `json:"id"`
	Text string            `json:"text"`
}

type progressView struct {
	Came      int  `json:"came"`
	Near      int  `json:"near"`
	Asked     int  `json:"-"` // beside it
	Seats     int  `json:"seats"`
	Written   int  `json:"written"`
	Stand     int  `json:"stand"`
	Text      bool `json:"text"`
	Differ    bool `json:"differ"`
	Gaps      int  `json:"gaps"`
	Beyond    int  `json:"beyond"`
	Unsettled int  `json:"unsettled"`
	KeptOpen  int  `json:"kept_open"`
	Unrouted  int  `json:"unrouted"`
	Carrier   bool `json:"carrier"`
}

func (r roomView) etag() string { return tag(r.Review.Version) }

type roomFailure struct {
	ID     practice.FailureID `json:"id"`
	Number int                `json:"number"`
	Title  string             `json:"title"`
	Text   string             `json:"text"`
}

func showRoom(r room.Room) roomView {
	return roomView{showReview(r.Review), roomFailure{r.Failure.ID, r.Failure.Number, r.Failure.Title, r.Failure.Text},
		progressView(r.Progress), r.Asked(), r.Passing, r.Move, r.Blame, r.More, r.Here, r.Hold, r.Unled,
		shown(r.Ideas, func(i room.Idea) ideaView { return ideaView(i) }),
		shown(r.Aside, showParked)}
}

// readView is one answer as everybody reads it.
type readView struct {
	ID      practice.AnswerID `json:"id"`
	Text    string            `json:"text,omitempty"`
	Actual  string            `json:"actual,omitempty"`
	Where   string            `json:"where,omitempty"`
	Shows   string            `json:"shows,omitempty"`
	Nothing bool              `json:"nothing,omitempty"`
	Spoken  bool              `json:"spoken,omitempty"`
	Added   bool              `json:"added,omitempty"`
	Mine    bool              `json:"mine,omitempty"`
}

func showRead(r room.Read) readView {
	return readView{r.ID, r.Text, r.Actual, r.Where, r.Shows, r.Nothing, r.Spoken, r.Added, r.Mine}
}

type questionView struct {
	Room    roomView     `json:"room"`
	Mine    *readView    `json:"mine,omitempty"`
	Count   int          `json:"count"`
	Answers []readView   `json:"answers"`
	Silent  int          `json:"silent"`
	Text    *textView    `json:"text,omitempty"` // of the two questions that have one
	Stands  bool         `json:"stands"`
	Facts   []factView   `json:"facts"`
	Gaps    []GapView    `json:"gaps"`
	Quotes  []string     `json:"quotes"`
	Hot     *hotView     `json:"hot,omitempty"`
	Plan    *frozenView  `json:"plan,omitempty"`
	Before  []beforeView `json:"prevents,omitempty"` // of the first question: what was meant to prevent this
}

// beforeView is a step or safeguard that was meant to prevent what a room is about.
type beforeView struct {
	Step      practice.StepID      `json:"step,omitempty"`
	Safeguard practice.SafeguardID `json:"safeguard,omitempty"`
	Text      string               `json:"text"`
	Scars     []scarView           `json:"scars"`
	Use       *useView             `json:"use,omitempty"`
}

func showBefore(m room.Before) beforeView {
	v := beforeView{Step: m.Step.ID, Safeguard: m.Safeguard.ID, Text: m.Step.Text, Scars: shown(m.Scars, showScar), Use: showUse(m.Use)}
	if m.Safeguard.ID != "" {
		v.Text = m.Safeguard.Text
	}
	return v
}

func (q questionView) etag() string {
	if q.Text == nil {
		return q.Room.etag()
	}
	return q.Text.etag()
}

func showQuestion(q room.Question) questionView {
	v := questionView{Room: showRoom(q.Room), Count: q.Count, Answers: shown(q.Answers, showRead), Silent: q.Silent,
		Stands: q.Stands, Facts: shown(q.Facts, showFact), Gaps: shown(q.Gaps, showGap), Quotes: some(q.Quotes)}
	if len(q.Before) > 0 {
		v.Before = shown(q.Before, showBefore)
	}
	if q.Asked.HasText() {
		text := showText(q.Text)
		text.Question = q.Asked
		v.Text = &text
	}
	v.Hot, v.Plan = showHot(q.Hot), showFrozen(q.Plan)
	if q.Mine.ID != "" {
		mine := showRead(room.Read{Answer: q.Mine, Mine: true})
		v.Mine = &mine
	}
	return v
}

// arrivalView is the screen before question one: what became of the promise of
// last time comes first.
type arrivalView struct {
	Room roomView   `json:"room"`
	Last *carryView `json:"last,omitempty"`
}

func showArrival(a room.Arrival) arrivalView {
	v := arrivalView{Room: showRoom(a.Room)}
	if a.Last.ID != "" {
		last := showCarry(a.Last)
		last.Name = a.Carrier
		v.Last = &last
	}
	return v
}

type drawing struct {
	AtReview
	Body struct {
		Ticket string `json:"ticket,omitempty"`
	}
}

type typedWords struct {
	AtReview
	Body struct {
		Words string `json:"words,omitempty"`
	}
}

// newReadiness is one answer to the question before a room.
type newReadiness struct {
	AtReview
	Body struct {
		Ticket string             `json:"ticket,omitempty"`
		Device string             `json:"device,omitempty"`
		Answer practice.Readiness `json:"answer,omitempty"`
	}
}

// heldDevice is what an answer can be changed with; the server keeps its hash alone.
type heldDevice struct {
	Device string `json:"device"`
}

// fromDevice says something with what a device holds, and returns what it is to hold.
func fromDevice(held string, say func(device []byte) ([]byte, error)) (heldDevice, error) {
	device, err := base64.RawURLEncoding.DecodeString(held)
	if err != nil {
		return heldDevice{}, practice.Refuse(practice.Invalid, "required").At("device")
	}
	device, err = say(device)
	return heldDevice{base64.RawURLEncoding.EncodeToString(device)}, err
}

// drawnView is a seat as its holder gets it, once.
type drawnView struct {
	Key   string `json:"key"`             // for the header Debrief-Seat
	Words string `json:"words,omitempty"` // for another device; shown this once
}

type newAnswer struct {
	AtQuestion
	Body struct {
		Text    string     `json:"text,omitempty"`
		Actual  string     `json:"actual,omitempty"`
		Where   string     `json:"where,omitempty"`
		Shows   string     `json:"shows,omitempty"`
		Nothing bool       `json:"nothing,omitempty"`
		Whose   room.Whose `json:"whose,omitempty"`
		PassOn  bool       `json:"pass_on,omitempty"`
	}
}

type newText struct {
	AtQuestion
	Edited
	Body struct {
		Text    string   `json:"text,omitempty"`
		Phrases []string `json:"phrases,omitempty"`
		Stand   bool     `json:"stand,omitempty"`
	}
}

type standing struct {
	AtQuestion
	Edited
	Body struct {
		Stand bool `json:"stand,omitempty"`
	}
}

type differing struct {
	AtQuestion
	Body struct {
		Differ string `json:"differ,omitempty"`
		Was    string `json:"was,omitempty"`
	}
}

type moving struct {
	AtReview
	Edited
	Body struct {
		Why string `json:"why,omitempty"`
	}
}

type changing struct {
	AtReview
	Edited
	Body struct {
		Form practice.Form `json:"form,omitempty"`
	}
}

type pressing struct {
	AtReview
	Body struct {
		What string `json:"what,omitempty" enum:"move,blame"`
	}
}

type tapping struct {
	AtReview
	Body struct {
		What string `json:"what,omitempty" enum:"learned,blamed,again"`
		Yes  bool   `json:"yes,omitempty"`
	}
}

type proved struct {
	AtReview
	Reason int `path:"reason"`
	Body   struct {
		CameTrue bool `json:"came_true,omitempty"`
	}
}

type shownTrace struct {
	AtReview
	Body struct {
		Trace string `json:"trace,omitempty" example:"The log of the pump"`
		None  bool   `json:"none,omitempty"`
	}
}

type parked struct {
	AtReview
	Body struct {
		Idea string `json:"idea,omitempty" example:"A second gauge."`
	}
}

type atIdea struct {
	AtReview
	Idea practice.AnswerID `path:"idea"`
}

type reading struct {
	AtReview
	Body struct {
		Whole bool `json:"whole,omitempty"`
	}
}

// seats is the table of a room from inside: its screens, its questions, its
// buttons.
func (s *Rest) seats() {
	stranger(s, create("/seats/{review}"), func(ctx context.Context, in *drawing) (drawnView, error) {
		d, err := s.Rooms.Draw(ctx, practice.ReviewID(in.Review), in.Body.Ticket)
		return drawnView{base64.RawURLEncoding.EncodeToString(d.Key), d.Words}, err
	})
	stranger(s, post("/seats/{review}/readiness"), func(ctx context.Context, in *newReadiness) (heldDevice, error) {
		return fromDevice(in.Body.Device, func(device []byte) ([]byte, error) {
			return s.Rooms.SayReady(ctx, practice.ReviewID(in.Review), in.Body.Ticket, device, in.Body.Answer)
		})
	})
	stranger(s, post("/seats/{review}/words"), func(ctx context.Context, in *typedWords) (drawnView, error) {
		key, err := s.Rooms.Words(ctx, practice.ReviewID(in.Review), in.Body.Words)
		return drawnView{Key: base64.RawURLEncoding.EncodeToString(key)}, err
	})
	seated(s, "GET", "", func(ctx context.Context, seat practice.Seat, _ *AtReview) (roomView, error) {
		r, err := s.Rooms.Room(ctx, seat)
		return showRoom(r), err
	})
	seated(s, "GET", "/arrival", func(ctx context.Context, seat practice.Seat, _ *AtReview) (arrivalView, error) {
		a, err := s.Rooms.Arrival(ctx, seat)
		return showArrival(a), err
	})
	seated(s, "POST", "/move", func(ctx context.Context, seat practice.Seat, in *moving) (reviewView, error) {
		return s.versioned(in.Edited, func(version int) (practice.Review, error) { return s.Rooms.Move(ctx, seat, version, in.Body.Why) })
	})
	seated(s, "POST", "/form", func(ctx context.Context, seat practice.Seat, in *changing) (reviewView, error) {
		return s.versioned(in.Edited, func(version int) (practice.Review, error) {
			return s.Rooms.Change(ctx, seat, in.Body.Form, version)
		})
	})
	seated(s, "POST", "/no-gap", func(ctx context.Context, seat practice.Seat, in *moving) (reviewView, error) {
		return s.versioned(in.Edited, func(version int) (practice.Review, error) { return s.Rooms.NoGap(ctx, seat, version, in.Body.Why) })
	})
	seated(s, "POST", "/close", func(ctx context.Context, seat practice.Seat, in *moving) (reviewView, error) {
		return s.versioned(in.Edited, func(version int) (practice.Review, error) { return s.Rooms.Close(ctx, seat, version) })
	})
	seated(s, "POST", "/sit-again", func(ctx context.Context, seat practice.Seat, in *moving) (none, error) {
		version, err := in.version()
		if err != nil {
			return none{}, err
		}
		return none{}, s.Rooms.SitAgain(ctx, seat, version)
	})
	s.questions()
	s.buttons()
}

// versioned moves a room that somebody saw at a version.
func (s *Rest) versioned(e Edited, do func(version int) (practice.Review, error)) (reviewView, error) {
	version, err := e.version()
	if err != nil {
		return reviewView{}, err
	}
	r, err := do(version)
	return showReview(r), err
}

func (s *Rest) questions() {
	seated(s, "GET", "/questions/{question}", func(ctx context.Context, seat practice.Seat, in *AtQuestion) (questionView, error) {
		q, err := s.Rooms.Question(ctx, seat, in.Question)
		return showQuestion(q), err
	})
	seated(s, "POST", "/questions/{question}/answers", func(ctx context.Context, seat practice.Seat, in *newAnswer) (none, error) {
		b := in.Body
		return none{}, s.Rooms.Write(ctx, seat, room.NewAnswer{Question: in.Question, Text: b.Text, Actual: b.Actual, Where: b.Where,
			Shows: b.Shows, Nothing: b.Nothing, Whose: b.Whose, PassOn: b.PassOn})
	})
	seated(s, "POST", "/questions/{question}/finish", func(ctx context.Context, seat practice.Seat, in *AtQuestion) (none, error) {
		return none{}, s.Rooms.Finish(ctx, seat, in.Question)
	})
	seated(s, "POST", "/questions/{question}/reveal", func(ctx context.Context, seat practice.Seat, in *AtQuestion) (none, error) {
		return none{}, s.Rooms.Reveal(ctx, seat, in.Question)
	})
	seated(s, "PUT", "/questions/{question}/text", func(ctx context.Context, seat practice.Seat, in *newText) (textView, error) {
		version, err := in.version()
		if err != nil {
			return textView{}, err
		}
		now, err := s.Rooms.SaveText(ctx, seat, room.NewText{Question: in.Question, Text: in.Body.Text, Phrases: in.Body.Phrases,
			Version: version, Stand: in.Body.Stand})
		return showText(now), beside(err, showText(now))
	})
	seated(s, "POST", "/questions/{question}/stand", func(ctx context.Context, seat practice.Seat, in *standing) (none, error) {
		version, err := in.version()
		if err != nil {
			return none{}, err
		}
		return none{}, s.Rooms.Stand(ctx, seat, practice.AgreedText{Review: seat.Review, Phase: in.Question, Version: version}, in.Body.Stand)
	})
	seated(s, "POST", "/questions/{question}/difference", func(ctx context.Context, seat practice.Seat, in *differing) (none, error) {
		return none{}, s.Rooms.NoteDifference(ctx, seat, in.Question, in.Body.Differ, in.Body.Was)
	})
}

func (s *Rest) buttons() {
	seated(s, "POST", "/press", func(ctx context.Context, seat practice.Seat, in *pressing) (none, error) {
		return none{}, s.Rooms.Press(ctx, seat, in.Body.What)
	})
	seated(s, "POST", "/heard", func(ctx context.Context, seat practice.Seat, in *pressing) (none, error) {
		return none{}, s.Rooms.Heard(ctx, seat, in.Body.What)
	})
	seated(s, "POST", "/taps", func(ctx context.Context, seat practice.Seat, in *tapping) (none, error) {
		return none{}, s.Rooms.Tap(ctx, seat, in.Body.What, in.Body.Yes)
	})
	seated(s, "PUT", "/reasons/{reason}", func(ctx context.Context, seat practice.Seat, in *proved) (none, error) {
		return none{}, s.Rooms.Prove(ctx, seat, in.Reason, in.Body.CameTrue)
	})
	seated(s, "PUT", "/trace", func(ctx context.Context, seat practice.Seat, in *shownTrace) (none, error) {
		return none{}, s.Rooms.Show(ctx, seat, in.Body.Trace, in.Body.None)
	})
	made(s, "/ideas", func(ctx context.Context, seat practice.Seat, in *parked) (none, error) {
		return none{}, s.Rooms.Park(ctx, seat, in.Body.Idea)
	})
	seated(s, "DELETE", "/ideas/{idea}", func(ctx context.Context, seat practice.Seat, in *atIdea) (none, error) {
		return none{}, s.Rooms.Unpark(ctx, seat, in.Idea)
	})
	seated(s, "PUT", "/whole", func(ctx context.Context, seat practice.Seat, in *reading) (none, error) {
		return none{}, s.Rooms.LetLeadersRead(ctx, seat, in.Body.Whole)
	})
	for path, press := range map[string]func(context.Context, practice.Seat) error{
		"/more-time": s.Rooms.MoreTime, "/extend": s.Rooms.Extend, "/roll": s.Rooms.CallRoll, "/free": s.Rooms.FreeSeats, "/leave": s.Rooms.Leave,
	} {
		seated(s, "POST", path, func(ctx context.Context, seat practice.Seat, _ *AtReview) (none, error) {
			return none{}, press(ctx, seat)
		})
	}
}
