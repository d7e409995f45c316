package practice

import (
	"fmt"
	"testing"
	"time"
)

// written is a review in writing that opened at a moment, for so many people.
func written(opens time.Time, zone string) Review {
	r, err := (Review{Form: FormDays, Zone: zone, Phase: PhaseArrive, MeetAt: opens}).Advance(Progress{}, opens)
	if err != nil {
		panic(err)
	}
	return r
}

func TestDeadlines_neverAtNight(t *testing.T) {
	for _, zone := range []string{"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"} {
		place := Organisation{Zone: zone}.Location()
		for hour := range 24 * 14 { // over the end of summer time
			opens := time.Date(2026, 10, 20, hour, 17, 0, 0, time.UTC)
			last := opens
			for i, d := range Foreseen(opens, zone) {
				local := d.At.In(place)
				if clock := local.Hour()*60 + local.Minute(); clock < 8*60 || clock > 22*60 {
					t.Fatalf("%s, opened %s: %s ends at %s", zone, opens, d.Leg, local)
				}
				if least := []time.Duration{WriteTime, LeastTime}[min(i, 1)]; d.At.Sub(last) < least {
					t.Fatalf("%s, opened %s: %s has only %s", zone, opens, d.Leg, d.At.Sub(last))
				}
				last = d.At
			}
			if all := last.Sub(opens); all > 60*time.Hour {
				t.Fatalf("%s, opened %s: it takes %s", zone, opens, all)
			}
		}
	}
}

func TestDeadlines_ofAMorning(t *testing.T) {
	want := map[Leg]string{LegWrite: "Sat 22:00", LegAgree: "Sun 08:00", LegGap: "Sun 10:00", LegTake: "Sun 12:00", LegSort: "Sun 14:00",
		LegSettle: "Sun 18:00", LegChange: "Mon 08:00", LegYes: "Mon 10:00", LegClose: "Mon 12:00"}
	for _, d := range Foreseen(noon.Add(-2*time.Hour), "UTC") {
		if got := d.At.Format("Mon 15:04"); got != want[d.Leg] {
			t.Errorf("%s ends %s, not %s", d.Leg, got, want[d.Leg])
		}
	}
}

func TestReveal_inWriting(t *testing.T) {
	r := written(noon.Add(-2*time.Hour), "UTC")
	longer := r
	longer.Extended = true
	before, at := r.PhaseEndsAt.Add(-time.Minute), r.PhaseEndsAt
	for _, c := range []struct {
		name    string
		r       Review
		written int
		asked   int
		now     time.Time
		want    string
	}{
		{"nobody", r, 0, 6, at, "reveal.empty"},
		{"all, before the moment", r, 6, 6, before, "days.early"},
		{"two of six", r, 2, 6, at, "reveal.few"},
		{"two of six, half a day later", longer, 2, 6, at, ""},
		{"nobody, half a day later", longer, 0, 6, at, "reveal.empty"},
		{"three of six", r, 3, 6, at, ""},
		{"one of two", r, 1, 2, at, "reveal.few"},
		{"two of two", r, 2, 2, at, ""},
		{"one alone", r, 1, 1, at, ""},
	} {
		p := Progress{Asked: c.asked, Seats: c.written, Written: c.written}
		got, err := c.r.Reveal(p, c.now)
		if code(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err == nil && (!got.Reads(PhaseIntended) || !got.Reads(PhaseHappened) || got.Leg() != LegAgree || !got.WrittenAt.Equal(at)) {
			t.Errorf("%s: both questions are to open: %+v", c.name, got)
		}
		more, longer := c.r.Lengthen(p, c.now)
		if few := c.want == "reveal.few" || c.want == "reveal.empty" && !c.r.Extended; longer != few || few && more.PhaseEndsAt.Sub(c.now) < WriteTime {
			t.Errorf("%s: half a day more is %v until %s", c.name, longer, more.PhaseEndsAt)
		}
	}
}

func TestHasten(t *testing.T) {
	r := written(noon.Add(-2*time.Hour), "UTC")
	early := noon.Add(-90*time.Minute + time.Second)
	if _, sooner := r.Hasten(Progress{Asked: 3, Written: 2}, early); sooner {
		t.Error("one has still to write")
	}
	soon, sooner := r.Hasten(Progress{Asked: 3, Written: 3}, early)
	if !sooner || !soon.PhaseEndsAt.Equal(noon.Add(-time.Hour)) {
		t.Fatalf("%v, opens %s: not at the moment of the last one, and not later than the hour", sooner, soon.PhaseEndsAt)
	}
	open, err := soon.Reveal(Progress{Asked: 3, Written: 3}, soon.PhaseEndsAt)
	if err != nil || !open.PhaseEndsAt.Equal(r.DueAt(LegAgree)) {
		t.Errorf("%v: what was said of the later moments stays: %s", err, open.PhaseEndsAt)
	}
	late := r
	late.Extended = true
	if got, sooner := late.Hasten(Progress{Asked: 3, Written: 1}, r.PhaseEndsAt.Add(time.Minute)); !sooner || !got.PhaseEndsAt.Equal(r.PhaseEndsAt.Add(time.Hour)) {
		t.Errorf("the first words after the last moment: %v, %s", sooner, got.PhaseEndsAt)
	}
	if _, sooner := (Review{Form: FormLive, Phase: PhaseIntended, PhaseEndsAt: noon}).Hasten(Progress{Asked: 1, Written: 1}, early); sooner {
		t.Error("a room has no full hours")
	}
}

// In writing, question one and two are one page, and nothing else is open early.
func TestWrite_inWriting(t *testing.T) {
	r := written(noon, "UTC")
	for q, want := range map[Phase]string{PhaseIntended: "", PhaseHappened: "", PhaseGap: "question.order"} {
		if added, err := r.Write(q); code(err) != want || added {
			t.Errorf("%s: %v, added %v", q, err, added)
		}
		if r.Reads(q) {
			t.Errorf("%s is read before its moment", q)
		}
	}
	live := Review{Form: FormLive, Phase: PhaseIntended}
	if _, err := live.Write(PhaseHappened); code(err) != "question.order" {
		t.Errorf("in a room: %v", err)
	}
	r, _ = r.Reveal(Progress{Asked: 1, Written: 1}, r.PhaseEndsAt)
	for _, q := range []Phase{PhaseIntended, PhaseHappened} {
		if added, err := r.Write(q); err != nil || !added {
			t.Errorf("%s after the moment: %v, added %v", q, err, added)
		}
	}
}

// What one writes alone takes two days from the first question to the close, and
// asks whether anyone was there when it is known who came.
func TestAdvance_inWriting(t *testing.T) {
	p := Progress{Came: 4, Near: 1, Asked: 4, Seats: 4, Written: 4, Stand: 4, Text: true, Gaps: 1, Carrier: true}
	r := written(noon, "UTC")
	if _, err := (Review{Form: FormDays, Phase: PhaseArrive, MeetAt: noon}).Advance(p, noon.Add(-time.Second)); code(err) != "days.early" {
		t.Errorf("before it opens: %v", err)
	}
	legs := fmt.Sprint(r.Leg())
	for r.Phase != PhaseClosed {
		now := r.PhaseEndsAt.Add(time.Second) // a clock is never on the second
		next, err := r.Advance(p, now)
		switch code(err) {
		case "question.order":
			next, err = r.Reveal(p, now)
		case "room.few":
			r.FewWhy = "the night shift is on leave"
			continue
		}
		if err != nil {
			t.Fatalf("at %s: %v", r.Leg(), err)
		}
		if r = next; r.Phase != PhaseClosed && r.Phase != PhaseHappened {
			legs += fmt.Sprint(" ", r.Leg())
		}
	}
	if want := "write agree gap take sort settle change close"; legs != want {
		t.Errorf("went by %s, not by %s", legs, want)
	}
	if took := r.ClosedAt.Sub(noon); took > 60*time.Hour || r.FewWhy == "" {
		t.Errorf("took %s, few because %q", took, r.FewWhy)
	}
	if !r.MetAt.IsZero() || r.WrittenAt.Sub(noon) > 20*time.Hour {
		t.Errorf("met %s, written %s", r.MetAt, r.WrittenAt)
	}
}

// What is late moves what follows, so that nobody comes to a moment that is over.
func TestEnter_late(t *testing.T) {
	r := written(noon.Add(-2*time.Hour), "UTC")
	r, _ = r.Reveal(Progress{Asked: 3, Written: 3}, r.PhaseEndsAt)
	r.Phase = PhaseHappened
	late := r.PhaseEndsAt.Add(30 * time.Hour)
	r, err := r.Advance(Progress{Seats: 1, Stand: 1, Text: true}, late)
	if err != nil || r.Leg() != LegGap || r.PhaseEndsAt.Sub(late) < LateTime || r.EndsAt.Sub(r.PhaseEndsAt) < 24*time.Hour {
		t.Errorf("%v: %s ends %s, all ends %s", err, r.Leg(), r.PhaseEndsAt, r.EndsAt)
	}
}

func TestGoOnInWriting(t *testing.T) {
	for _, p := range Phases() {
		r := Review{Form: FormLive, Phase: p, Sitting: 1, StartedAt: noon, EndsAt: noon, Version: 4, WrittenAt: noon, MetAt: noon}
		got, err := r.GoOnInWriting("UTC", noon)
		switch {
		case p == PhaseClosed:
			if code(err) != "review.closed" {
				t.Errorf("closed: %v", err)
			}
		case err != nil || got.Phase != p && p != PhaseArrive || got.PhaseEndsAt.Sub(noon) < WriteTime || got.Version == r.Version:
			t.Errorf("%s: %v, %+v", p, err, got)
		case !got.MetAt.Equal(noon):
			t.Errorf("%s: they have met", p)
		}
	}
	// Question one was open already: question two is still to be written alone.
	r, _ := (Review{Form: FormLive, Phase: PhaseIntended, Open: true}).GoOnInWriting("UTC", noon)
	if r.Reads(PhaseHappened) {
		t.Error("question two is read before anybody wrote")
	}
	r, err := r.Advance(Progress{Seats: 1, Stand: 1, Text: true}, noon)
	if err != nil || r.Open || r.Leg() != LegWrite || r.PhaseEndsAt.Sub(noon) < WriteTime {
		t.Errorf("%v, %+v", err, r)
	}
}

func TestMeet(t *testing.T) {
	for _, p := range Phases() {
		_, err := Review{Form: FormDays, Phase: p, MeetAt: noon}.Meet(noon)
		want := "meet.early"
		switch p {
		case PhaseClosed:
			want = "review.closed"
		case PhaseChange, PhaseCarry:
			want = ""
		}
		if code(err) != want {
			t.Errorf("%s: %v", p, err)
		}
	}
	r, _ := Review{Form: FormDays, Phase: PhaseChange, DaysFrom: noon, Extended: true}.Meet(noon)
	if r.InWriting() || !r.MetAt.Equal(noon) || !r.EndsAt.Equal(noon.Add(MeetBox)) || r.Extended || r.Deadlines() != nil {
		t.Errorf("%+v", r)
	}
	if back, err := r.GoOnInWriting("UTC", noon); err != nil || back.Leg() != LegChange {
		t.Errorf("and back: %v, %+v", err, back)
	}
}

func TestRemindAt(t *testing.T) {
	r := written(noon.Add(-2*time.Hour), "UTC") // until 22:00
	if at := r.RemindAt(); !at.Equal(noon.Add(7 * time.Hour)) {
		t.Errorf("of the writing at %s", at)
	}
	morning := written(noon.Add(8*time.Hour), "UTC") // until 8:00
	if at := morning.RemindAt(); !at.Equal(noon.Add(10 * time.Hour)) {
		t.Errorf("not at night: at %s", at)
	}
	r.Reminded = MaxReminded
	if at := r.RemindAt(); !at.IsZero() {
		t.Errorf("a third time: %s", at)
	}
	if at := (Review{Form: FormLive, Phase: PhaseChange}).RemindAt(); !at.IsZero() {
		t.Errorf("a room: %s", at)
	}
}

// A room's minutes are no measure for two days.
func TestSitting_notInWriting(t *testing.T) {
	r := written(noon, "UTC")
	_, more := r.MoreTime(noon)
	_, box := r.Extend(2, 2, noon)
	_, again := r.SitAgain(0, noon)
	if code(more) != "silence.none" || code(box) != "form.days" || code(again) != "form.days" {
		t.Errorf("%v, %v, %v", more, box, again)
	}
	r, _ = r.CallRoll(noon)
	if r.FreeAt.Sub(noon) < WriteTime {
		t.Errorf("a minute to say here: %s", r.FreeAt)
	}
}

// A review in writing can be called off once it has begun, with a reason, until its
// answers open; a room cannot.
func TestCallOff_inWriting(t *testing.T) {
	begun := time.Date(2026, 6, 10, 9, 0, 0, 0, time.UTC)
	days := Review{Form: FormDays, Zone: "UTC", MeetAt: begun, DaysFrom: begun, StartedAt: begun, Phase: PhaseIntended}
	opened, live := days, days
	opened.Open = true
	live.Form = FormLive
	for name, c := range map[string]struct {
		r    Review
		why  string
		want string
	}{
		"with a reason":    {days, "Everybody is away.", ""},
		"without":          {days, " ", "off.why"},
		"once it is open":  {opened, "Everybody is away.", "review.begun"},
		"a room":           {live, "Everybody is away.", "review.begun"},
		"before it begins": {Review{Form: FormDays}, "", ""},
	} {
		off, err := c.r.CallOff(c.why)
		if got := code(err); got != c.want || (err == nil) != (off.Phase == PhaseOff) {
			t.Errorf("%s: %q, %s", name, got, off.Phase)
		}
	}
}
