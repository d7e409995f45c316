package practice

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of no an [Error] is. The zero value is Internal, so an
// error nobody thought about never tells a stranger anything.
type Kind int

// The kinds of error, and what a face makes of each.
const (
	Internal        Kind = iota // ours to mend; its text stays in the log
	Invalid                     // the input can be mended by whoever sent it
	Unauthenticated             // we do not know who is asking
	Forbidden                   // we know, and they may not
	NotFound                    // not there, or not theirs: the two look alike
	Conflict                    // somebody else was faster, or the practice refuses
	Busy                        // try again shortly
)

// Args are the named values a refusal's sentence is filled with.
type Args map[string]any

// Error is a refusal: what kind, which sentence, and the field it is about.
type Error struct {
	Kind  Kind
	Code  string        // the sentence in the catalogue, such as "carrier.group"
	Args  Args          // values for the sentence; may be nil
	Field string        // the form field it is about; may be empty
	Wait  time.Duration // how long to wait before trying again; 0 where nobody tried too often
}

// Error names the code, for logs. People read the catalogue's sentence.
func (e *Error) Error() string {
	if e.Field != "" {
		return fmt.Sprintf("%s (%s)", e.Code, e.Field)
	}
	return e.Code
}

// Is reports whether target is a refusal with the same code, so that callers
// can ask errors.Is(err, practice.ErrNotFound).
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// With returns a copy of the error with one more argument for its sentence.
func (e *Error) With(name string, value any) *Error {
	c := *e
	c.Args = Args{}
	for k, v := range e.Args {
		c.Args[k] = v
	}
	c.Args[name] = value
	return &c
}

// At returns a copy of the error that points at a form field.
func (e *Error) At(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// After returns a copy of the error that asks to wait so long.
func (e *Error) After(wait time.Duration) *Error {
	c := *e
	c.Wait = wait
	return &c
}

// Refuse makes a refusal.
func Refuse(kind Kind, code string) *Error { return &Error{Kind: kind, Code: code} }

// KindOf returns what sort of no err is; anything that is not ours is Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Refusals that belong to no single noun.
var (
	ErrNotFound        = Refuse(NotFound, "not.found")
	ErrForbidden       = Refuse(Forbidden, "not.yours")
	ErrUnauthenticated = Refuse(Unauthenticated, "sign.in")
	ErrUnproved        = Refuse(Forbidden, "prove.first")
	ErrChanged         = Refuse(Conflict, "changed.meanwhile")
	ErrBusy            = Refuse(Busy, "busy")
	ErrSlow            = Refuse(Busy, "slow") // the cause with which the context of a request ends that took too long
	ErrFull            = Refuse(Busy, "store.full")
	ErrReadOnly        = Refuse(Busy, "store.readonly")
)
