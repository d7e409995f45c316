package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Somebody comes in by whatever lets them in themselves, as long as it does.
func TestTwins_comeInByWhatIsTheirs(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	twins(t, s)
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE member SET passphrase = '' WHERE id = 'member_ada'`)
		return errors.Join(err, tx.EndEverything("member_ada"))
	})
	for way, want := range map[string]bool{
		``: false,
		`INSERT INTO device VALUES ('device_new', 'member_ada', 'hash_new', '', 0, 0, 4102444800000000, 0, NULL)`:                true,
		`INSERT INTO device VALUES ('device_new', 'member_ada', 'hash_new', '', 0, 0, 4102444800000000, 4102444800000000, NULL)`: true,
		`INSERT INTO device VALUES ('device_new', 'member_ada', 'hash_new', '', 0, 0, 4102444800000000, 1, NULL)`:                false,
		`INSERT INTO device VALUES ('device_new', 'member_ada', 'hash_new', '', 0, 0, 1, 0, NULL)`:                               false,
		`INSERT INTO link_once VALUES ('hash_new', 'member_ada', 'in', 4102444800000000)`:                                        true,
		`INSERT INTO link_once VALUES ('hash_new', 'member_ada', 'in', 1)`:                                                       false,
		`INSERT INTO identity VALUES ('issuer_new', 'x', 'member_ada')`:                                                          true,
		`UPDATE member SET passphrase = 'p' WHERE id = 'member_ada'`:                                                             true,
	} {
		err := s.Update(t.Context(), func(tx *store.Tx) (err error) {
			if way != "" {
				_, err = tx.Exec(way)
			}
			in, err2 := tx.ComesIn("member_ada")
			if in != want {
				t.Errorf("by %q: %v", way, in)
			}
			return errors.Join(err, err2, errPutBack)
		})
		if !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n") {
			t.Errorf("by %q: %v", way, err)
		}
	}
}

// However long ago it was: what a room that is open was told in confidence stays,
// and so does what somebody holds.
func TestTwins_keepWhatIsOpenOrHeld(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		tables := twins(t, s)
		for _, c := range []struct {
			what string
			so   []string
			goes string // from which tables Ada's row goes
		}{
			{"open", nil, ""},
			{"closed and held", []string{`UPDATE review SET closed_at = 1`}, ""},
			{"closed", []string{`UPDATE review SET closed_at = 1`, `UPDATE hold SET ended_at = 1 WHERE failure = 'failure_ada'`}, "answer hot judgement"},
			{"not held", []string{`UPDATE hold SET ended_at = 1 WHERE failure = 'failure_ada'`}, ""},
		} {
			err := s.Update(t.Context(), func(tx *store.Tx) error {
				var errs []error
				for _, q := range c.so {
					_, err := tx.Exec(q)
					errs = append(errs, err)
				}
				was, err := rowsOf(tx, tables, "ada")
				boWas, err2 := rowsOf(tx, tables, "bo")
				errs = append(errs, err, err2, tx.Dispose())
				is, err := rowsOf(tx, tables, "ada")
				boIs, err2 := rowsOf(tx, tables, "bo")
				if got := gone(was, is); got != c.goes {
					t.Errorf("%s: of Ada's went %q, want %q", c.what, got, c.goes)
				}
				if got := gone(boWas, boIs); got != "" {
					t.Errorf("%s: of Bo's went %q", c.what, got)
				}
				return errors.Join(append(errs, err, err2, errPutBack)...)
			})
			if !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v", c.what, err)
			}
		}
	})
}

// gone are the tables of which a row went that has to do with rooms.
func gone(was, is []string) string {
	var tables []string
	for _, row := range unlike(was, is) {
		table, _, _ := strings.Cut(strings.TrimPrefix(row, "- "), " ")
		if table == "answer" || table == "judgement" || table == "hot" {
			tables = append(tables, table)
		}
	}
	return strings.Join(tables, " ")
}

// What is counted and asked about one is not counted of another.
func TestTwins_countWhatIsTheirs(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		twins(t, s)
		for what, c := range map[string]struct {
			so   string
			ask  func(*store.Tx) (any, error)
			want any
		}{
			"not now, in another room":  {`UPDATE ready SET answer = 'not-now' WHERE review = 'review_bo'`, asked((*store.Tx).TakeReady, "review_ada"), false},
			"not now":                   {`UPDATE ready SET answer = 'not-now' WHERE review = 'review_ada'`, asked((*store.Tx).TakeReady, "review_ada"), true},
			"asked, of another":         {`UPDATE review SET phase = 'off', ready_at = 1 WHERE id = 'review_bo'`, asked((*store.Tx).WasAsked, "failure_ada"), false},
			"asked":                     {`UPDATE review SET phase = 'off', ready_at = 1 WHERE id = 'review_ada'`, asked((*store.Tx).WasAsked, "failure_ada"), true},
			"asked, and not called off": {`UPDATE review SET ready_at = 1`, asked((*store.Tx).WasAsked, "failure_ada"), false},
			"not asked":                 {`UPDATE review SET phase = 'off'`, asked((*store.Tx).WasAsked, "failure_ada"), false},
			"noticed":                   {`UPDATE notice SET at = 1`, asked2((*store.Tx).Noticed, "member_ada", "link_ada"), true},
			"noticed by another":        {`UPDATE notice SET link = 'same' WHERE member = 'member_bo'`, asked2((*store.Tx).Noticed, "member_ada", "same"), false},
			"noticed already":           {`UPDATE notice SET seen_at = 1`, asked2((*store.Tx).Noticed, "member_ada", "link_ada"), false},
			"another notice":            {`UPDATE notice SET at = 1`, asked2((*store.Tx).Noticed, "member_ada", "link_other"), false},
			"used by another":           {`UPDATE used SET revision = 5 WHERE member = 'member_bo'`, asked2((*store.Tx).Used, "member_ada", practice.ProcedureID("procedure_bo")), 0},
			"used another":              {`UPDATE used SET revision = 5 WHERE member = 'member_ada'`, asked2((*store.Tx).Used, "member_ada", practice.ProcedureID("procedure_bo")), 0},
			"used":                      {`UPDATE used SET revision = 5 WHERE member = 'member_ada'`, asked2((*store.Tx).Used, "member_ada", practice.ProcedureID("procedure_ada")), 5},
			"had by another":            {`UPDATE revision SET at = 1`, asked2((*store.Tx).HadMarkdown, "procedure_ada", "markdown_bo"), 0},
			"had":                       {`UPDATE revision SET at = 1`, asked2((*store.Tx).HadMarkdown, "procedure_ada", "markdown_ada"), 1},
			"known":                     {`UPDATE redaction SET at = 1`, asked((*store.Tx).KnowsRedaction, "redaction_ada"), true},
			"not known":                 {`UPDATE redaction SET at = 1`, asked((*store.Tx).KnowsRedaction, "redaction_new"), false},
			"no plan":                   {`UPDATE plan SET team = 'team_bo'`, asked((*store.Tx).HasPlan, "team_ada"), false},
			"a plan":                    {`UPDATE plan SET stop = ''`, asked((*store.Tx).HasPlan, "team_ada"), true},
			"none closed":               {`UPDATE review SET ends_at = 1`, closedOnes, 0},
			"both closed":               {`UPDATE review SET closed_at = 1`, closedOnes, 2},
			"closed and practised":      {`UPDATE failure SET drill = TRUE`, closedOnes, 0},
		} {
			err := s.Update(t.Context(), func(tx *store.Tx) error {
				n, err := tx.Exec(c.so)
				got, err2 := c.ask(tx)
				if got != c.want || n == 0 {
					t.Errorf("%s: %v, want %v", what, got, c.want)
				}
				return errors.Join(err, err2, errPutBack)
			})
			if !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// closedOnes counts the closed reviews that count.
func closedOnes(tx *store.Tx) (any, error) {
	n, _, err := tx.Maturity()
	return n, err
}

// How often others were told about a review keeps nothing from anybody.
func TestTwins_areToldEachForThemselves(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	twins(t, s)
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO told VALUES ('review_bo', 'member_ada', 99)`)
		return errors.Join(err, tx.Tell(practice.Notice{Member: "member_bo", Code: "notice.closed", Link: "/new"}, "review_bo"))
	})
	update(t, s, func(tx *store.Tx) error {
		sent, err := tx.Strings(`SELECT member FROM dispatch WHERE link = '/new'`)
		if len(sent) != 1 || sent[0] != "member_bo" {
			t.Errorf("it goes to %q", sent)
		}
		return err
	})
}

// What the question before a room came to is that of the team, the last time.
func TestTwins_lastReadyIsTheirs(t *testing.T) {
	c := storetest.NewClock(time.Date(2026, 6, 13, 14, 30, 0, 0, time.UTC))
	s := storetest.Open(t, storetest.SQLite(t), c.Option)
	for _, e := range []practice.Event{
		{Kind: store.ReadySaid, In: "team_ada", Data: practice.Args{"answer": practice.NotNow}},
		{Kind: store.ReadySaid, In: "team_ada", Data: practice.Args{"answer": practice.Go}},
		{Kind: store.ReadySaid, In: "team_bo", Data: practice.Args{"answer": practice.NotNow}},
		{Kind: "another", In: "team_ada", Data: practice.Args{"answer": practice.NotNow}},
	} {
		c.Pass(time.Hour)
		update(t, s, func(tx *store.Tx) error { return tx.Emit(e) })
	}
	update(t, s, func(tx *store.Tx) error {
		got, err := tx.LastReady("team_ada")
		if got != practice.Go {
			t.Errorf("the last time it was %q", got)
		}
		return err
	})
}

// Nobody reads the record of a room because of what they had to do with another,
// and none before it closed.
func TestTwins_readTheirOwnRecords(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		twins(t, s)
		records := func() []store.Record {
			var all []store.Record
			update(t, s, func(tx *store.Tx) (err error) {
				all, err = tx.Records("member_ada", []practice.TeamID{"team_ada"})
				return err
			})
			return all
		}
		if all := records(); len(all) != 0 {
			t.Errorf("of open rooms: %+v", all)
		}
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE review SET phase = 'closed', closed_at = 1`)
			_, err2 := tx.Exec(`UPDATE guide SET outside = TRUE`)
			return errors.Join(err, err2)
		})
		all := records()
		if len(all) != 2 {
			t.Fatalf("%d records", len(all))
		}
		for _, r := range all {
			want := practice.Reader{Named: r.Named}
			if r.Review == "review_ada" {
				want = practice.Reader{Took: true, Reported: true, Team: true, Leads: true, Guided: true, Carries: true, Named: r.Named}
			}
			if r.Reader != want || !r.Named {
				t.Errorf("of %s: %+v", r.Review, r.Reader)
			}
		}
	})
}
