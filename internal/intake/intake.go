// Package intake takes what monitors say: signed messages that a condition of a plan
// came true. Nothing is said to whoever did not sign.
package intake

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// Doors count who asks, and ask to wait.
type Doors interface {
	Allow(r *http.Request, secret string) error
	Strange(r *http.Request) error
}

// Intake answers POST /monitor/{id}. A message has the headers webhook-id,
// webhook-timestamp and webhook-signature, and JSON of one shape.
type Intake struct {
	App    *app.App
	Auth   Doors
	Refuse func(http.ResponseWriter, *http.Request, error) // says to whoever signed what is wrong
	Log    *slog.Logger
}

// answer is what a sender reads when all went well.
type answer struct {
	Failure int `json:"failure"` // its number
	Count   int `json:"count"`   // how often it was said; 1: it is new
}

// ServeHTTP takes one message.
func (in *Intake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, practice.MaxDelivery))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		in.silent(w, r, http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		in.silent(w, r, http.StatusBadRequest)
		return
	}
	d := practice.Delivery{Monitor: practice.MonitorID(r.PathValue("id")), ID: r.Header.Get("webhook-id"),
		Timestamp: r.Header.Get("webhook-timestamp"), Signature: r.Header.Get("webhook-signature"), Body: body}
	heard, err := in.deliver(r, d)
	switch {
	case errors.Is(err, practice.ErrUnauthenticated):
		in.silent(w, r, http.StatusUnauthorized)
	case err != nil:
		in.Refuse(w, r, err)
	default:
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(answer{heard.Number, heard.Count}); err != nil && !errors.Is(err, context.Canceled) {
			in.Log.Debug("answer a monitor", "err", err)
		}
	}
}

// deliver hands over what was signed, as far as its monitor may ask so often.
func (in *Intake) deliver(r *http.Request, d practice.Delivery) (app.Heard, error) {
	if err := in.App.Known(r.Context(), d); err != nil {
		return app.Heard{}, err
	}
	if err := in.Auth.Allow(r, string(d.Monitor)); err != nil {
		return app.Heard{}, err
	}
	return in.App.Deliver(r.Context(), d)
}

// silent gives a status and not one word. Whoever tries them all is asked to wait.
func (in *Intake) silent(w http.ResponseWriter, r *http.Request, status int) {
	if err := in.Auth.Strange(r); !errors.Is(err, practice.ErrUnauthenticated) {
		status = http.StatusTooManyRequests
	}
	w.WriteHeader(status)
}
