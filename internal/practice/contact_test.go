package practice

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// zone finds a time zone.
func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestContact_awake(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, berlin)
	}
	for name, c := range map[string]struct {
		from, to  int
		now, want time.Time
	}{
		"by day":                   {QuietFrom, QuietTo, at(6, 8, 12, 0), at(6, 8, 12, 0)},
		"in the evening":           {QuietFrom, QuietTo, at(6, 8, 21, 0), at(6, 9, 7, 0)},
		"in the morning":           {QuietFrom, QuietTo, at(6, 8, 6, 59), at(6, 8, 7, 0)},
		"at the end":               {QuietFrom, QuietTo, at(6, 8, 7, 0), at(6, 8, 7, 0)},
		"by day, for a night hand": {8 * 60, 16 * 60, at(6, 8, 12, 0), at(6, 8, 16, 0)},
		"no quiet hours":           {0, 0, at(6, 8, 3, 0), at(6, 8, 3, 0)},
		"an end that is skipped":   {22 * 60, 2*60 + 30, at(3, 29, 1, 0), at(3, 29, 3, 0)},
		"a night of ten hours":     {QuietFrom, QuietTo, at(10, 24, 22, 0), at(10, 25, 7, 0)},
	} {
		got := Contact{QuietFrom: c.from, QuietTo: c.to}.Awake(c.now, berlin)
		if !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Whatever the hours and the zone, a message waits less than a day and an hour
// more, and never goes out in quiet hours.
func TestContact_awakeAnywhere(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "UTC"} {
		loc := zone(t, name)
		for n := range 2000 {
			c := Contact{QuietFrom: n * 37 % 1440, QuietTo: n * 91 % 1440}
			now := time.Date(2026, 1, 1, 0, 0, n, 0, time.UTC).Add(time.Duration(n) * 263 * time.Minute)
			got := c.Awake(now, loc)
			if got.Before(now) || got.Sub(now) > 25*time.Hour || c.quiet(got.In(loc)) {
				t.Errorf("%s, %d to %d: %v became %v", name, c.QuietFrom, c.QuietTo, now, got.In(loc))
			}
		}
	}
}

func TestContact_digest(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	c := Contact{QuietFrom: QuietFrom, QuietTo: QuietTo}
	monday := time.Date(2026, 3, 30, 9, 0, 0, 0, berlin) // the clocks went forward the day before
	for _, now := range []time.Time{monday.Add(-time.Second), monday.Add(-6 * 24 * time.Hour)} {
		if got := c.Digest(now, berlin); !got.Equal(monday) {
			t.Errorf("from %v: %v, want %v", now, got, monday)
		}
	}
	if got := c.Digest(monday, berlin); !got.Equal(monday.AddDate(0, 0, 7)) {
		t.Errorf("on the hour: %v", got)
	}
	late := Contact{QuietFrom: 8 * 60, QuietTo: 16 * 60}.Digest(monday.Add(-time.Hour), berlin)
	if want := monday.Add(7 * time.Hour); !late.Equal(want) {
		t.Errorf("in quiet hours: %v, want %v", late, want)
	}
}

func TestContact_ask(t *testing.T) {
	now := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	for _, bad := range []string{"", "ilse", "ilse@", "@x.example", "Ilse <ilse@x.example>", "a@x.example, b@x.example", "ilse@x.example\r\nBcc: all@x.example",
		"ilse@x.example>", strings.Repeat("x", 250) + "@x.example", "ilse@x.example (home)"} {
		if _, err := (Contact{}).Ask(bad, "s", now); !errors.Is(err, Refuse(Invalid, "mail.address")) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	c, err := Contact{Mail: "old@x.example"}.Ask(" ilse@x.example ", "s", now)
	if err != nil || c.Asked != "ilse@x.example" || c.Mail != "old@x.example" {
		t.Errorf("asked: %+v, %v", c, err)
	}
	if _, err := c.Ask("other@x.example", "t", now.Add(AskAgainAfter-1)); !errors.Is(err, Refuse(Conflict, "mail.soon")) {
		t.Errorf("asked again at once: %v", err)
	}
	if _, err := c.Confirm(now.Add(ConfirmWithin + 1)); !errors.Is(err, Refuse(Conflict, "mail.late")) {
		t.Errorf("confirmed too late: %v", err)
	}
	done, err := c.Confirm(now.Add(ConfirmWithin))
	if err != nil || done.Mail != "ilse@x.example" || done.Asked != "" || done.Secret != "" {
		t.Errorf("confirmed: %+v, %v", done, err)
	}
	if _, err := done.Confirm(now); !errors.Is(err, Refuse(Conflict, "mail.late")) {
		t.Errorf("confirmed twice: %v", err)
	}
}

func TestContact_check(t *testing.T) {
	for _, c := range []Contact{{QuietFrom: -1}, {QuietTo: 1440}, {Zone: "Mars"}, {Zone: "Local"}} {
		if c.Check() == nil {
			t.Errorf("%+v passes", c)
		}
	}
	if err := (Contact{QuietFrom: 1439, Zone: "Asia/Kathmandu"}).Check(); err != nil {
		t.Error(err)
	}
	house := Organisation{Zone: "Europe/Berlin"}
	if got := (Contact{}).Location(house).String(); got != "Europe/Berlin" {
		t.Errorf("zone %s", got)
	}
	if got := (Contact{Zone: "Asia/Kathmandu"}).Location(house).String(); got != "Asia/Kathmandu" {
		t.Errorf("zone %s", got)
	}
}
