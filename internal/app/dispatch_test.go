package app_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A desk is where messages leave a house with a clock of its own.
type desk struct {
	*testing.T
	address string
	app     *app.App
	store   *store.Store
	now     time.Time
	steward practice.Actor
}

// onDesks runs the test on both databases, on a Monday at noon.
func onDesks(t *testing.T, test func(*desk)) {
	storetest.Each(t, func(t *testing.T, address string) {
		d := &desk{T: t, address: address, now: time.Date(2026, 6, 8, 10, 0, 0, 0, time.UTC)}
		d.store = storetest.Open(t, address, func(o *store.Options) { o.Now = func() time.Time { return d.now } })
		d.app = app.New(app.Options{Store: d.store, Mails: true})
		steward, err := d.app.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		d.steward = steward
		test(d)
	})
}

func (d *desk) must(what string, err error) {
	d.Helper()
	if err != nil {
		d.Fatalf("%s: %v", what, err)
	}
}

// reached is somebody of the team with a mail address.
func (d *desk) reached(name string, c practice.Contact) practice.Actor {
	d.Helper()
	who := add(d.T, d.app, d.steward, name)
	c.Member, c.Mail = who.Member, strings.ToLower(name)+"@x.example"
	d.must("contact", d.store.Update(d.Context(), func(tx *store.Tx) error { return tx.SaveContact(c) }))
	return who
}

// sent sends what is due and returns it, as mail would have gone.
func (d *desk) sent() []app.Parcel {
	d.Helper()
	var all []app.Parcel
	for {
		j, err := d.store.ClaimJob(d.Context(), []string{store.JobSend, store.JobForget}, time.Minute)
		if errors.Is(err, practice.ErrNotFound) {
			return all
		}
		d.must("claim", err)
		var job store.DispatchJob
		d.must("payload", json.Unmarshal(j.Payload, &job))
		if j.Kind == store.JobForget {
			d.must("forget", d.app.ForgetDispatch(d.Context(), job.Dispatch))
		} else {
			p, err := d.app.Parcel(d.Context(), job.Dispatch)
			d.must("parcel", err)
			if len(p.Dispatches) > 0 {
				all = append(all, p)
				d.must("delivered", d.app.Delivered(d.Context(), p))
			}
		}
		d.must("finish", d.store.FinishJob(d.Context(), j))
	}
}

// codes are what went to an address.
func codes(parcels []app.Parcel, to string) string {
	var all []string
	for _, p := range parcels {
		for _, m := range p.Dispatches {
			if p.Mail == to || p.Chat == to {
				all = append(all, m.Code)
			}
		}
	}
	return strings.Join(all, " ")
}

func (d *desk) wants(what string, got []app.Parcel, to, want string) {
	d.Helper()
	if is := codes(got, to); is != want {
		d.Errorf("%s: to %s went %q, want %q", what, to, is, want)
	}
}

// call reports a failure and calls a review of it for tomorrow.
func (d *desk) call(people ...practice.Actor) practice.Review {
	d.Helper()
	f, err := d.app.ReportFailure(d.Context(), d.steward, practice.NewFailure{Team: d.steward.Teams[0], Text: "12 of 50 were wet", Stage: practice.StageAfter})
	d.must("report", err)
	n := practice.NewReview{Failure: f.ID, MeetAt: d.now.Add(24 * time.Hour), Box: practice.DefaultBox}
	for _, p := range people {
		n.People = append(n.People, p.Member)
	}
	r, err := d.app.CallReview(d.Context(), d.steward, n)
	d.must("call", err)
	return r
}

func (d *desk) move(r practice.Review, later time.Duration) practice.Review {
	d.Helper()
	r, err := d.app.MoveReview(d.Context(), d.steward, r.ID, practice.NewReview{MeetAt: r.MeetAt.Add(later)})
	d.must("move", err)
	return r
}

// outcome tells a line of what came of a review to all who had a part in it.
func (d *desk) outcome(r practice.Review, code string) {
	d.Helper()
	d.must("outcome", d.store.Update(d.Context(), func(tx *store.Tx) error {
		return tx.TellContributors(r, []practice.Notice{{Code: code, Link: "/f/1/record"}})
	}))
}

func (d *desk) came(r practice.Review, who practice.Actor) {
	d.Helper()
	_, err := d.app.TakePlace(d.Context(), who, r.ID, practice.Saw)
	d.must("take a place", err)
}

func TestMessages_threeForEachReview(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := d.reached("Amal", practice.Contact{})
		r := d.call(amal)
		d.wants("called", d.sent(), "amal@x.example", "notice.invited")
		d.came(r, amal)
		d.wants("took a place", d.sent(), "amal@x.example", "")
		for i, want := range []string{"notice.moved", "", ""} {
			r = d.move(r, time.Minute)
			d.wants("moved "+string(rune('1'+i)), d.sent(), "amal@x.example", want)
		}
		d.now = d.now.AddDate(0, 0, 2) // the messages themselves are forgotten by now
		d.sent()
		d.app = app.New(app.Options{Store: d.store, Mails: true}) // another server, or the same one started again
		d.outcome(r, "notice.closed")
		d.wants("closed", d.sent(), "amal@x.example", "notice.closed")
		d.outcome(r, "notice.in-use")
		d.wants("in use", d.sent(), "amal@x.example", "")
		home, err := d.app.Home(t.Context(), amal)
		is(t, "home", err, "")
		if len(home.Notices) != 2 {
			t.Errorf("%d lines on the start page, want the two that came after the meeting", len(home.Notices))
		}
		other := d.call(amal)
		if other.ID == r.ID {
			t.Fatal("the same review")
		}
		d.wants("another review", d.sent(), "amal@x.example", "notice.invited")
	})
}

// A chat reads that a review was called, once that it has another time, and what became
// of it, however often it is moved.
func TestAnnounce_threeForEachReview(t *testing.T) {
	onDesks(t, func(d *desk) {
		const chat = "https://chat.example/x"
		is(t, "chat", d.app.SaveChannel(t.Context(), d.steward, practice.Channel{Team: d.steward.Teams[0], Address: chat}), "")
		amal := add(t, d.app, d.steward, "Amal")
		r := d.call(amal)
		d.wants("called", d.sent(), chat, practice.DispatchCalled)
		other := d.call(amal)
		d.wants("another", d.sent(), chat, practice.DispatchCalled)
		for i, want := range []string{practice.DispatchMoved, "", ""} {
			r = d.move(r, time.Minute)
			d.wants("moved "+string(rune('1'+i)), d.sent(), chat, want)
			d.now = d.now.Add(practice.ForgetSent / 24)
		}
		d.move(other, time.Minute)
		d.wants("the other moved", d.sent(), chat, practice.DispatchMoved)
		d.must("call off", d.app.CallOff(t.Context(), d.steward, r.ID, ""))
		d.wants("called off", d.sent(), chat, practice.DispatchOff)
	})
}

func TestCallOff(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := d.reached("Amal", practice.Contact{})
		r := d.move(d.call(amal), time.Hour)
		d.wants("moved before it left", d.sent(), "amal@x.example", "notice.invited")
		is(t, "by who does not convene it", d.app.CallOff(t.Context(), amal, r.ID, ""), "review.convener")
		d.must("call off", d.app.CallOff(t.Context(), d.steward, r.ID, ""))
		got := d.sent()
		d.wants("called off", got, "amal@x.example", "notice.off")
		if m := got[0].Dispatches[0].Meeting; m == nil || m.Review.Phase != practice.PhaseOff || m.Review.Version <= r.Version {
			t.Errorf("the calendar is told %+v", m)
		}
		is(t, "twice", d.app.CallOff(t.Context(), d.steward, r.ID, ""), "not.found")
		_, err := d.app.MoveReview(t.Context(), d.steward, r.ID, practice.NewReview{MeetAt: r.MeetAt.Add(time.Hour)})
		is(t, "another time for it", err, "not.found")
		_, err = d.app.TakePlace(t.Context(), amal, r.ID, practice.Saw)
		is(t, "a place in it", err, "not.found")
		left, err := d.app.ReviewsOf(t.Context(), d.steward, r.Failure)
		is(t, "reviews", err, "")
		if len(left) > 0 {
			t.Errorf("it is still there: %+v", left)
		}
		n := practice.NewReview{Failure: r.Failure, MeetAt: d.now.Add(3 * time.Hour), Box: practice.DefaultBox, People: []practice.MemberID{amal.Member, d.steward.Member}}
		again, err := d.app.CallReview(t.Context(), d.steward, n)
		d.must("call another", err)
		d.must("call it off at once", d.app.CallOff(t.Context(), d.steward, again.ID, ""))
		d.wants("called off before it left", d.sent(), "amal@x.example", "")
		again, err = d.app.CallReview(t.Context(), d.steward, n)
		d.must("call a third", err)
		d.wants("another", d.sent(), "amal@x.example", "notice.invited")
		d.must("begin", d.store.Update(t.Context(), func(tx *store.Tx) error {
			was := again.Version
			again.StartedAt, again.Phase, again.Version = d.now, practice.PhaseIntended, was+1
			return tx.SaveReview(again, was)
		}))
		is(t, "once begun", d.app.CallOff(t.Context(), d.steward, again.ID, ""), "review.begun")
	})
}

func TestMessages_muted(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal, bo := d.reached("Amal", practice.Contact{Muted: true}), add(t, d.app, d.steward, "Bo")
		cleo := d.reached("Cleo", practice.Contact{})
		r := d.call(amal, bo, cleo)
		c, err := d.app.Reach(t.Context(), cleo)
		is(t, "reach", err, "")
		c.Contact.Muted = true
		is(t, "mute", d.app.SaveContact(t.Context(), cleo, c.Contact), "") // while it is on its way
		if got := d.sent(); len(got) > 0 {
			t.Errorf("sent %v", got)
		}
		c.Contact.Muted = false
		is(t, "speak again", d.app.SaveContact(t.Context(), cleo, c.Contact), "")
		d.move(r, time.Minute)
		d.wants("moved", d.sent(), "cleo@x.example", "notice.moved")
	})
}

// In quiet hours a message waits, and then tells what holds by then.
func TestMessages_quietHours(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := d.reached("Amal", practice.Contact{Zone: "Asia/Tokyo", QuietFrom: 18 * 60, QuietTo: 8 * 60}) // it is 19:00 there
		bo := d.reached("Bo", practice.Contact{})
		r := d.call(amal, bo)
		got := d.sent()
		d.wants("at once", got, "amal@x.example", "")
		d.wants("at once", got, "bo@x.example", "notice.invited")
		d.now = d.now.Add(time.Hour)
		r = d.move(r, 2*time.Hour)
		d.wants("an hour later", d.sent(), "amal@x.example", "")
		d.now = time.Date(2026, 6, 8, 22, 59, 0, 0, time.UTC)
		d.wants("a minute before", d.sent(), "amal@x.example", "")
		d.now = d.now.Add(time.Minute)
		got = d.sent()
		d.wants("in the morning", got, "amal@x.example", "notice.invited")
		if m := got[0].Dispatches[0].Meeting; m == nil || !m.Review.MeetAt.Equal(r.MeetAt) || got[0].Zone.String() != "Asia/Tokyo" {
			t.Errorf("tells %+v in %v, want %v", m, got[0].Zone, r.MeetAt)
		}
	})
}

func TestMessages_weekly(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := d.reached("Amal", practice.Contact{Weekly: true})
		first := d.call(amal)
		d.wants("what cannot wait", d.sent(), "amal@x.example", "notice.invited")
		d.came(first, amal)
		d.outcome(first, "notice.closed")
		d.now = d.now.AddDate(0, 0, 3)
		d.outcome(first, "notice.in-use")
		d.wants("during the week", d.sent(), "amal@x.example", "")
		d.now = time.Date(2026, 6, 15, 7, 0, 0, 0, time.UTC) // nine on Monday, in Berlin
		got := d.sent()
		d.wants("on Monday", got, "amal@x.example", "notice.closed notice.in-use")
		if len(got) != 1 {
			t.Errorf("%d mails, want one", len(got))
		}
		d.now = d.now.AddDate(0, 0, 7)
		d.wants("the week after", d.sent(), "amal@x.example", "")
	})
}

// What comes in while the weekly mail is on its way goes with the next.
func TestMessages_weeklyMeanwhile(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := d.reached("Amal", practice.Contact{Weekly: true})
		r := d.call(amal)
		d.sent()
		d.came(r, amal)
		d.outcome(r, "notice.closed")
		d.now = time.Date(2026, 6, 15, 7, 0, 0, 0, time.UTC)
		j, err := d.store.ClaimJob(t.Context(), []string{store.JobSend}, time.Minute)
		is(t, "claim", err, "")
		var job store.DispatchJob
		is(t, "payload", json.Unmarshal(j.Payload, &job), "")
		p, err := d.app.Parcel(t.Context(), job.Dispatch)
		is(t, "parcel", err, "")
		d.outcome(r, "notice.in-use")
		is(t, "delivered", d.app.Delivered(t.Context(), p), "")
		is(t, "finish", d.store.FinishJob(t.Context(), j), "")
		d.now = d.now.AddDate(0, 0, 7)
		d.wants("the week after", d.sent(), "amal@x.example", "notice.in-use")
	})
}

func TestMessages_contributors(t *testing.T) {
	onDesks(t, func(d *desk) {
		came, stayed, added := d.reached("Amal", practice.Contact{}), d.reached("Bo", practice.Contact{}), d.reached("Cleo", practice.Contact{})
		gone := d.reached("Dele", practice.Contact{})
		r := d.call(came, stayed, gone)
		d.sent()
		d.came(r, came)
		d.came(r, gone)
		_, err := d.app.AddFact(t.Context(), added, practice.Fact{Failure: r.Failure, Text: "It rained"}, nil)
		is(t, "fact", err, "")
		is(t, "let go", d.app.LetGo(t.Context(), d.steward, gone.Member, nil), "")
		d.outcome(r, "notice.closed")
		var to []string
		for _, p := range d.sent() {
			to = append(to, p.Mail)
		}
		slices.Sort(to)
		if got := strings.Join(to, " "); got != "amal@x.example cleo@x.example" {
			t.Errorf("told %s", got)
		}
		home, err := d.app.Home(t.Context(), d.steward) // who reported it, and has no mail
		is(t, "home", err, "")
		if len(home.Notices) != 1 || home.Notices[0].Code != "notice.closed" {
			t.Errorf("the reporter reads %+v", home.Notices)
		}
	})
}

// One in writing is called off after it began: what was written is gone, everybody who is
// invited reads why. While it is on hold nothing of it goes.
func TestCallOff_inWriting(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal := d.reached("Amal", practice.Contact{})
		r := d.call(amal)
		d.sent()
		seat := practice.Seat{Review: r.ID, Key: "a"}
		d.must("begin and write", d.store.Update(t.Context(), func(tx *store.Tx) error {
			was := r.Version
			r.Form, r.Zone, r.StartedAt, r.DaysFrom, r.Phase, r.Version = practice.FormDays, "UTC", d.now, d.now, practice.PhaseIntended, was+1
			return errors.Join(tx.SaveReview(r, was), tx.SetSeats(r.ID, []string{seat.Key}),
				tx.SetAnswers(r.ID, practice.PhaseIntended, []practice.Answer{{ID: "ans_1", Mark: "m", Text: "Fifty by noon."}}))
		}))
		is(t, "without a reason", d.app.CallOff(t.Context(), d.steward, r.ID, ""), "off.why")
		d.must("hold", d.store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.SaveHold(practice.Hold{ID: "hld_1", Failure: r.Failure, Why: "The court asks.", By: d.steward.Member, At: d.now})
		}))
		is(t, "while it is on hold", d.app.CallOff(t.Context(), d.steward, r.ID, "Everybody is away."), "hold.stays")
		d.must("end the hold", d.store.Update(t.Context(), func(tx *store.Tx) error {
			h, err := tx.HoldOn(r.Failure)
			h.EndedAt = d.now
			return errors.Join(err, tx.SaveHold(h))
		}))
		d.must("call off", d.app.CallOff(t.Context(), d.steward, r.ID, "Everybody is away."))
		d.wants("called off", d.sent(), "amal@x.example", "notice.off-why")
		d.must("look", d.store.View(t.Context(), func(tx *store.Tx) error {
			left, err := tx.Answers(r.ID, practice.PhaseIntended)
			seats, err2 := tx.Seats(r.ID)
			if len(left)+len(seats) > 0 {
				t.Errorf("left are %v, %v", left, seats)
			}
			return errors.Join(err, err2)
		}))
	})
}
