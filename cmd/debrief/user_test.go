package main

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// settled sets the database up, with Noor as its steward.
func settled(t *testing.T, address string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Database: address, Now: time.Now, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = app.New(app.Options{Store: s}).SetUp(t.Context(), practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Alder", Zone: "UTC", DayEndsAt: 60, RetentionDays: 90},
		Team: practice.Team{Name: "Saturday crew", CycleDays: 14, Triggers: []practice.Trigger{
			{Kind: practice.TriggerHarm, Text: "a"}, {Kind: practice.TriggerNearMiss, Text: "b"}}},
		Steward: "Noor",
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUser_beforeSetUp(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	elsewhere := filepath.Join(t.TempDir(), "none", "d.db")
	t.Chdir(t.TempDir())
	for place, flags := range map[string][]string{filepath.Dir(elsewhere): {"--database", elsewhere}, "data": nil} {
		if code, out := debrief(t, append([]string{"user", "list"}, flags...)...); code != exitReach || !strings.Contains(out, "There is no database") {
			t.Errorf("list without a database at %s: %d, %s", place, code, out)
		}
		if _, err := os.Stat(place); err == nil {
			t.Errorf("a list makes %s", place)
		}
	}
	if code, out := debrief(t, "user", "list", "--database", db); code != exitDone || !strings.Contains(out, "Nobody yet") {
		t.Errorf("list: %d, %s", code, out)
	}
	if code, out := debrief(t, "user", "add", "Amal", "--database", db); code != exitProblem || !strings.Contains(out, "There is no team yet") {
		t.Errorf("add: %d, %s", code, out)
	}
}

func TestUserAndToken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db string) {
		settled(t, db)
		for _, c := range []struct {
			args string
			code int
			says string
		}{
			{"user add Amal --base-url https://debrief.example.org/", exitDone, "https://debrief.example.org/in/"},
			{"user add Amal", exitDone, "there already"}, // the same person, another link
			{"user add Dele --team nowhere", exitProblem, "No team is called nowhere"},
			{"user add Dele --steward", exitDone, "/in/"},
			{"user list", exitDone, "Dele  steward  Saturday crew"},
			{"user reset nobody", exitProblem, "Nobody here is called nobody"},
			{"user reset amal", exitDone, "/in/"},
			{"token make Amal monitor --scope report --days 30", exitDone, "dbf_"},
			{"token make Amal monitor --scope everything", exitUsage, "scope"},
			{"token make Amal monitor --days 400", exitProblem, "between one day and a year"},
			{"token make Amal monitor --days 0", exitProblem, "between one day and a year"},
			{"token list Amal", exitDone, "monitor  [report]"},
			{"token end tok_nothing", exitProblem, "Nothing here is called that"},
			{"user deactivate Amal", exitDone, "Amal has left"},
			{"user list", exitDone, "Amal  left"},
			{"token list", exitDone, ""},
			{"user deactivate Noor", exitDone, "Noor has left"},
			{"user deactivate Dele", exitProblem, "last steward"},
			{"user", exitUsage, ""},
			{"user add", exitUsage, ""},
			{"user list --database /proc/nowhere/d.db", exitReach, ""},
		} {
			args := strings.Fields(c.args)
			if !strings.Contains(c.args, "--database") {
				args = append(args, "--database", db)
			}
			code, out := debrief(t, args...)
			if code != c.code || !strings.Contains(out, c.says) {
				t.Errorf("debrief %s: %d, want %d with %q:\n%s", c.args, code, c.code, c.says, out)
			}
		}
	})
}

func TestToken_opensTheAPI(t *testing.T) {
	db := storetest.SQLite(t)
	settled(t, db)
	_, out := debrief(t, "token", "make", "Noor", "monitor", "--scope", "read", "--scope", "write", "--database", db)
	secret := regexp.MustCompile(`dbf_[a-z2-7]{59}`).FindString(out)
	s := storetest.Open(t, db)
	r := httptest.NewRequest(http.MethodGet, "/api/v1/failures", nil)
	r.Header.Set("Authorization", "Bearer "+secret)
	actor, err := auth.New(auth.Options{Store: s, Now: time.Now, Random: rand.Reader}).Authenticate(r)
	if err != nil || actor.Name != "Noor" || !actor.May(practice.ScopeWrite) || actor.May(practice.ScopeReport) {
		t.Errorf("actor %+v, %v", actor, err)
	}
}
