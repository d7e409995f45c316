package practice

import (
	"slices"
	"testing"
	"time"
)

func TestAllGone_eachOnceUntilNoCopyIsLeft(t *testing.T) {
	today := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	on := func(print string, ago int) Gone { return Gone{print, today.AddDate(0, 0, -ago)} }
	got := AllGone(today, []Gone{on("b", 1), on("a", 35)}, []Gone{on("b", 3), on("old", 36), on("a", 35)})
	if want := []Gone{on("a", 35), on("b", 3)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestGonePrint_tellsIDsApart(t *testing.T) {
	if GonePrint("flr_1") == GonePrint("flr_2") || len(GonePrint("flr_1")) != 64 {
		t.Error(GonePrint("flr_1"), GonePrint("flr_2"))
	}
}

func TestLedger_lacks(t *testing.T) {
	known := Ledger{Erasures: []Erasure{{Member: "mem_1"}}, Redactions: []Redaction{{ID: "red_1"}}, Gone: []Gone{{Print: "a"}},
		Holds: []Hold{{ID: "hld_1", EndedAt: time.Unix(1, 0)}}}
	begun := known
	begun.Holds = []Hold{{ID: "hld_1"}}
	for want, l := range map[int]Ledger{0: known, 1: begun, 5: {}} {
		if got := l.Lacks(known); got != want {
			t.Errorf("it lacks %d, want %d", got, want)
		}
	}
}
