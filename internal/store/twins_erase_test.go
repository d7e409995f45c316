package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Of somebody who was erased the id is left where a thing cannot be without
// somebody, and nothing that is told of them by name or lets them in.
func TestTwins_areErasedEverywhere(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		tables := twins(t, s)
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			err := tx.EraseMember(practice.Erasure{Member: "member_ada", Called: "somebody"})
			rows, err2 := rowsOf(tx, tables, "ada")
			var left []string
			for _, r := range rows {
				table, row, _ := strings.Cut(r, " ")
				if strings.Contains(row, "member_ada") {
					left = append(left, table)
				}
				if strings.Contains(row, "name_ada") && table != "stake" && table != "team" {
					t.Errorf("her name is left: %s", r)
				}
			}
			want := []string{"alarm", "assumption", "assumption_test", "carry", "consent", "consent_said", "erasure", "fact", "invitation", "look", "member", "opening", "pause", "proposal", "redaction", "referral", "review", "voice"}
			if !slices.Equal(left, want) {
				t.Errorf("her id is left in\n%q, want\n%q", left, want)
			}
			return errors.Join(err, err2, errPutBack)
		})
		if !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n") {
			t.Error(err)
		}
	})
}
