package practice

import (
	"testing"
	"time"
)

func TestKnock_CheckYes(t *testing.T) {
	ben, noor := Actor{Member: "ben"}, Actor{Member: "noor", Steward: true}
	stranger := Knock{Name: "Amal"}
	for _, c := range []struct {
		what    string
		knock   Knock
		by      Actor
		known   Member
		comesIn bool
		may     bool
	}{
		{"a name nobody has", stranger, ben, Member{}, false, true},
		{"somebody on the list who never came in", stranger, ben, Member{ID: "amal", Active: true}, false, true},
		{"somebody who has a device", stranger, ben, Member{ID: "amal", Active: true}, true, false},
		{"the same, by a steward", stranger, noor, Member{ID: "amal", Active: true}, true, true},
		{"one's own second device", stranger, ben, Member{ID: "ben", Active: true}, true, true},
		{"a steward's name", stranger, ben, Member{ID: "noor", Active: true, Steward: true}, false, false},
		{"somebody who left", stranger, ben, Member{ID: "amal"}, false, false},
		{"the same, by a steward", stranger, noor, Member{ID: "amal"}, false, true},
		{"somebody known on their device", Knock{Member: "amal"}, ben, Member{ID: "amal", Active: true, Steward: true}, true, true},
	} {
		if err := c.knock.CheckYes(c.by, c.known, c.comesIn); (err == nil) != c.may {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func TestKnock_Waits(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	k := Knock{State: KnockWaiting, EndsAt: now}
	if k.Waits(now) || !k.Waits(now.Add(-time.Second)) {
		t.Error("a knock waits until its end, and not at it")
	}
	if k.State = KnockLetIn; k.Waits(now.Add(-time.Second)) {
		t.Error("one that was answered waits")
	}
}
