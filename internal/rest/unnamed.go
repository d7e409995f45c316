package rest

import (
	"context"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
)

// AtAddress is where a report reaches a team without an account.
type AtAddress struct {
	Address string `path:"address"`
}

type newUnnamed struct {
	AtAddress
	Body struct {
		Text         string             `json:"text,omitempty" at:"what" example:"The pump ran dry at ten."`
		Stage        practice.Stage     `json:"stage,omitempty"`
		Day          time.Time          `json:"day,omitempty" at:"when"`
		Touched      []practice.GroupID `json:"touched,omitempty"`
		TouchedOther string             `json:"touched_other,omitempty"`
		Alias        string             `json:"alias,omitempty"`
		Severe       bool               `json:"severe,omitempty"`
	}
}

// doorView is whose address it is, and when what is sent there appears.
type doorView struct {
	Organisation string      `json:"organisation"`
	Team         string      `json:"team"`
	Groups       []groupView `json:"groups"`
	Emergency    string      `json:"emergency,omitempty"`
	Appears      time.Time   `json:"appears"`
}

func showDoor(h room.House) doorView {
	return doorView{h.Organisation.Name, h.Team.Name, shown(h.Team.Offered(), func(g practice.Group) groupView { return groupView(g) }),
		h.Team.Emergency, h.Appears}
}

// receiptView holds the words of a receipt, which are shown this once.
type receiptView struct {
	Words   string    `json:"words"`
	Appears time.Time `json:"appears"`
}

type opened struct {
	Body struct {
		Words string `json:"words,omitempty"`
	}
}

type saidToTeam struct {
	Body struct {
		Words   string             `json:"words,omitempty"`
		Text    string             `json:"text,omitempty" at:"what"`
		Answers practice.MessageID `json:"answers,omitempty"`
	}
}

// heldView is what the words of a receipt open.
type heldView struct {
	Waits   bool                   `json:"waits"`
	Appears time.Time              `json:"appears"`
	Text    string                 `json:"text"`
	Number  int                    `json:"number,omitempty"`
	Day     time.Time              `json:"day,omitzero"`
	News    []newsView             `json:"news"`
	Facts   []factView             `json:"facts"`
	Thread  []messageView          `json:"thread"`
	Pending []practice.WaitingKind `json:"pending"`
	Begun   bool                   `json:"begun"`
	Severe  bool                   `json:"severe,omitempty"`
	Hold    string                 `json:"hold,omitempty"`
	Asked   time.Time              `json:"asked_since_until,omitzero"` // whether anything bad has happened since
	Next    time.Time              `json:"asked_since_from,omitzero"`
	Case    *misuseView            `json:"case,omitempty"` // it is no report: a guardian was told this
}

// newsView is one thing that became of a report.
type newsView struct {
	Code string    `json:"code"`
	Day  time.Time `json:"day,omitzero"`
	Text string    `json:"text,omitempty"`
	In   string    `json:"in,omitempty"`
}

// messageView is one line between a team and whoever reported without a name.
type messageView struct {
	ID      practice.MessageID `json:"id"`
	Day     time.Time          `json:"day,omitzero"`
	Asked   bool               `json:"by_team"`
	Text    string             `json:"text"`
	Answers practice.MessageID `json:"answers,omitempty"`
}

func showMessage(m practice.Message) messageView {
	return messageView{m.ID, m.Day, m.Asked, m.Text, m.Answers}
}

func showHeld(h room.Held) heldView {
	return heldView{h.Waits, h.Appears, h.Text, h.Failure.Number, h.Day, shown(h.News, func(n room.News) newsView { return newsView(n) }),
		shown(h.Facts, showFact), shown(h.Thread, showMessage), some(h.Pending), h.Begun, h.Severe, h.Hold, h.Since.Until, h.Since.Next, showSaid(h.Said)}
}

// goneView says whether a report is gone already, or goes with the hour.
type goneView struct {
	Gone bool `json:"gone"`
}

// isUnnamed reports whether an address is one of those that know nobody and
// leave nothing: no line, no count, no remembered answer. The room behind them
// counts tries and knows what is sent twice, under a key that changes.
func isUnnamed(path string) bool {
	return strings.HasPrefix(path, Prefix+"/unnamed/") || strings.HasPrefix(path, Prefix+"/receipts/") ||
		path == Prefix+practice.GuardianPath || strings.HasPrefix(path, Prefix+practice.GuardianPath+"/")
}

// nobody is whoever sent a request without a name.
func nobody(ctx context.Context) practice.Stranger {
	r := requestIn(ctx)
	return practice.Stranger{From: r.RemoteAddr, Once: r.Header.Get("Idempotency-Key")}
}

// unnamed is the table of reports without a name and their receipts. Words of a
// receipt never stand in an address.
func (s *Rest) unnamed() {
	stranger(s, get("/unnamed/{address}"), func(ctx context.Context, in *AtAddress) (doorView, error) {
		h, err := s.Rooms.At(ctx, in.Address)
		return showDoor(h), err
	})
	stranger(s, create("/unnamed/{address}"), func(ctx context.Context, in *newUnnamed) (receiptView, error) {
		b := in.Body
		r, err := s.Rooms.Report(ctx, nobody(ctx), room.NewReport{Address: in.Address, Unnamed: practice.Unnamed{Text: b.Text, Stage: b.Stage,
			Day: b.Day, Touched: b.Touched, TouchedOther: b.TouchedOther, Alias: b.Alias, Severe: b.Severe}})
		return receiptView{r.Words, r.Appears}, err
	})
	stranger(s, post("/receipts/open"), func(ctx context.Context, in *opened) (heldView, error) {
		h, err := s.Rooms.Receipt(ctx, nobody(ctx), in.Body.Words)
		return showHeld(h), err
	})
	stranger(s, post("/receipts/say"), func(ctx context.Context, in *saidToTeam) (none, error) {
		return none{}, s.Rooms.Say(ctx, nobody(ctx), in.Body.Words, practice.Message{Text: in.Body.Text, Answers: in.Body.Answers})
	})
	stranger(s, post("/receipts/correct"), func(ctx context.Context, in *saidToTeam) (none, error) {
		return none{}, s.Rooms.Correct(ctx, nobody(ctx), in.Body.Words, in.Body.Text)
	})
	stranger(s, post("/receipts/withdraw"), func(ctx context.Context, in *opened) (goneView, error) {
		gone, err := s.Rooms.Withdraw(ctx, nobody(ctx), in.Body.Words)
		return goneView{gone}, err
	})
}

// threadView is what a team and whoever reported without a name wrote.
type threadView struct {
	Items []messageView `json:"items"`
	Open  bool          `json:"open"` // somebody still has the words that open it
}

type newQuestion struct {
	One
	Body struct {
		Text string `json:"text,omitempty" example:"Which valve was it?"`
	}
}

// addressView is the word behind which a report reaches a team without a name.
type addressView struct {
	Address string `json:"address"`
}

// threads is the table of what a team asks and offers those without a name.
func (s *Rest) threads() {
	onFailure(s, get("/failures/{id}/thread"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (threadView, error) {
		return s.threadNow(ctx, actor, f.ID, nil)
	})
	onFailure(s, create("/failures/{id}/thread"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newQuestion) (threadView, error) {
		return s.threadNow(ctx, actor, f.ID, s.App.AskReporter(ctx, actor, f.ID, in.Body.Text))
	})
	person(s, get("/teams/{id}/address"), func(ctx context.Context, actor practice.Actor, in *One) (addressView, error) {
		return s.addressNow(ctx, actor, practice.TeamID(in.ID), nil)
	})
	person(s, post("/teams/{id}/address"), func(ctx context.Context, actor practice.Actor, in *One) (addressView, error) {
		team := practice.TeamID(in.ID)
		return s.addressNow(ctx, actor, team, s.App.RenewAddress(ctx, actor, team))
	})
}

func (s *Rest) threadNow(ctx context.Context, actor practice.Actor, id practice.FailureID, err error) (threadView, error) {
	var t app.Thread
	if err == nil {
		t, err = s.App.Thread(ctx, actor, id)
	}
	return threadView{shown(t.Messages, showMessage), t.Open}, err
}

func (s *Rest) addressNow(ctx context.Context, actor practice.Actor, team practice.TeamID, err error) (addressView, error) {
	var a app.Address
	if err == nil {
		a, err = s.App.AddressOf(ctx, actor, team)
	}
	return addressView{a.Word}, err
}
