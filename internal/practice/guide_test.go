package practice

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Whoever has a seat in it, or decides about somebody who has, leads no room from
// outside.
func TestMember_CheckGuide(t *testing.T) {
	ines, tariq := Member{ID: "ines", Name: "Ines", Active: true}, Member{ID: "tariq", Name: "Tariq", Active: true}
	invited := []Member{ines, tariq}
	f := Failure{Reporter: "rosa"}
	only := Failure{Only: []MemberID{"ines", "noor"}}
	for what, c := range map[string]struct {
		who  Member
		f    Failure
		code string
	}{
		"from outside":                    {Member{ID: "noor", Active: true}, f, ""},
		"leads somebody else":             {Member{ID: "noor", Active: true, Leads: []MemberID{"rosa"}}, f, ""},
		"invited":                         {ines, f, "guide.part"},
		"reported it":                     {Member{ID: "rosa", Active: true}, f, ""},
		"leads one of them":               {Member{ID: "noor", Active: true, Leads: []MemberID{"tariq"}}, f, "guide.leads"},
		"has left":                        {Member{ID: "noor"}, f, "member.unknown"},
		"without an account":              {Member{ID: "noor", Active: true, Guest: true}, f, "member.unknown"},
		"of what is restricted to others": {Member{ID: "kai", Active: true}, only, "guide.only"},
		"of what is restricted to them":   {Member{ID: "noor", Active: true}, only, ""},
	} {
		var refusal *Error
		err := c.who.CheckGuide(c.f, invited)
		if errors.As(err, &refusal); (err == nil) != (c.code == "") || err != nil && (refusal.Code != c.code || refusal.Field != "guide") {
			t.Errorf("%s: %v, want %q", what, err, c.code)
		}
	}
}

// Whoever was part of it says why they lead it, and whoever reported it was.
func TestGuide_Accept(t *testing.T) {
	for what, c := range map[string]struct{ who, why, code string }{
		"not part of it":            {"noor", "", ""},
		"part of it":                {"noor", " Nobody else is here. ", ""},
		"reported it":               {"rosa", " ", "guide.reported"},
		"reported it, and says why": {"rosa", "Nobody else is here.", ""},
		"at length":                 {"noor", strings.Repeat("x", MaxLine+1), "too.long"},
	} {
		was := Guide{Member: MemberID(c.who)}
		is, err := was.Accept(Failure{Reporter: "rosa"}, c.why)
		var refusal *Error
		if errors.As(err, &refusal); (err == nil) != (c.code == "") || err != nil && (refusal.Code != c.code || refusal.Field != "why" || is != was) {
			t.Errorf("%s: %+v, %v, want %q", what, is, err, c.code)
		}
		if err == nil && (!is.Outside || is.Why != strings.TrimSpace(c.why)) {
			t.Errorf("%s: %+v", what, is)
		}
	}
}

// Who leads is settled before the room begins, or in writing before its first answers
// open, and stays. A talk beforehand is asked for before anybody writes.
func TestReview_MayGuide(t *testing.T) {
	begun := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for what, c := range map[string]struct {
		r           Review
		guide, talk string
	}{
		"before":     {Review{Phase: PhaseArrive}, "", ""},
		"begun":      {Review{Phase: PhaseIntended, StartedAt: begun}, "guide.begun", "guide.begun"},
		"written":    {Review{Form: FormDays, Phase: PhaseIntended, StartedAt: begun}, "", "guide.begun"},
		"opened":     {Review{Form: FormDays, Phase: PhaseIntended, StartedAt: begun, WrittenAt: begun, Open: true}, "guide.begun", "guide.begun"},
		"gone on":    {Review{Form: FormDays, Phase: PhaseHappened, StartedAt: begun, WrittenAt: begun}, "guide.begun", "guide.begun"},
		"closed":     {Review{Phase: PhaseClosed, StartedAt: begun}, "review.closed", "review.closed"},
		"called off": {Review{Phase: PhaseOff}, "not.found", "not.found"},
	} {
		for i, err := range []error{c.r.MayGuide(), c.r.MayTalkFirst()} {
			var refusal *Error
			want := []string{c.guide, c.talk}[i]
			if errors.As(err, &refusal); (err == nil) != (want == "") || err != nil && refusal.Code != want {
				t.Errorf("%s: %v, want %q", what, err, want)
			}
		}
	}
}

// In writing, how many have written is told only once all is open.
func TestReview_Counts(t *testing.T) {
	for _, c := range []struct {
		r    Review
		want bool
	}{
		{Review{Form: FormLive}, true}, {Review{Form: FormLive, Open: true}, true},
		{Review{Form: FormDays}, false}, {Review{Form: FormDays, Open: true}, true},
	} {
		if got := c.r.Counts(); got != c.want {
			t.Errorf("%+v counts: %v", c.r, got)
		}
	}
}
