package app_test

import (
	"encoding/json"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// Nothing of what went wrong leaves the house unless the team wants that.
func TestParcel_titles(t *testing.T) {
	onDesks(t, func(d *desk) {
		team := d.steward.Teams[0]
		amal := d.reached("Amal", practice.Contact{})
		is(t, "chat", d.app.SaveChannel(t.Context(), d.steward, practice.Channel{Team: team, Address: "https://chat.example/x"}), "")
		d.call(amal)
		for _, p := range d.sent() {
			if m := p.Dispatches[0]; m.Title != "" || m.Meeting == nil || m.Meeting.Title != "" {
				t.Errorf("to %s%s: %+v", p.Mail, p.Chat, m)
			}
		}
		is(t, "titles", d.app.SaveChannel(t.Context(), d.steward, practice.Channel{Team: team, Titles: true}), "")
		d.call(amal)
		got := d.sent()
		d.wants("with titles", got, "amal@x.example", "notice.invited")
		d.wants("with titles", got, "https://chat.example/x", "dispatch.called")
		for _, p := range got {
			if m := p.Dispatches[0]; m.Title == "" || m.Meeting.Title != m.Title {
				t.Errorf("to %s%s: %+v", p.Mail, p.Chat, m)
			}
		}
		is(t, "no chat", d.app.EndChannel(t.Context(), d.steward, team), "")
		d.call(amal)
		d.wants("without a chat", d.sent(), "https://chat.example/x", "")
	})
}

// A message is tried for three days, then given up where people see it.
func TestNotDelivered(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := d.reached("Amal", practice.Contact{})
		d.call(amal)
		p := d.parcel()
		try := func(what string, fault practice.Fault, again bool) {
			t.Helper()
			if got, err := d.app.NotDelivered(t.Context(), p, fault); got != again || err != nil {
				t.Errorf("%s: again %v, %v", what, got, err)
			}
		}
		try("at first", practice.FaultUnreachable, true)
		d.now = d.now.Add(practice.GiveUpAfter - time.Second)
		try("on the third day", practice.FaultBusy, true)
		o, err := d.app.Outgoing(t.Context(), d.steward)
		is(t, "outgoing", err, "")
		if o.Waiting != 1 || len(o.Troubled) != 1 || o.Troubled[0].To != "Amal" || o.Troubled[0].Dispatch.Fault != practice.FaultBusy || !o.Troubled[0].Dispatch.GaveUpAt.IsZero() {
			t.Errorf("%+v", o)
		}
		_, err = d.app.Outgoing(t.Context(), amal)
		is(t, "who is no steward", err, "not.yours")
		d.now = d.now.Add(time.Second)
		try("after three days", practice.FaultUnreachable, false)
		o, _ = d.app.Outgoing(t.Context(), d.steward)
		if o.Waiting != 0 || len(o.Troubled) != 1 || o.Troubled[0].Dispatch.GaveUpAt.IsZero() {
			t.Errorf("given up: %+v", o)
		}
		d.now = d.now.Add(practice.ForgetFailed)
		d.sent()
		o, _ = d.app.Outgoing(t.Context(), d.steward)
		if len(o.Troubled) != 0 {
			t.Errorf("a month later: %+v", o)
		}
	})
}

func TestNotDelivered_inVain(t *testing.T) {
	onDesks(t, func(d *desk) {
		d.call(d.reached("Amal", practice.Contact{}))
		if again, err := d.app.NotDelivered(t.Context(), d.parcel(), practice.FaultRefused); again || err != nil {
			t.Errorf("again %v, %v", again, err)
		}
	})
}

// parcel packs the first message that is due, and leaves it at that.
func (d *desk) parcel() app.Parcel {
	d.Helper()
	j, err := d.store.ClaimJob(d.Context(), []string{store.JobSend}, time.Minute)
	d.must("claim", err)
	d.must("finish", d.store.FinishJob(d.Context(), j))
	var job store.DispatchJob
	d.must("payload", json.Unmarshal(j.Payload, &job))
	p, err := d.app.Parcel(d.Context(), job.Dispatch)
	d.must("parcel", err)
	return p
}

// A day after it arrived nothing of a message is there any more.
func TestDelivered_forgets(t *testing.T) {
	onDesks(t, func(d *desk) {
		d.call(d.reached("Amal", practice.Contact{}))
		p := d.parcel()
		is(t, "delivered", d.app.Delivered(t.Context(), p), "")
		message := func() error {
			return d.store.View(t.Context(), func(tx *store.Tx) error { _, err := tx.Dispatch(p.Dispatches[0].ID); return err })
		}
		d.now = d.now.Add(practice.ForgetSent - time.Second)
		d.sent()
		is(t, "within the day", message(), "")
		d.now = d.now.Add(time.Second)
		d.sent()
		is(t, "after a day", message(), "not.found")
		again, err := d.app.Parcel(t.Context(), p.Dispatches[0].ID)
		if len(again.Dispatches) != 0 || err != nil {
			t.Errorf("packed again: %+v, %v", again, err)
		}
	})
}

// An invitation to what has begun is worth nothing.
func TestParcel_tooLate(t *testing.T) {
	onDesks(t, func(d *desk) {
		r := d.call(d.reached("Amal", practice.Contact{}))
		is(t, "begin", d.store.Update(t.Context(), func(tx *store.Tx) error {
			r.StartedAt, r.Phase = d.now, practice.PhaseIntended
			return tx.SaveReview(r, r.Version)
		}), "")
		if got := d.sent(); len(got) != 0 {
			t.Errorf("sent %+v", got)
		}
	})
}

func TestAskMail(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := add(t, d.app, d.steward, "Amal")
		ctx := t.Context()
		program := amal
		program.Scopes = []practice.Scope{practice.ScopeWrite}
		is(t, "by a token", d.app.AskMail(ctx, program, "amal@x.example"), "not.yours")
		is(t, "without mail", app.New(app.Options{Store: d.store}).AskMail(ctx, amal, "amal@x.example"), "mail.none")
		is(t, "ask", d.app.AskMail(ctx, amal, "wrong@x.example"), "")
		d.now = d.now.Add(time.Hour)
		is(t, "ask again", d.app.AskMail(ctx, amal, "amal@x.example"), "")
		got := d.sent()
		d.wants("asked first", got, "wrong@x.example", "")
		d.wants("asked last", got, "amal@x.example", practice.DispatchConfirm)
		if who := got[0].Dispatches[0].Confirm; who == nil || who.Name != "Amal" {
			t.Errorf("who asks: %+v", who)
		}
		d.call(amal)
		d.wants("not confirmed yet", d.sent(), "amal@x.example", "")

		reach, err := d.app.Reach(ctx, amal)
		is(t, "reach", err, "")
		secret := reach.Contact.Secret
		_, err = d.app.AskedMail(ctx, practice.Actor{}, "ask_no")
		is(t, "another secret", err, "mail.late")
		is(t, "confirm another", d.app.ConfirmMail(ctx, practice.Actor{}, ""), "mail.late")
		address, err := d.app.AskedMail(ctx, practice.Actor{}, secret)
		if address != "amal@x.example" || err != nil {
			t.Errorf("%q, %v", address, err)
		}
		is(t, "confirm", d.app.ConfirmMail(ctx, practice.Actor{}, secret), "")
		is(t, "confirm twice", d.app.ConfirmMail(ctx, practice.Actor{}, secret), "mail.late")
		d.call(amal)
		d.wants("confirmed", d.sent(), "amal@x.example", "notice.invited")

		d.call(amal)
		is(t, "forget", d.app.ForgetMail(ctx, amal), "")
		d.wants("forgotten", d.sent(), "amal@x.example", "")
	})
}

func TestFeed(t *testing.T) {
	onDesks(t, func(d *desk) {
		ctx := t.Context()
		amal, bo := add(t, d.app, d.steward, "Amal"), add(t, d.app, d.steward, "Bo")
		program := amal
		program.Scopes = []practice.Scope{practice.ScopeWrite}
		_, err := d.app.RenewFeed(ctx, program)
		is(t, "by a token", err, "not.yours")
		first, err := d.app.RenewFeed(ctx, amal)
		is(t, "first", err, "")
		r := d.call(amal, bo)
		d.call(bo)
		feed := func(secret string) []app.Meeting {
			t.Helper()
			got, err := d.app.FeedOf(ctx, practice.Actor{}, secret)
			is(t, "feed", err, "")
			return got
		}
		if got := feed(first); len(got) != 1 || got[0].Review.ID != r.ID || got[0].Title != "" {
			t.Errorf("%+v", got)
		}
		is(t, "titles", d.app.ShowTitles(ctx, amal, true), "")
		if got := feed(first); got[0].Title != "12 of 50 were wet" {
			t.Errorf("with titles: %+v", got)
		}
		second, err := d.app.RenewFeed(ctx, amal)
		is(t, "renew", err, "")
		_, err = d.app.FeedOf(ctx, practice.Actor{}, first)
		is(t, "the old address", err, "not.found")
		if got := feed(second); len(got) != 1 || got[0].Title == "" {
			t.Errorf("renewed: %+v", got)
		}
		is(t, "leave the team", d.app.LeaveTeam(ctx, d.steward, amal.Member, amal.Teams[0], nil), "")
		if got := feed(second); len(got) != 1 || got[0].Title != "" {
			t.Errorf("out of the team: %+v", got)
		}
		d.now = d.now.AddDate(0, 0, 33)
		if got := feed(second); len(got) != 0 {
			t.Errorf("a month later: %+v", got)
		}
		is(t, "let go", d.app.LetGo(ctx, d.steward, amal.Member, nil), "")
		_, err = d.app.FeedOf(ctx, practice.Actor{}, second)
		is(t, "after they left", err, "not.found")
		third, err := d.app.RenewFeed(ctx, bo)
		is(t, "another", err, "")
		is(t, "end", d.app.EndFeed(ctx, bo), "")
		_, err = d.app.FeedOf(ctx, practice.Actor{}, third)
		is(t, "ended", err, "not.found")
	})
}

func TestChannel_whoMay(t *testing.T) {
	onDesks(t, func(d *desk) {
		ctx, team := t.Context(), d.steward.Teams[0]
		amal := add(t, d.app, d.steward, "Amal")
		stranger := practice.Actor{Member: "mem_x"}
		program := amal
		program.Scopes = []practice.Scope{practice.ScopeWrite}
		for name, who := range map[string]practice.Actor{"a stranger": stranger, "a token": program} {
			is(t, name, d.app.SaveChannel(ctx, who, practice.Channel{Team: team, Address: "https://chat.example/x"}), "not.found")
			is(t, name+" tries", d.app.TryChannel(ctx, who, team), "not.found")
			_, err := d.app.Channel(ctx, who, team)
			is(t, name+" reads", err, "not.found")
		}
		is(t, "before there is one", d.app.TryChannel(ctx, amal, team), "chat.none")
		is(t, "no address", d.app.SaveChannel(ctx, amal, practice.Channel{Team: team, Address: "ftp://x"}), "chat.address")
		is(t, "no team", d.app.SaveChannel(ctx, d.steward, practice.Channel{Team: "tea_x"}), "not.found")
		is(t, "save", d.app.SaveChannel(ctx, amal, practice.Channel{Team: team, Address: " https://chat.example/x "}), "")
		is(t, "try", d.app.TryChannel(ctx, amal, team), "")
		d.wants("tried", d.sent(), "https://chat.example/x", practice.DispatchTry)
		c, err := d.app.Channel(ctx, amal, team)
		is(t, "read", err, "")
		if c.Address != "https://chat.example/x" || c.Fault != "" || !c.TriedAt.Equal(d.now) {
			t.Errorf("%+v", c)
		}
		is(t, "try again", d.app.TryChannel(ctx, amal, team), "")
		_, err = d.app.NotDelivered(ctx, d.parcel(), practice.FaultBlocked)
		is(t, "not delivered", err, "")
		if c, _ = d.app.Channel(ctx, amal, team); c.Fault != practice.FaultBlocked {
			t.Errorf("%+v", c)
		}
	})
}
