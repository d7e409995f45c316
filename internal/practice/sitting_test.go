package practice

import (
	"testing"
	"time"
)

func TestExtend(t *testing.T) {
	r := Review{Phase: PhaseGap, StartedAt: noon, EndsAt: noon.Add(DefaultBox)}
	if _, err := r.Extend(2, 4, noon); code(err) != "box.hands" {
		t.Errorf("half of the room: %v", err)
	}
	r, err := r.Extend(3, 4, noon)
	if err != nil || !r.EndsAt.Equal(noon.Add(DefaultBox+Extension)) || !r.Extended {
		t.Fatalf("three of four: %v, ends %v", err, r.EndsAt)
	}
	if _, err := r.Extend(4, 4, noon); code(err) != "box.second" {
		t.Errorf("twice: %v", err)
	}
	late := Review{Phase: PhaseGap, StartedAt: noon, EndsAt: noon}
	late, _ = late.Extend(1, 1, noon.Add(time.Hour))
	if !late.EndsAt.Equal(noon.Add(time.Hour + Extension)) {
		t.Errorf("ten minutes from now, not from then: %v", late.EndsAt)
	}
	if _, err := (Review{Phase: PhaseArrive}).Extend(1, 1, noon); code(err) != "room.notbegun" {
		t.Errorf("before it began: %v", err)
	}
}

func TestSitAgain(t *testing.T) {
	r := Review{Phase: PhaseHappened, Box: DefaultBox, Sitting: 1, Extended: true, StartedAt: noon, EndsAt: noon.Add(time.Hour)}
	if _, err := r.SitAgain(0, noon); code(err) != "box.running" {
		t.Errorf("while it runs: %v", err)
	}
	tomorrow := noon.Add(24 * time.Hour)
	r, err := r.SitAgain(0, tomorrow)
	if err != nil || r.Sitting != 2 || r.Extended || !r.EndsAt.Equal(tomorrow.Add(DefaultBox)) || r.Phase != PhaseHappened {
		t.Errorf("%v, %+v", err, r)
	}
	if !r.PhaseEndsAt.Equal(tomorrow.Add(r.Phase.Silence(0))) {
		t.Errorf("the silence begins again: %v", r.PhaseEndsAt)
	}
}

func TestMoreTime(t *testing.T) {
	r := Review{Phase: PhaseGap, PhaseEndsAt: noon}
	for i := 1; i <= 12; i++ {
		var err error
		if r, err = r.MoreTime(noon); err != nil || !r.PhaseEndsAt.Equal(noon.Add(time.Duration(i)*time.Minute)) {
			t.Fatalf("tap %d: %v, %v", i, err, r.PhaseEndsAt)
		}
	}
	r.Open = true
	if _, err := r.MoreTime(noon); code(err) != "silence.none" {
		t.Errorf("after the reveal: %v", err)
	}
}

func TestRollCall(t *testing.T) {
	r := Review{Phase: PhaseGap}
	if _, err := r.EndRoll(1, 2, noon); code(err) != "seat.norollcall" {
		t.Errorf("nobody asked: %v", err)
	}
	r, _ = r.CallRoll(noon)
	if again, _ := r.CallRoll(noon.Add(30 * time.Second)); again != r {
		t.Error("asking again moved the minute")
	}
	for _, c := range []struct {
		here, seats int
		now         time.Time
		want        string
	}{
		{1, 2, noon.Add(59 * time.Second), "seat.wait"},
		{1, 2, noon.Add(time.Minute), ""},
		{1, 3, noon.Add(time.Minute), "seat.fewhere"},
		{3, 3, noon, ""}, // everybody is here after all
	} {
		if got, err := r.EndRoll(c.here, c.seats, c.now); code(err) != c.want || err == nil && !got.FreeAt.IsZero() {
			t.Errorf("%d of %d: %v", c.here, c.seats, err)
		}
	}
}

func TestRejudge(t *testing.T) {
	r := Review{Phase: PhaseSort, Open: true}
	r, err := r.Rejudge(1, HearWait, noon)
	if err != nil || r.Open || !r.PhaseEndsAt.Equal(noon.Add(HearWait+r.Phase.Silence(1))) {
		t.Fatalf("%v, %+v", err, r)
	}
	sooner, _ := r.Rejudge(2, 0, noon)
	if !sooner.PhaseEndsAt.Equal(r.PhaseEndsAt) {
		t.Errorf("a second gap shortened the first one's time to %v", sooner.PhaseEndsAt)
	}
	if _, err := (Review{Phase: PhaseChange}).Rejudge(1, 0, noon); code(err) != "question.order" {
		t.Errorf("after question four: %v", err)
	}
}
