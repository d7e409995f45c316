package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
)

// conflictView is a parked conflict, for those who were there when it was parked, and for
// whoever looks after it.
type conflictView struct {
	ID      practice.ConflictID `json:"id"`
	Line    string              `json:"line"`
	Failure int                 `json:"failure,omitempty"` // left out for its owner where they were not there
	Day     time.Time           `json:"reviewed_on"`
	Owner   practice.MemberID   `json:"owner,omitempty"`
	Name    string              `json:"name,omitempty"`
	Yes     bool                `json:"yes"`
	DueOn   time.Time           `json:"due_on,omitzero"`
	How     string              `json:"how,omitempty"`
	EndOn   time.Time           `json:"ended_on,omitzero"`
	Guards  bool                `json:"guardian"`
	Mine    bool                `json:"mine"`
}

// asideView is one as those in the room read it.
type asideView struct {
	ID   practice.ConflictID `json:"id"`
	Line string              `json:"line"`

	// Who is asked to look after it when the room closes.
	Name  string    `json:"name,omitempty"`
	Yes   bool      `json:"yes,omitempty"`
	DueOn time.Time `json:"due_on,omitzero"`
}

func showParked(c room.Aside) asideView {
	return asideView{c.ID, c.Text, c.Name, c.Yes, c.DueOn}
}

func showConflict(c app.Aside) conflictView {
	return conflictView{c.ID, c.Text, c.Failure.Number, c.Day, c.Owner, c.Name, c.Yes, c.DueOn, c.How, c.EndOn, c.Guards, c.Mine}
}

type conflictAct struct {
	ID   practice.ConflictID `path:"id"`
	Body struct {
		Do    string            `json:"do,omitempty" enum:"take,ask,guardian,yes,no,end"`
		Name  string            `json:"name,omitempty"`
		To    practice.MemberID `json:"to,omitempty"`
		DueOn time.Time         `json:"due_on,omitempty" at:"due"`
		How   string            `json:"how,omitempty"`
	}
}

type newConflict struct {
	AtReview
	Body struct {
		Line    string         `json:"line,omitempty"`
		Phrase  string         `json:"phrase,omitempty"`
		Gap     practice.GapID `json:"gap,omitempty"`
		Version int            `json:"version,omitempty"`
		Name    string         `json:"name,omitempty"`
		Yes     bool           `json:"yes,omitempty"`
		DueOn   time.Time      `json:"due_on,omitempty" at:"due"`
	}
}

type madeConflict struct {
	ID practice.ConflictID `json:"id"`
}

type atConflict struct {
	AtReview
	Conflict practice.ConflictID `path:"conflict"`
}

// conflicts is the table of parked conflicts, and of how a room parks one.
func (s *Rest) conflicts() {
	person(s, get("/conflicts"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[conflictView], error) {
		all, err := s.App.Conflicts(ctx, actor)
		if err != nil {
			return page[conflictView]{}, err
		}
		return pageOf(*in, all, func(c app.Aside) practice.ConflictID { return c.ID }, showConflict)
	})
	person(s, post("/conflicts/{id}"), func(ctx context.Context, actor practice.Actor, in *conflictAct) (none, error) {
		b := in.Body
		return none{}, s.App.ActOnConflict(ctx, actor, in.ID, app.ConflictAct{Do: b.Do, Name: b.Name, To: b.To, Due: b.DueOn, How: b.How})
	})
	made(s, "/conflicts", func(ctx context.Context, seat practice.Seat, in *newConflict) (madeConflict, error) {
		b := in.Body
		id, err := s.Rooms.PutAside(ctx, seat, room.NewConflict{Line: b.Line, Phrase: b.Phrase, Gap: room.GapAt{ID: b.Gap, Version: b.Version}, Name: b.Name, Heard: b.Yes, Due: b.DueOn})
		return madeConflict{id}, err
	})
	seated(s, "DELETE", "/conflicts/{conflict}", func(ctx context.Context, seat practice.Seat, in *atConflict) (none, error) {
		return none{}, s.Rooms.TakeConflictBack(ctx, seat, in.Conflict)
	})
}
