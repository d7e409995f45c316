package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// AtGap is a gap as somebody saw it: its version is in If-Match.
type AtGap struct {
	AtReview
	Gap practice.GapID `path:"gap"`
	Edited
}

// seen is an input about a gap at the version somebody saw.
type seen interface{ at() (room.GapAt, error) }

func (g AtGap) at() (room.GapAt, error) {
	version, err := g.version()
	return room.GapAt{ID: g.Gap, Version: version}, err
}

// PartsBody is a gap in words.
type PartsBody struct {
	Intended string `json:"intended,omitempty" at:"text"`
	Actual   string `json:"actual,omitempty"`
	Where    string `json:"where,omitempty"`
}

func (p PartsBody) parts() practice.Parts {
	return practice.Parts{Intended: p.Intended, Actual: p.Actual, Where: p.Where}
}

type newGap struct {
	AtReview
	Body struct {
		PartsBody
		From practice.AnswerID `json:"from,omitempty"`
	}
}

type madeGap struct {
	ID practice.GapID `json:"id"`
}

type rewritten struct {
	AtGap
	Body PartsBody
}

type taken struct {
	AtGap
	Body struct {
		Take bool   `json:"take,omitempty"`
		Why  string `json:"why,omitempty"`
	}
}

type quoted struct {
	AtGap
	Body struct {
		Quotes []string `json:"quotes,omitempty" at:"quote"`
	}
}

type splitGap struct {
	AtGap
	Body struct {
		First  PartsBody `json:"first,omitempty"`
		Second PartsBody `json:"second,omitempty" at:"actual2"`
	}
}

type judged struct {
	AtReview
	Gap  practice.GapID `path:"gap"`
	Body struct {
		Round  int              `json:"round,omitempty"`
		Kind   practice.Verdict `json:"kind,omitempty"`
		Reason string           `json:"reason,omitempty"`
		Needs  string           `json:"needs,omitempty"`
		Could  practice.Could   `json:"could,omitempty"`
		Sure   bool             `json:"sure,omitempty"`
	}
}

type settled struct {
	AtGap
	Body struct {
		Verdict practice.Verdict `json:"verdict,omitempty"`
		Differ  string           `json:"differ,omitempty"`
		Needs   string           `json:"needs,omitempty"`
		Could   practice.Could   `json:"could,omitempty"`
		Sure    bool             `json:"sure,omitempty"`
	}
}

// sortedView is a gap in question four.
type sortedView struct {
	GapView
	Mine   practice.Verdict `json:"mine,omitempty"`
	Marks  []marksView      `json:"marks"`
	Agreed practice.Verdict `json:"agreed,omitempty"`
}

type marksView struct {
	Kind    practice.Verdict `json:"kind"`
	N       int              `json:"n"`
	Reasons []string         `json:"reasons"`
	Needs   []string         `json:"needs"`
}

type sortingView struct {
	Room roomView     `json:"room"`
	Gaps []sortedView `json:"gaps"`
	Kept int          `json:"kept"`
}

func showSorted(g room.Sorted) sortedView {
	return sortedView{showGap(g.Gap), g.Mine.Kind, shown(g.Marks, func(m room.Marks) marksView {
		return marksView{m.Kind, m.N, some(m.Reasons), some(m.Needs)}
	}), g.Agreed}
}

// seatGaps is the table of gaps in a room: named, sorted, settled, embedded.
func (s *Rest) seatGaps() {
	made(s, "/gaps", func(ctx context.Context, seat practice.Seat, in *newGap) (madeGap, error) {
		id, err := s.Rooms.AddGap(ctx, seat, in.Body.parts(), in.Body.From)
		return madeGap{id}, err
	})
	seated(s, "DELETE", "/gaps/{gap}", func(ctx context.Context, seat practice.Seat, in *AtGap) (none, error) {
		at, err := in.at()
		if err != nil {
			return none{}, err
		}
		return none{}, s.Rooms.RemoveGap(ctx, seat, at)
	})
	seated(s, "GET", "/sorting", func(ctx context.Context, seat practice.Seat, _ *AtReview) (sortingView, error) {
		v, err := s.Rooms.Sorting(ctx, seat)
		return sortingView{showRoom(v.Room), shown(v.Gaps, showSorted), v.Kept}, err
	})
	seated(s, "POST", "/gaps/{gap}/judgement", func(ctx context.Context, seat practice.Seat, in *judged) (none, error) {
		b := in.Body
		return none{}, s.Rooms.Judge(ctx, seat, room.NewJudgement{Gap: in.Gap, Round: b.Round, Kind: b.Kind, Reason: b.Reason,
			Needs: b.Needs, Could: b.Could, Sure: b.Sure})
	})
	onGap(s, "PUT", "", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *rewritten) (practice.Gap, error) {
		return s.Rooms.RewriteGap(ctx, seat, at, in.Body.parts())
	})
	onGap(s, "POST", "/take", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *taken) (practice.Gap, error) {
		return s.Rooms.TakeGap(ctx, seat, at, room.Taking{Take: in.Body.Take, Why: in.Body.Why})
	})
	onGap(s, "POST", "/quotes", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *quoted) (practice.Gap, error) {
		return s.Rooms.KeepQuotes(ctx, seat, at, in.Body.Quotes)
	})
	onGap(s, "POST", "/split", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *splitGap) (practice.Gap, error) {
		return s.Rooms.Split(ctx, seat, at, in.Body.First.parts(), in.Body.Second.parts())
	})
	onGap(s, "POST", "/hear-again", func(ctx context.Context, seat practice.Seat, at room.GapAt, _ *AtGap) (practice.Gap, error) {
		return s.Rooms.HearAgain(ctx, seat, at)
	})
	onGap(s, "POST", "/settle", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *settled) (practice.Gap, error) {
		b := in.Body
		return s.Rooms.Settle(ctx, seat, at, practice.Settlement{Verdict: b.Verdict, Differ: b.Differ, Needs: b.Needs, Could: b.Could, Sure: b.Sure})
	})
	s.seatRoutes()
	s.seatCarry()
}

// onGap adds an operation on a gap that somebody saw at a version. Who was
// slower gets the gap as it stands.
func onGap[I any](s *Rest, method, path string, do func(context.Context, practice.Seat, room.GapAt, *I) (practice.Gap, error)) {
	seated(s, method, "/gaps/{gap}"+path, func(ctx context.Context, seat practice.Seat, in *I) (GapView, error) {
		where, _ := any(in).(seen)
		at, err := where.at()
		if err != nil {
			return GapView{}, err
		}
		g, err := do(ctx, seat, at, in)
		if err != nil && g.ID != "" {
			err = beside(err, showGap(g))
		}
		return showGap(g), err
	})
}

type steppedGap struct {
	AtGap
	Body struct {
		StepChange
		Procedure practice.ProcedureID `json:"procedure,omitempty"`
		Base      int                  `json:"base,omitempty"`
	}
}

type hastenedGap struct {
	AtGap
	Body struct {
		StepChange
		Procedure practice.ProcedureID `json:"procedure,omitempty"`
		Base      int                  `json:"base,omitempty"`
		Harm      string               `json:"harm,omitempty"`
	}
}

type firstStep struct {
	AtGap
	Body struct {
		Title   string `json:"title,omitempty"`
		Line    string `json:"line,omitempty" at:"text" example:"Look at the tank."`
		Checks  bool   `json:"checks,omitempty"`
		Checked string `json:"checked,omitempty"`

		Strength practice.Strength `json:"strength,omitempty"`
	}
}

type guarded struct {
	AtGap
	Body struct {
		Link string `json:"link,omitempty"`
		Text string `json:"text,omitempty"`

		Strength practice.Strength `json:"strength,omitempty"`
	}
}

type reasoned struct {
	AtGap
	Body struct {
		To  string    `json:"to,omitempty"`
		Why string    `json:"why,omitempty"`
		By  time.Time `json:"by,omitempty"`
	}
}

type watchedGap struct {
	AtGap
	Body struct {
		What  string    `json:"what,omitempty"`
		AskAt time.Time `json:"ask_at,omitempty" at:"day"`
	}
}

type namedConstraint struct {
	AtGap
	Body struct {
		Known  practice.ConstraintID   `json:"known,omitempty"`
		Text   string                  `json:"text,omitempty"`
		Assume string                  `json:"assume,omitempty"`
		Kind   practice.ConstraintKind `json:"kind,omitempty"`
		Places []string                `json:"places,omitempty" at:"place"`
		Link   string                  `json:"link,omitempty"`
		Doubt  string                  `json:"doubt,omitempty"`
	}
}

type keptFinding struct {
	AtGap
	Body struct {
		Tried    string             `json:"tried,omitempty"`
		Expected string             `json:"expected,omitempty"`
		Got      string             `json:"got,omitempty"`
		Known    []string           `json:"known,omitempty"`
		Next     string             `json:"next,omitempty"`
		Because  []string           `json:"because,omitempty"`
		Under    string             `json:"under,omitempty"`
		Sure     string             `json:"sure,omitempty"`
		Asked    string             `json:"asked,omitempty"`
		AskedAt  time.Time          `json:"asked_at,omitempty" at:"askedat"`
		After    practice.FindingID `json:"after,omitempty"`
	}
}

// seatRoutes are the ways a sorted gap changes something.
func (s *Rest) seatRoutes() {
	onGap(s, "POST", "/change", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *steppedGap) (practice.Gap, error) {
		return s.Rooms.ChangeStep(ctx, seat, at, in.Body.on(in.Body.Procedure, in.Body.Base))
	})
	onGap(s, "POST", "/wait", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *steppedGap) (practice.Gap, error) {
		return s.Rooms.KeepChange(ctx, seat, at, in.Body.on(in.Body.Procedure, in.Body.Base))
	})
	onGap(s, "POST", "/change-at-once", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *hastenedGap) (practice.Gap, error) {
		return s.Rooms.ChangeAtOnce(ctx, seat, at, in.Body.on(in.Body.Procedure, in.Body.Base), in.Body.Harm)
	})
	onGap(s, "POST", "/first-step", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *firstStep) (practice.Gap, error) {
		return s.Rooms.FirstStep(ctx, seat, at, in.Body.Title,
			practice.StepChange{Text: in.Body.Line, Checks: in.Body.Checks, Checked: in.Body.Checked, Strength: in.Body.Strength})
	})
	onGap(s, "POST", "/safeguard", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *guarded) (practice.Gap, error) {
		return s.Rooms.Guard(ctx, seat, at, practice.Safeguard{Link: in.Body.Link, Text: in.Body.Text, Strength: in.Body.Strength})
	})
	onGap(s, "POST", "/promise", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *reasoned) (practice.Gap, error) {
		return s.Rooms.Promise(ctx, seat, at, in.Body.Why, in.Body.By)
	})
	onGap(s, "POST", "/covered", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *reasoned) (practice.Gap, error) {
		return s.Rooms.Cover(ctx, seat, at, in.Body.To, in.Body.Why)
	})
	onGap(s, "POST", "/nothing", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *reasoned) (practice.Gap, error) {
		return s.Rooms.LeaveAsItIs(ctx, seat, at, in.Body.Why)
	})
	onGap(s, "POST", "/refer", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *referredGap) (practice.Gap, error) {
		return s.Rooms.Refer(ctx, seat, at, practice.NewReceiver{Name: in.Body.Name, Mail: in.Body.Mail}, in.Body.Why)
	})
	onGap(s, "POST", "/unroute", func(ctx context.Context, seat practice.Seat, at room.GapAt, _ *AtGap) (practice.Gap, error) {
		return s.Rooms.Unroute(ctx, seat, at)
	})
	onGap(s, "POST", "/watch", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *watchedGap) (practice.Gap, error) {
		return s.Rooms.Watch(ctx, seat, at, in.Body.What, in.Body.AskAt)
	})
	onGap(s, "POST", "/constraint", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *namedConstraint) (practice.Gap, error) {
		b := in.Body
		return s.Rooms.NameConstraint(ctx, seat, at, practice.Constraint{Text: b.Text, Assume: b.Assume, Kind: b.Kind,
			Places: b.Places, Link: b.Link, Doubt: b.Doubt}, b.Known)
	})
	onGap(s, "POST", "/finding", func(ctx context.Context, seat practice.Seat, at room.GapAt, in *keptFinding) (practice.Gap, error) {
		b := in.Body
		return s.Rooms.KeepFinding(ctx, seat, at, practice.Finding{Tried: b.Tried, Expected: b.Expected, Got: b.Got, Known: b.Known,
			Next: b.Next, Because: b.Because, Under: b.Under, Sure: b.Sure, Asked: b.Asked, AskedAt: b.AskedAt, After: b.After})
	})
}

type namedCarrier struct {
	AtReview
	Body struct {
		Carrier practice.MemberID `json:"carrier,omitempty"`
		Name    string            `json:"name,omitempty"`
		Moment  string            `json:"moment,omitempty"`
		Act     string            `json:"act,omitempty"`
		DueAt   time.Time         `json:"due_at,omitempty" at:"due"`
		LateWhy string            `json:"late_why,omitempty" at:"latewhy"`
		Aloud   bool              `json:"aloud,omitempty"`
		Guest   bool              `json:"guest,omitempty"`
	}
}

type handoverView struct {
	Room      roomView          `json:"room"`
	Gaps      []GapView         `json:"gaps"`
	Carry     *carryView        `json:"carry,omitempty"`
	People    []memberView      `json:"people"`
	NextCycle time.Time         `json:"next_cycle"`
	Tapped    map[string]string `json:"tapped"`
	Whole     bool              `json:"whole"` // this seat ticked that leaders may read the whole record
}

type embeddingView struct {
	Room        roomView         `json:"room"`
	Gap         GapView          `json:"gap"`
	Procedures  []procedureView  `json:"procedures"`
	Meant       practice.StepID  `json:"meant,omitempty"`
	Safeguards  []safeguardView  `json:"safeguards"`
	Constraints []constraintView `json:"constraints"`
	Questions   []findingView    `json:"questions"`
	NextCycle   time.Time        `json:"next_cycle"`
}

type embeddingFor struct {
	AtReview
	Gap practice.GapID `query:"gap"`
}

// seatCarry is the last two screens and the one person who carries it on.
func (s *Rest) seatCarry() {
	seated(s, "GET", "/embedding", func(ctx context.Context, seat practice.Seat, in *embeddingFor) (embeddingView, error) {
		e, err := s.Rooms.Embedding(ctx, seat, in.Gap)
		return embeddingView{showRoom(e.Room), showGap(e.Gap), shown(e.Procedures, func(p room.Page) procedureView {
			v := showProcedure(p.Procedure)
			v.Steps = shown(p.Steps, showStep)
			return v
		}), e.Meant, shown(e.Safeguards, showSafeguard), shown(e.Constraints, showConstraint), shown(e.Questions, showFinding), e.NextCycle}, err
	})
	seated(s, "GET", "/handover", func(ctx context.Context, seat practice.Seat, _ *AtReview) (handoverView, error) {
		h, err := s.Rooms.Handover(ctx, seat)
		v := handoverView{Room: showRoom(h.Room), Gaps: shown(h.Gaps, func(l room.Led) GapView { return showGap(l.Gap) }), People: shown(h.People, showMember),
			NextCycle: h.NextCycle, Tapped: h.Tapped, Whole: h.Whole}
		if h.Carry.ID != "" {
			carry := showCarry(h.Carry)
			v.Carry = &carry
		}
		return v, err
	})
	made(s, "/carry", func(ctx context.Context, seat practice.Seat, in *namedCarrier) (carryView, error) {
		b := in.Body
		c, err := s.Rooms.NameCarrier(ctx, seat, practice.NewCarry{Carrier: b.Carrier, Typed: b.Name, Moment: b.Moment, Act: b.Act,
			DueAt: b.DueAt, LateWhy: b.LateWhy, Aloud: b.Aloud, Guest: b.Guest})
		return showCarry(c), err
	})
	seated(s, "POST", "/carry/unsay", func(ctx context.Context, seat practice.Seat, _ *AtReview) (carryView, error) {
		c, err := s.Rooms.UnsayCarry(ctx, seat)
		return showCarry(c), err
	})
}
