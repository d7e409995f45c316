package practice

import (
	"errors"
	"testing"
	"time"
)

func TestReview_askReady(t *testing.T) {
	now := time.Date(2026, 6, 13, 10, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		form   Form
		ahead  time.Duration
		again  bool
		closes time.Duration // zero: nobody is asked
		code   string
	}{
		"tomorrow":          {FormLive, 24 * time.Hour, false, 24*time.Hour - ReadyAhead, ""},
		"in ten minutes":    {FormLive, 10 * time.Minute, false, 10 * time.Minute, ""},
		"in a quarter":      {FormLive, 15 * time.Minute, false, 15 * time.Minute, ""},
		"now":               {FormLive, 0, false, 0, ""},
		"in writing":        {FormDays, time.Hour, false, 0, ""},
		"now, but asked":    {FormLive, 0, true, 0, "ready.soon"},
		"soon, but asked":   {FormLive, 14 * time.Minute, true, 0, "ready.soon"},
		"later, and asked":  {FormLive, time.Hour, true, 45 * time.Minute, ""},
		"asked, in writing": {FormDays, 0, true, 0, ""},
	} {
		r, err := Review{Form: c.form, Phase: PhaseArrive, MeetAt: now.Add(c.ahead)}.AskReady(c.again, now)
		if code(err) != c.code {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
		if want := now.Add(c.closes); c.closes == 0 && !r.ReadyAt.IsZero() || c.closes != 0 && !r.ReadyAt.Equal(want) {
			t.Errorf("%s: closes at %s", name, r.ReadyAt)
		}
	}
}

func TestReview_closeReady(t *testing.T) {
	closes := time.Date(2026, 6, 13, 14, 15, 0, 0, time.UTC)
	asked := Review{Form: FormLive, Phase: PhaseArrive, MeetAt: closes.Add(ReadyAhead), ReadyAt: closes}
	for _, notNow := range []bool{true, false} {
		if _, said := asked.CloseReady(notNow, "UTC", closes.Add(-time.Microsecond)); said {
			t.Error("said before its moment")
		}
		r, said := asked.CloseReady(notNow, "Asia/Tokyo", closes)
		if !said || r.InWriting() != notNow || (r.Ready == NotNow) != notNow || r.Version != asked.Version+1 || !r.MeetAt.Equal(asked.MeetAt) {
			t.Errorf("%v: %+v", notNow, r)
		}
		if _, again := r.CloseReady(!notNow, "UTC", closes); again {
			t.Error("said twice")
		}
		if code(r.MayAnswerReady(closes.Add(-time.Hour))) != "ready.over" {
			t.Error("answered after it was said")
		}
	}
	for name, r := range map[string]Review{"nobody was asked": {Form: FormLive, Phase: PhaseArrive}, "called off": {Form: FormLive, Phase: PhaseOff, ReadyAt: closes},
		"begun": {Form: FormLive, Phase: PhaseIntended, ReadyAt: closes}, "in writing since": {Form: FormDays, Phase: PhaseArrive, ReadyAt: closes}} {
		if _, said := r.CloseReady(true, "UTC", closes); said {
			t.Errorf("%s: said", name)
		}
	}
}

// Nobody opens a room while its people are asked, nor after a "not now".
func TestReview_noOpenAnyway(t *testing.T) {
	closes := time.Date(2026, 6, 13, 14, 15, 0, 0, time.UTC)
	asked := Review{Form: FormLive, Phase: PhaseArrive, MeetAt: closes.Add(ReadyAhead), ReadyAt: closes}
	people := Progress{Came: 3, Near: 3, Seats: 3}
	for _, now := range []time.Time{closes.Add(-time.Hour), closes, asked.MeetAt} {
		if _, err := asked.Advance(people, now); code(err) != "ready.open" {
			t.Errorf("%s: %v", now, err)
		}
	}
	r, _ := asked.CloseReady(true, "UTC", closes)
	if _, err := r.Advance(people, closes); code(err) != "days.early" {
		t.Errorf("not now: %v", err)
	}
	if r, err := r.Advance(people, r.MeetAt); err != nil || r.Leg() != LegWrite {
		t.Errorf("the half hour stays: %v, %v", r.Leg(), err)
	}
	r, _ = asked.CloseReady(false, "UTC", closes)
	if r, err := r.Advance(people, closes); err != nil || r.Phase != PhaseIntended || r.InWriting() {
		t.Errorf("go: %+v, %v", r, err)
	}
}

func TestReadiness_isOneOfTwo(t *testing.T) {
	for _, a := range []Readiness{Go, NotNow} {
		if err := a.Check(); err != nil {
			t.Error(err)
		}
	}
	var refusal *Error
	if err := Readiness("maybe").Check(); !errors.As(err, &refusal) || refusal.Field != "answer" {
		t.Error(err)
	}
}
