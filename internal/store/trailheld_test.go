package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// What people said of a change is in the trail once it was counted and somebody had come
// to it, also of what is restricted later; what was tried is there as other cases are.
func TestTrail_ofWhatHolds(t *testing.T) {
	const (
		closed = `UPDATE review SET phase = 'closed'`
		shown  = `UPDATE failure SET only_for = '[]', drill = FALSE`
		said   = `UPDATE use_check SET said_at = 5, yes = 2, partly = 1, nope = 0, unmet = 0`
		tried  = `UPDATE trial SET until_at = 6, end_at = 7, kept = TRUE, replaced = ''`
		taken  = `UPDATE gap SET taken = TRUE`
		made   = `UPDATE scar SET at = 8, revision = 1`
		core   = `UPDATE core_mark SET core = TRUE, at = 1`

		rest = ", core failure_ada false true, made 8"
		tail = " false" + rest
	)
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		twins(t, s)
		for change, want := range map[string]string{
			`UPDATE use_check SET round = 2`:                                          "use 5 true, trial 6 7 true" + tail,
			`UPDATE use_check SET nope = 1`:                                           "use 5 false, trial 6 7 true" + tail,
			`UPDATE use_check SET yes = 0, partly = 0, unmet = 3`:                     "trial 6 7 true" + tail,
			`UPDATE use_check SET said_at = 0`:                                        "trial 6 7 true" + tail,
			`UPDATE failure SET drill = TRUE WHERE id = 'failure_ada'`:                "use 5 true",
			`UPDATE failure SET only_for = '["member_ada"]' WHERE id = 'failure_ada'`: "use 5 true, trial 6 7 true" + tail,
			`UPDATE failure SET team = 'team_bo' WHERE id = 'failure_ada'`:            "",
			`UPDATE review SET phase = 'carry'`:                                       "use 5 true",
			`UPDATE core_mark SET at = 9`:                                             "use 5 true, trial 6 7 true false, made 8",
			`UPDATE core_mark SET core = FALSE`:                                       "use 5 true, trial 6 7 true false, made 8",
			`UPDATE trial SET harm = 'x', revision = 1`:                               "use 5 true, trial 6 7 true false, core failure_ada true true, made 8",
			`UPDATE trial SET harm = '', revision = 1`:                                "use 5 true, trial 6 7 true" + tail,
			`UPDATE trial SET end_at = 0, kept = FALSE`:                               "use 5 true, trial 6 0 false" + tail,
			`UPDATE trial SET kept = FALSE, replaced = 'gap_x'`:                       "use 5 true, trial 6 7 false true" + rest,
			`UPDATE consent SET ending = 'replaced'`:                                  "use 5 true, trial 6 7 true true" + rest,
		} {
			var got practice.Trail
			err := s.Update(t.Context(), func(tx *store.Tx) (err error) {
				for _, so := range []string{closed, shown, said, tried, taken, made, core, change} {
					_, err2 := tx.Exec(so)
					err = errors.Join(err, err2)
				}
				var err2 error
				got, err2 = tx.Trail("team_ada")
				return errors.Join(err, err2, errPutBack)
			})
			if !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("%s: %v", change, err)
			}
			if has := whatHolds(got); has != want {
				t.Errorf("%s:\n%s, want\n%s", change, has, want)
			}
		}
	})
}

func whatHolds(t practice.Trail) string {
	var all []string
	micro := func(at time.Time) int64 {
		if at.IsZero() {
			return 0
		}
		return at.UnixMicro()
	}
	for _, u := range t.Uses {
		all = append(all, fmt.Sprint("use ", micro(u.SaidAt), " ", u.InUse))
	}
	for _, x := range t.Trials {
		all = append(all, fmt.Sprint("trial ", micro(x.Until), " ", micro(x.EndAt), " ", x.Kept, " ", x.Replaced))
	}
	for _, c := range t.Core {
		all = append(all, fmt.Sprint("core ", c.Failure, " ", c.Harm, " ", c.Ours))
	}
	for _, g := range t.Gaps {
		all = append(all, fmt.Sprint("made ", micro(g.MadeAt)))
	}
	return strings.Join(all, ", ")
}
