package app_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// onReferral hands the gap of a closed review to somebody of another team.
func onReferral(t *testing.T, test func(r *handed)) {
	storetest.Each(t, func(t *testing.T, address string) {
		r := &handed{T: t, now: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)}
		r.store = storetest.Open(t, address, func(o *store.Options) { o.Now = func() time.Time { return r.now } })
		r.app, r.steward = setUp(t, r.store)
		r.amal, r.kim, r.far = add(t, r.app, r.steward, "Amal"), add(t, r.app, r.steward, "Kim"), add(t, r.app, r.steward, "Far")
		r.kim.Teams, r.far.Teams = nil, nil
		is(t, "they are of no team of ours", r.store.Update(t.Context(), func(tx *store.Tx) error {
			kim, err1 := tx.Member(r.kim.Member)
			far, err2 := tx.Member(r.far.Member)
			kim.Teams, far.Teams = nil, nil
			return errors.Join(err1, err2, tx.SaveMember(kim), tx.SaveMember(far))
		}), "")
		review := closedReview(t, r.store, r.amal, r.steward.Member, r.steward.Member)
		is(t, "hand over", r.store.Update(t.Context(), func(tx *store.Tx) error {
			gaps, err := tx.Gaps(review.ID)
			if err != nil {
				return err
			}
			g := gaps[0]
			r.gap, g.Route = g.ID, practice.Route{Kind: practice.RouteReferral, Why: "The key is theirs."}
			g.Version++
			return errors.Join(tx.SaveGap(g, g.Version-1), tx.AddReferral(g.ID, practice.Receiver{To: r.kim.Member}))
		}), "")
		_, err := r.app.Referral(t.Context(), r.kim, r.gap)
		is(t, "before its review closed", err, "not.found")
		is(t, "begin", r.store.Update(t.Context(), func(tx *store.Tx) error {
			all, err := tx.BeginReferrals(review.ID)
			if err != nil || len(all) != 1 {
				t.Errorf("begins with %v", all)
			}
			is, err2 := tx.Referral(r.gap)
			team, err3 := tx.Team(r.steward.Teams[0])
			return errors.Join(err, err2, err3, tx.AskReceiver(is, team))
		}), "")
		test(r)
	})
}

type handed struct {
	*testing.T
	store                   *store.Store
	app                     *app.App
	steward, amal, kim, far practice.Actor
	gap                     practice.GapID
	now                     time.Time
}

func (r *handed) say(who practice.Actor, says practice.ReferralSays, why string, next practice.NewReceiver, code string) {
	r.Helper()
	is(r.T, string(says), r.app.AnswerReferral(r.Context(), who, r.gap, app.ReferralAnswer{Says: says, Why: why, Next: next}), code)
}

func (r *handed) reads(who practice.Actor, want practice.ReferralState) app.Referral {
	r.Helper()
	one, err := r.app.Referral(r.Context(), who, r.gap)
	is(r.T, "read", err, "")
	if one.State != want || one.Words.Where != "at the door" || one.Ask != "The key is theirs." {
		r.Errorf("reads %+v, want %s", one, want)
	}
	return one
}

func (r *handed) told(who practice.Actor, want ...string) {
	r.Helper()
	got := slices.DeleteFunc(notices(r.T, r.store, who.Member), func(code string) bool { return len(code) < 15 || code[:15] != "notice.referral" })
	if !slices.Equal(got, want) {
		r.Errorf("%s is told %v, want %v", who.Name, got, want)
	}
}

// Nobody outside answers for fourteen days: the team is told once, and its start page
// says so until it asks somebody else. Whoever is asked reads the words of the gap and no
// more, and nobody else reads anything.
func TestReferral_stuckOutside(t *testing.T) {
	onReferral(t, func(r *handed) {
		r.told(r.kim, "notice.referral")
		one := r.reads(r.kim, practice.ReferralWaits)
		if one.Own || !one.Mine || one.Failure.Title != "12 of 50" || one.Failure.Text != "" || one.Failure.ID != "" {
			r.Errorf("who is asked reads %+v", one.Failure)
		}
		if own := r.reads(r.amal, practice.ReferralWaits); !own.Own || own.Mine {
			r.Errorf("the team reads %+v", own)
		}
		_, err := r.app.Referral(r.Context(), r.far, r.gap)
		is(r.T, "somebody else", err, "not.found")
		home := func(who practice.Actor) int {
			h, err := r.app.Home(r.Context(), who)
			is(r.T, "home", err, "")
			return len(h.Referrals)
		}
		if home(r.amal) != 0 || home(r.kim) != 1 || home(r.far) != 0 {
			r.Errorf("start pages: %d %d %d", home(r.amal), home(r.kim), home(r.far))
		}
		r.now = r.now.Add(practice.ReferralTerm - time.Minute)
		is(r.T, "early", r.app.ChaseReferral(r.Context(), r.gap), "")
		r.told(r.amal)
		r.now = r.now.Add(time.Minute)
		is(r.T, "chase", r.app.ChaseReferral(r.Context(), r.gap), "")
		is(r.T, "no such gap", r.app.ChaseReferral(r.Context(), "gap_none"), "")
		r.told(r.amal, "notice.referral-stuck")
		r.reads(r.amal, practice.ReferralStuck)
		if home(r.amal) != 1 {
			r.Error("the start page does not say that it is stuck")
		}
		record, err := r.app.Record(r.Context(), r.amal, one.Failure.Number)
		is(r.T, "record", err, "")
		if l := record.Gaps[0]; l.Stands != practice.ReferralStuck || l.Receiver() != "Kim" {
			r.Errorf("the record says %s of %s", l.Stands, l.Receiver())
		}
		r.say(r.kim, practice.ReferralHand, "no", practice.NewReceiver{Name: "Far"}, "referral.team")
		r.say(r.amal, practice.ReferralAccept, "", practice.NewReceiver{}, "referral.yours")
		r.say(r.amal, practice.ReferralHand, "they may", practice.NewReceiver{Name: "Nobody we know"}, "referral.outside")
		r.say(r.amal, practice.ReferralHand, "they may", practice.NewReceiver{Name: "Nobody we know", Mail: "here"}, "referral.mail")
		r.say(r.amal, practice.ReferralHand, "they may", practice.NewReceiver{Name: "Far"}, "")
		r.told(r.amal)
		r.told(r.far, "notice.referral")
		if home(r.amal) != 0 || home(r.kim) != 0 || home(r.far) != 1 {
			r.Errorf("start pages: %d %d %d", home(r.amal), home(r.kim), home(r.far))
		}
		r.say(r.kim, practice.ReferralAccept, "", practice.NewReceiver{}, "referral.yours")
		r.say(r.far, practice.ReferralDecline, "", practice.NewReceiver{}, "referral.why")
		r.say(r.far, practice.ReferralDecline, "no money", practice.NewReceiver{}, "")
		r.told(r.amal, "notice.referral-decline")
		if one := r.reads(r.kim, practice.ReferralDeclined); len(one.Asked) != 2 || one.Names[r.far.Member] != "Far" {
			r.Errorf("the trail: %+v", one.Asked)
		}
		is(r.T, "all of it is shared", r.store.Update(r.Context(), func(tx *store.Tx) error {
			g, err := tx.Gap(r.gap)
			if err != nil {
				return err
			}
			review, err := tx.Review(g.Review)
			review.Whole = true
			review.Version++
			return errors.Join(err, tx.SaveReview(review, review.Version-1))
		}), "")
		var handed any
		is(r.T, "export", r.app.Export(r.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
			if e.File == "gaps.jsonl" {
				handed = e.Line["handed_to"]
			}
			return nil
		}), "")
		want := []map[string]any{{"name": "Kim", "asked_at": "2026-05-04T09:00:00Z", "until": "2026-05-18T09:00:00Z", "says": practice.ReferralHand, "why": "they may", "said_at": "2026-05-18T09:00:00Z"},
			{"name": "Far", "asked_at": "2026-05-18T09:00:00Z", "until": "2026-06-01T09:00:00Z", "says": practice.ReferralDecline, "why": "no money", "said_at": "2026-05-18T09:00:00Z"}}
		if !reflect.DeepEqual(handed, want) {
			r.Errorf("exported %v", handed)
		}
		is(r.T, "what is over", r.app.ChaseReferral(r.Context(), r.gap), "")
		r.told(r.amal, "notice.referral-decline")
	})
}

// Somebody without an account answers by a link that opens this one thing, and nothing
// once somebody else is asked.
func TestReferral_byLink(t *testing.T) {
	onReferral(t, func(r *handed) {
		_, err := r.app.ReferralPass(r.Context(), r.amal, r.gap)
		is(r.T, "a link for somebody with an account", err, "not.found")
		r.say(r.kim, practice.ReferralRedirect, "the landlord decides", practice.NewReceiver{Name: "Rosa", Mail: "rosa@x.example"}, "")
		r.told(r.amal, "notice.referral-redirect")
		_, err = r.app.ReferralPass(r.Context(), r.kim, r.gap)
		is(r.T, "a link for the one before", err, "not.found")
		g, err := r.app.ReferralPass(r.Context(), r.amal, r.gap)
		is(r.T, "a link", err, "")
		rosa := g.Pass.Actor(g.Member.Name)
		if one := r.reads(rosa, practice.ReferralWaits); !one.Mine || one.Own || one.Last().Mail != "" || !one.Guest || len(one.Asked) != 1 || len(one.Names) != 1 {
			r.Errorf("by the link: %+v", one)
		}
		if one := r.reads(r.amal, practice.ReferralWaits); one.Last().Mail != "rosa@x.example" {
			r.Errorf("the team reads %+v", one.Last())
		}
		other := g.Pass
		other.About = "gap_other"
		_, err = r.app.Referral(r.Context(), other.Actor("Rosa"), r.gap)
		is(r.T, "a link for something else", err, "not.found")
		back := errors.New("put back")
		err = r.store.Update(r.Context(), func(tx *store.Tx) error {
			err := tx.EraseMember(practice.Erasure{Member: rosa.Member, Called: "Someone"})
			is, err2 := tx.Referral(r.gap)
			if is.Last().Mail != "" {
				r.Error("an address stays of who was erased")
			}
			return errors.Join(err, err2, back)
		})
		if !errors.Is(err, back) {
			r.Error(err)
		}
		r.say(rosa, practice.ReferralRedirect, "the city does", practice.NewReceiver{Name: "Kim"}, "")
		_, err = r.app.Referral(r.Context(), rosa, r.gap)
		is(r.T, "the link is over", err, "not.found")
		r.say(r.kim, practice.ReferralAccept, "by June", practice.NewReceiver{}, "")
		r.told(r.amal, "notice.referral-accept")
		r.say(r.kim, practice.ReferralDecline, "after all", practice.NewReceiver{}, "referral.answered")
		r.say(r.amal, practice.ReferralBack, "so", practice.NewReceiver{}, "referral.answered")
	})
}
