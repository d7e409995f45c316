// Package notify sends what leaves the house: mail to people, and lines to the
// chats of teams.
//
// What is sent, to whom and when is decided in app and written down in the
// transaction of the change it tells of. Here it is put into words and handed
// over: at least once, under an id that stays the same, so that a message that
// comes twice can be told from two.
package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"debrief/internal/app"
	"debrief/internal/job"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/words"
)

// patience is how long one sending may take.
const patience = 10 * time.Second

// Options are what a Sender needs.
type Options struct {
	App   *app.App
	Words *words.Catalogue
	Base  string  // where people find this server; no slash at the end
	Mail  *Mailer // nil: this server sends none
	Chat  *Chat
	Log   *slog.Logger
	Now   func() time.Time
}

// Sender sends messages.
type Sender struct{ Options }

// New makes a Sender.
func New(o Options) *Sender { return &Sender{o} }

// Jobs are what is to be done later, one function per kind.
func (s *Sender) Jobs() map[string]job.Handler {
	return map[string]job.Handler{
		store.JobSend:   s.handle(s.send),
		store.JobForget: s.handle(s.App.ForgetDispatch),
	}
}

func (s *Sender) handle(do func(context.Context, practice.DispatchID) error) job.Handler {
	return func(ctx context.Context, payload json.RawMessage) error {
		var p store.DispatchJob
		if err := json.Unmarshal(payload, &p); err != nil {
			return fmt.Errorf("%w: %w", job.ErrGiveUp, err)
		}
		return do(ctx, p.Dispatch)
	}
}

// send sends one message, or a weekly mail. An error means: again later.
func (s *Sender) send(ctx context.Context, id practice.DispatchID) error {
	p, err := s.App.Parcel(ctx, id)
	if err != nil || len(p.Dispatches) == 0 {
		return err
	}
	sending, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err = s.deliver(sending, p)
	if err == nil {
		return s.App.Delivered(ctx, p)
	}
	if ctx.Err() != nil {
		return err // the server stops; that is no fault of theirs
	}
	again, keeping := s.App.NotDelivered(ctx, p, faultOf(err))
	if again || keeping != nil {
		return errors.Join(err, keeping)
	}
	s.Log.Error("gave a dispatch up", "dispatch", id, "err", err)
	return nil
}

func (s *Sender) deliver(ctx context.Context, p app.Parcel) error {
	switch {
	case p.Chat != "":
		return s.Chat.Send(ctx, p.Chat, s.line(p))
	case s.Mail == nil:
		return failed{practice.FaultUnset, errors.New("no mail server was named")}
	}
	return s.Mail.Send(ctx, s.letter(p))
}

// failed is an error with what to tell people of it.
type failed struct {
	fault practice.Fault
	error
}

// Unwrap is the error itself.
func (f failed) Unwrap() error { return f.error }

// faultOf is what to tell people of an error.
func faultOf(err error) practice.Fault {
	var f failed
	if errors.As(err, &f) {
		return f.fault
	}
	return practice.FaultUnreachable
}
