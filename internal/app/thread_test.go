package app_test

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// unnamed keeps a report without a name that has appeared, with its receipt.
func unnamed(t *testing.T, s *store.Store, team practice.TeamID) (f practice.Failure, key practice.ReceiptKey) {
	t.Helper()
	key, err := practice.NewReceiptKey([]byte("the slow hash of seven words"))
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *store.Tx) (err error) {
		f, err = tx.AddFailure(practice.Unnamed{Text: "The fee was wrong.", Stage: practice.StageAfter}.
			Appear(practice.FailureID(tx.NewBlindID("flr")), team, tx.Now().Truncate(time.Hour)))
		if err != nil {
			return err
		}
		return tx.AddReceipt(practice.Receipt{Lookup: key.Lookup, Public: key.Public(), Failure: f.ID, Day: tx.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	return f, key
}

func TestAskReporter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := storetest.Open(t, database)
		a, steward := setUp(t, s)
		f, key := unnamed(t, s, steward.Teams[0])
		stranger := practice.Actor{Member: "mem_stranger"}
		is(t, "without words", a.AskReporter(t.Context(), steward, f.ID, " "), "message.empty")
		is(t, "too many words", a.AskReporter(t.Context(), steward, f.ID, strings.Repeat("x", practice.MaxGap+1)), "too.long")
		is(t, "from elsewhere", a.AskReporter(t.Context(), stranger, f.ID, "Who?"), "not.found")

		steward.Once = "sent twice"
		for range 2 {
			is(t, "asking", a.AskReporter(t.Context(), steward, f.ID, " Which counter? "), "")
		}
		thread, err := a.Thread(t.Context(), steward, f.ID)
		is(t, "reading", err, "")
		if len(thread.Messages) != 1 || !thread.Open || thread.Messages[0].Text != "" {
			t.Fatalf("the team reads %+v", thread)
		}
		m := thread.Messages[0]
		if got, err := key.Open(m.ID, m.Sealed); err != nil || got != "Which counter?" {
			t.Errorf("the reporter reads %q, %v", got, err)
		}
		for _, r := range storetest.Dump(t, database) {
			for column, v := range r.Values {
				if strings.Contains(v, "Which counter") {
					t.Errorf("the question lies open in %s.%s", r.Table, column)
				}
			}
		}
		_, err = a.Thread(t.Context(), stranger, f.ID)
		is(t, "reading from elsewhere", err, "not.found")
	})
}

func TestAskReporter_whereNobodyCanBeAsked(t *testing.T) {
	address := storetest.SQLite(t)
	s := storetest.Open(t, address)
	a, steward := setUp(t, s)
	named, err := a.ReportFailure(t.Context(), steward, practice.NewFailure{Team: steward.Teams[0], Text: "x", Stage: practice.StageAfter})
	is(t, "report", err, "")
	is(t, "of a report with a name", a.AskReporter(t.Context(), steward, named.ID, "Which?"), "thread.none")
	f, _ := unnamed(t, s, steward.Teams[0])
	is(t, "dispose", app.New(app.Options{Store: later(t, address, practice.ReceiptDays+1)}).Dispose(t.Context()), "")
	is(t, "whose words have run out", a.AskReporter(t.Context(), steward, f.ID, "Which?"), "thread.none")
	thread, err := a.Thread(t.Context(), steward, f.ID)
	is(t, "reading", err, "")
	if thread.Open {
		t.Error("a thread nobody can open says it is open")
	}
}

func TestAddress(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		team := steward.Teams[0]
		mate := practice.Actor{Member: "mem_mate", Teams: steward.Teams}
		first, err := a.AddressOf(t.Context(), steward, team)
		is(t, "the first time", err, "")
		same, err := a.AddressOf(t.Context(), mate, team)
		is(t, "for somebody else", err, "")
		if first.Word != same.Word || first.Mark != same.Mark || len(first.Word) != 26 || first.Mark == "" {
			t.Errorf("one reads %+v, another %+v: that would tell them apart", first, same)
		}
		_, err = a.AddressOf(t.Context(), practice.Actor{Member: "mem_stranger"}, team)
		is(t, "from elsewhere", err, "not.found")
		is(t, "renewing from elsewhere", a.RenewAddress(t.Context(), practice.Actor{Member: "mem_stranger"}, team), "not.yours")
		is(t, "renewing", a.RenewAddress(t.Context(), mate, team), "")
		next, err := a.AddressOf(t.Context(), steward, team)
		is(t, "afterwards", err, "")
		if next.Word == first.Word {
			t.Error("the old address goes on")
		}
	})
}

// Whoever sets another hour finds it kept from the next look on.
func TestSaveOrganisation_whenUnnamedOnesAppear(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	o, err := a.Organisation(t.Context(), steward)
	is(t, "read", err, "")
	o.AppearsAt = 25
	is(t, "no such hour", saveOrganisation(t, a, steward, o), "required")
	o.AppearsAt = 18
	is(t, "six in the evening", saveOrganisation(t, a, steward, o), "")
	o, err = a.Organisation(t.Context(), steward)
	is(t, "read again", err, "")
	if o.AppearsAt != 18 {
		t.Errorf("kept %d", o.AppearsAt)
	}
}

// saveOrganisation makes the settings what they shall be, whatever they are.
func saveOrganisation(t *testing.T, a *app.App, actor practice.Actor, as practice.Organisation) error {
	t.Helper()
	_, err := a.EditOrganisation(t.Context(), actor, func(practice.Organisation) (practice.Organisation, error) { return as, nil })
	return err
}
