package app_test

import (
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Whoever asks under the name of somebody who has a way in is not let in by
// anybody, and whoever is known on their device asks for one more team.
func TestLetIn(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, noor := setUp(t, s)
		doors := auth.New(auth.Options{Store: s, Now: time.Now, Random: rand.Reader})
		ben, amal := add(t, a, noor, "Ben"), add(t, a, noor, "Amal")
		code, err := doors.TeamCode(t.Context(), ben, ben.Teams[0])
		is(t, "the code", err, "")
		knock := func(name string) practice.KnockID {
			t.Helper()
			k, _, err := doors.Knock(t.Context(), auth.Asking{Code: code.Words, Name: name})
			is(t, "a knock", err, "")
			return k.ID
		}

		is(t, "a steward's name", a.LetIn(t.Context(), ben, knock("noor haddad")), "knock.known")
		is(t, "a name on the list", a.LetIn(t.Context(), ben, knock("AMAL")), "")
		_, err = doors.LetIn(t.Context(), amal, auth.Arrival{})
		is(t, "her device", err, "")
		second := knock("Amal")
		is(t, "the name of somebody who is in", a.LetIn(t.Context(), ben, second), "knock.known")
		token := amal
		token.Scopes = []practice.Scope{practice.ScopeWrite}
		is(t, "by her token", a.LetIn(t.Context(), token, second), "not.yours")
		is(t, "by herself", a.LetIn(t.Context(), amal, second), "")
		is(t, "by a steward", a.LetIn(t.Context(), noor, knock("Amal")), "")
		home, err := a.Home(t.Context(), amal)
		is(t, "her page", err, "")
		told := 0
		for _, n := range home.Notices {
			if n.Code == "notice.link-in" {
				told++
			}
		}
		if told != 2 { // by Ben, while nobody had come in under the name; and by the steward
			t.Errorf("told %d times that a device came in under her name: %+v", told, home.Notices)
		}

		night, err := a.AddTeam(t.Context(), noor, practice.Team{Name: "Night", Pack: "tech", CycleDays: 7, EarlyWhy: "They asked.", Triggers: newTeam("x").Triggers})
		is(t, "a second team", err, "")
		noor.Teams = append(noor.Teams, night.ID)
		door, err := doors.TeamCode(t.Context(), noor, night.ID)
		is(t, "its code", err, "")
		asked, err := doors.KnockAs(t.Context(), ben, door.Words)
		is(t, "Ben asks in", err, "")
		is(t, "an outsider says yes", a.LetIn(t.Context(), amal, asked.ID), "not.found")
		is(t, "somebody of the team says yes", a.LetIn(t.Context(), noor, asked.ID), "")
		m, err := a.Member(t.Context(), noor, ben.Member)
		is(t, "Ben", err, "")
		if !slices.Contains(m.Teams, night.ID) || len(m.Teams) != 2 {
			t.Errorf("Ben is in %v", m.Teams)
		}
	})
}
