package practice

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func at(t *testing.T, zone, clock string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	when, err := time.ParseInLocation("2006-01-02 15:04:05", clock, loc)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestAppears(t *testing.T) {
	for _, c := range []struct {
		zone      string
		daily     int
		now, want string
	}{
		{"Europe/Berlin", 0, "2026-06-10 10:42:07", "2026-06-10 11:00:00"},
		{"Europe/Berlin", 0, "2026-06-10 11:00:00", "2026-06-10 12:00:00"},
		{"Asia/Kathmandu", 0, "2026-06-10 23:59:59", "2026-06-11 00:00:00"}, // a quarter of an hour beside everybody else
		{"Europe/Berlin", 18, "2026-06-10 10:42:07", "2026-06-10 18:00:00"},
		{"Europe/Berlin", 18, "2026-06-10 18:00:00", "2026-06-11 18:00:00"},
		{"Europe/Berlin", 24, "2026-06-10 10:42:07", "2026-06-11 00:00:00"},
	} {
		o := Organisation{Zone: c.zone, AppearsAt: c.daily}
		if got, want := o.Appears(at(t, c.zone, c.now)), at(t, c.zone, c.want); !got.Equal(want) {
			t.Errorf("%s, daily %d, %s: appears %s, want %s", c.zone, c.daily, c.now, got, want)
		}
	}
}

// Looks are at fixed times of the clock, and one of them is every moment at
// which something appears.
func TestNextLook(t *testing.T) {
	for _, c := range []struct {
		zone      string
		daily     int
		now, want string
	}{
		{"Europe/Berlin", 0, "2026-06-10 10:42:07", "2026-06-10 10:50:00"},
		{"Europe/Berlin", 0, "2026-06-10 10:50:00", "2026-06-10 11:00:00"},
		{"Europe/Berlin", 0, "2026-06-10 10:55:00", "2026-06-10 11:00:00"},
		{"Asia/Kathmandu", 0, "2026-06-10 10:07:00", "2026-06-10 10:10:00"},
		{"Asia/Kathmandu", 0, "2026-06-10 10:51:00", "2026-06-10 11:00:00"},
		{"Europe/Berlin", 18, "2026-06-10 10:42:07", "2026-06-10 18:00:00"},
	} {
		o := Organisation{Zone: c.zone, AppearsAt: c.daily}
		if got, want := o.NextLook(at(t, c.zone, c.now)), at(t, c.zone, c.want); !got.Equal(want) {
			t.Errorf("%s, daily %d, %s: looks %s, want %s", c.zone, c.daily, c.now, got, want)
		}
	}
}

func TestReleases(t *testing.T) {
	for name, c := range map[string]struct {
		daily    int
		due, now string
		reports  int
		want     bool
	}{
		"a full hour":                  {0, "11:00:00", "11:00:01", 1, true},
		"between two hours":            {0, "10:50:00", "10:50:01", 2, false},
		"between two hours, three":     {0, "10:50:00", "10:50:01", 3, true},
		"late, past the hour":          {0, "10:50:00", "11:20:00", 1, true},
		"the one hour of the day":      {18, "18:00:00", "18:00:01", 1, true},
		"another hour, three":          {18, "11:00:00", "11:00:01", 3, false},
		"after a day the server slept": {18, "18:00:00", "23:10:00", 1, true},
	} {
		o := Organisation{Zone: "Europe/Berlin", AppearsAt: c.daily}
		if got := o.Releases(at(t, o.Zone, "2026-06-10 "+c.due), at(t, o.Zone, "2026-06-10 "+c.now), c.reports); got != c.want {
			t.Errorf("%s: releases %v", name, got)
		}
	}
}

// What a report becomes knows no time but the hour, nobody, and no number of
// its own.
func TestUnnamed_Appear(t *testing.T) {
	hour := at(t, "Europe/Berlin", "2026-06-10 11:00:00")
	f := Unnamed{Text: "The fee was wrong. Twice.", Stage: StageAfter}.Appear("flr_x", "tea_x", hour)
	if !f.Unnamed() || f.Reporter != "" || !f.ReportedAt.IsZero() || f.Number != 0 || !f.RecognisedAt.Equal(hour) || f.Title != "The fee was wrong" {
		t.Errorf("it became %+v", f)
	}
	day := at(t, "Europe/Berlin", "2026-06-08 00:00:00")
	if f := (Unnamed{Text: "x", Day: day}).Appear("flr_x", "tea_x", hour); !f.RecognisedAt.Equal(day) {
		t.Errorf("noticed on %s it became %s", day, f.RecognisedAt)
	}
	if (Failure{Source: SourceReport, ReportedAt: hour}).Unnamed() || (Failure{Source: SourceImported}).Unnamed() {
		t.Error("a named report or an imported one passes as unnamed")
	}
}

func TestUnnamed_Check(t *testing.T) {
	now := at(t, "Europe/Berlin", "2026-06-10 10:42:07")
	for name, c := range map[string]struct {
		u    Unnamed
		want string
	}{
		"fine":           {Unnamed{Text: "x", Stage: StageAfter}, ""},
		"empty":          {Unnamed{Stage: StageAfter}, "report.empty (what)"},
		"long":           {Unnamed{Text: strings.Repeat("x", MaxReport+1), Stage: StageAfter}, "report.long (what)"},
		"no stage":       {Unnamed{Text: "x"}, "required (stage)"},
		"a day to come":  {Unnamed{Text: "x", Stage: StageAfter, Day: now.AddDate(0, 0, 1)}, "date.future (when)"},
		"a long alias":   {Unnamed{Text: "x", Stage: StageAfter, Alias: strings.Repeat("x", MaxName+1)}, "too.long (alias)"},
		"a happy person": {Unnamed{Text: "x", Stage: StageEarly, Alias: "Farah"}, ""},
	} {
		err := c.u.Check(now)
		var refusal *Error
		if got := ""; err != nil {
			if errors.As(err, &refusal) {
				got = refusal.Error()
			}
			if got != c.want {
				t.Errorf("%s: refused with %q, want %q", name, got, c.want)
			}
		} else if c.want != "" {
			t.Errorf("%s: taken, want %q", name, c.want)
		}
	}
}
