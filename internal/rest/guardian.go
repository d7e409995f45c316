package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// guardiansView is whom anybody can tell that a review was used against somebody.
type guardiansView struct {
	Items    []guardView `json:"items"` // none: nobody can be written to
	Named    string      `json:"named,omitempty"`
	OtherWay string      `json:"other_way,omitempty"`
	Appears  time.Time   `json:"appears"`
}

type guardView struct {
	ID   practice.MemberID `json:"id"`
	Name string            `json:"name"`
}

type newMisuse struct {
	Body struct {
		Text string              `json:"text,omitempty" example:"What I wrote was read out to my supervisor."`
		Name string              `json:"name,omitempty"`
		To   []practice.MemberID `json:"to,omitempty"`

		Since bool `json:"after_report,omitempty"`
	}
}

// misuseView is a case as one of those who know of it opens it.
type misuseView struct {
	ID     practice.MisuseID    `json:"id,omitempty"`
	State  practice.MisuseState `json:"state,omitempty"`
	Waits  bool                 `json:"waits"`
	Day    time.Time            `json:"day,omitzero"`
	Thread []misuseLine         `json:"thread"`
	Closed []practice.MemberID  `json:"reading_closed,omitempty"`
}

// misuseLine is one message of a case.
type misuseLine struct {
	Day    time.Time `json:"day,omitzero"`
	Answer bool      `json:"by_guardian"`
	Text   string    `json:"text"`
	Shut   bool      `json:"shut,omitempty"`
	Since  bool      `json:"after_report,omitempty"`
}

func showSaid(s *room.Said) *misuseView {
	if s == nil {
		return nil
	}
	return &misuseView{s.Case.ID, s.Case.State, s.Waits, s.Case.Day, shown(s.Thread, func(l room.Line) misuseLine { return misuseLine(l) }), nil}
}

func showCase(c room.Case) misuseView {
	return misuseView{c.ID, c.State, false, c.Day, shown(c.Thread, func(l room.Line) misuseLine { return misuseLine(l) }),
		shown(c.Closed, func(m practice.Member) practice.MemberID { return m.ID })}
}

// deskView is the cases of a guardian.
type deskView struct {
	Items  []misuseView `json:"items"`
	Closed []shutView   `json:"closed_elsewhere,omitempty"`
}

// shutView is that raw answers are closed to somebody because of a case that other
// guardians read.
type shutView struct {
	Member practice.MemberID    `json:"member"`
	Name   string               `json:"name"`
	Case   practice.MisuseID    `json:"case"`
	Day    time.Time            `json:"day"`
	State  practice.MisuseState `json:"state"`
}

// handledView is what became of a pause that was proposed.
type handledView struct {
	Pause practice.PauseAsked `json:"pause,omitempty"`
}

type handled struct {
	Body struct {
		Words string               `json:"words,omitempty"`
		Case  practice.MisuseID    `json:"case,omitempty"`
		Seen  practice.MisuseState `json:"seen,omitempty"`
		Text  string               `json:"text,omitempty"`
		State practice.MisuseState `json:"state,omitempty"`
		Close practice.MemberID    `json:"close,omitempty"`
		Open  practice.MemberID    `json:"open,omitempty"`
		Pause practice.TeamID      `json:"pause,omitempty"`
	}
}

// guarding is the table of what a guardian is told, in requests without a token, and of
// who is one.
func (s *Rest) guarding() {
	stranger(s, get("/guardian"), func(ctx context.Context, _ *struct{}) (guardiansView, error) {
		g, err := s.Rooms.Guarded(ctx)
		return guardiansView{shown(g.Guardians, func(g practice.Guardian) guardView { return guardView{g.Member, g.Name} }),
			g.Organisation.Guardian, g.Organisation.OtherWay, g.Appears}, err
	})
	stranger(s, create("/guardian"), func(ctx context.Context, in *newMisuse) (receiptView, error) {
		r, err := s.Rooms.TellGuardian(ctx, nobody(ctx), practice.NewMisuse{Text: in.Body.Text, Name: in.Body.Name, To: in.Body.To, Since: in.Body.Since})
		return receiptView{r.Words, r.Appears}, err
	})
	stranger(s, post("/receipts/more"), func(ctx context.Context, in *saidToTeam) (none, error) {
		return none{}, s.Rooms.SayMore(ctx, nobody(ctx), in.Body.Words, in.Body.Text)
	})
	stranger(s, post("/guardian/desk"), func(ctx context.Context, in *opened) (deskView, error) {
		d, err := s.Rooms.Desk(ctx, nobody(ctx), in.Body.Words)
		return deskView{shown(d.Cases, showCase), shown(d.Closed, func(c practice.ReadingClosed) shutView {
			return shutView{c.Member, c.Name, c.Case, c.Day, c.State}
		})}, err
	})
	stranger(s, post("/guardian/case"), func(ctx context.Context, in *handled) (handledView, error) {
		b := in.Body
		said, err := s.Rooms.Handle(ctx, nobody(ctx), b.Words, practice.Handling{Case: b.Case, Seen: b.Seen, Text: b.Text, State: b.State,
			Close: b.Close, Open: b.Open, Pause: b.Pause})
		return handledView{said}, err
	})
	s.guardians()
}

// guardianView is somebody who is a guardian, or is put forward.
type guardianView struct {
	ID      practice.MemberID `json:"id"`
	Name    string            `json:"name"`
	Stands  bool              `json:"stands"`
	Agreed  bool              `json:"agreed"`
	TookOn  bool              `json:"took_on"`
	EndedBy practice.MemberID `json:"end_asked_by,omitempty"`
}

type allGuardians struct {
	Items []guardianView `json:"items"`
	Times timesView      `json:"first_answers"`
	Reads timesView      `json:"first_readings"`
}

// timesView is how long what guardians were told waited for something, in portions.
type timesView struct {
	From   time.Time        `json:"from"`
	Until  time.Time        `json:"until"`
	Enough bool             `json:"enough"`
	Week   practice.Portion `json:"week,omitempty"`
	Month  practice.Portion `json:"month,omitempty"`
	Later  practice.Portion `json:"later,omitempty"`
}

// putForward is somebody who shall be a guardian.
type putForward struct {
	Body struct {
		Member practice.MemberID `json:"member,omitempty"`
	}
}

// deskWordsView holds the words of a guardian, which are shown this once.
type deskWordsView struct {
	Words string `json:"words"`
}

func (s *Rest) guardians() {
	person(s, get("/guardians"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (allGuardians, error) {
		return s.guardiansNow(ctx, actor, nil)
	})
	person(s, create("/guardians"), func(ctx context.Context, actor practice.Actor, in *putForward) (allGuardians, error) {
		return s.guardiansNow(ctx, actor, s.App.ProposeGuardian(ctx, actor, in.Body.Member))
	})
	person(s, post("/guardians/{id}/agree"), func(ctx context.Context, actor practice.Actor, in *One) (allGuardians, error) {
		return s.guardiansNow(ctx, actor, s.App.AgreeGuardian(ctx, actor, practice.MemberID(in.ID)))
	})
	person(s, post("/guardians/{id}/keep"), func(ctx context.Context, actor practice.Actor, in *One) (allGuardians, error) {
		return s.guardiansNow(ctx, actor, s.App.KeepGuardian(ctx, actor, practice.MemberID(in.ID)))
	})
	person(s, remove("/guardians/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		_, err := s.App.EndGuardian(ctx, actor, practice.MemberID(in.ID))
		return none{}, err
	})
	person(s, create("/guardians/words"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (deskWordsView, error) {
		words, key, err := s.Rooms.DrawReceipt(ctx)
		if err != nil {
			return deskWordsView{}, err
		}
		return deskWordsView{words}, s.App.TakeOnGuarding(ctx, actor, key)
	})
}

func (s *Rest) guardiansNow(ctx context.Context, actor practice.Actor, err error) (allGuardians, error) {
	var all []practice.Guardian
	var times practice.GuardianTimes
	if err == nil {
		all, err = s.App.Guardians(ctx, actor)
	}
	if err == nil {
		times, err = s.App.GuardianTimes(ctx, actor)
	}
	return allGuardians{shown(all, func(g practice.Guardian) guardianView {
		return guardianView{g.Member, g.Name, g.Stands(), g.Agreed, g.Lookup != "", g.EndBy}
	}), timesView(times.Answer), timesView(times.Read)}, err
}
