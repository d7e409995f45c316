package practice

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// Some sheets by their band.
var (
	dares   = Sheet{1, 7, 1, 7, 1, 7, 7}
	doesNot = Sheet{7, 1, 7, 1, 7, 1, 1}
	between = Sheet{4, 4, 4, 4, 4, 4, 4}
)

func TestSheet_sum(t *testing.T) {
	for _, c := range []struct {
		sheet Sheet
		sum   int
		band  Band
	}{
		{dares, 49, BandHigh}, {doesNot, 7, BandLow}, {between, 28, BandMixed},
		{Sheet{7, 7, 7, 7, 7, 7, 7}, 31, BandMixed}, // agrees with everything
		{Sheet{3, 5, 3, 5, 3, 5, 5}, 35, BandHigh}, {Sheet{3, 5, 3, 5, 3, 5, 4}, 34, BandMixed},
		{Sheet{5, 3, 5, 3, 5, 3, 3}, 21, BandLow}, {Sheet{5, 3, 5, 3, 5, 3, 4}, 22, BandMixed},
	} {
		if c.sheet.Sum() != c.sum || c.sheet.Band() != c.band || c.sheet.Check() != nil {
			t.Errorf("%v is %d, %s", c.sheet, c.sheet.Sum(), c.sheet.Band())
		}
	}
	if all := (Sheet{1, 0, 3, 8, 5, 6, 7}).Missing(); !slices.Equal(all, []int{2, 4}) {
		t.Errorf("missing: %v", all)
	}
}

func TestPulseCount_band(t *testing.T) {
	for c, want := range map[PulseCount]Band{
		{High: 6, Low: 1}: BandMixed, // not "6.1, fine"
		{High: 7}:         BandHigh, {High: 4, Mixed: 2}: BandHigh, {High: 3, Mixed: 2}: BandMixed,
		{Low: 3, High: 3}: BandLow, {Low: 2, High: 3}: BandMixed, {High: 19, Low: 1}: BandHigh, {High: 18, Low: 2}: BandMixed,
	} {
		if c.Band() != want {
			t.Errorf("%+v is %s", c, c.Band())
		}
	}
}

func boxOf(team string, asked int, sheets ...Sheet) PulseBox {
	b := PulseBox{Pulse: Pulse{Team: TeamID(team)}, Sheets: sheets}
	for n := range asked {
		b.Pulse.Asked = append(b.Pulse.Asked, MemberID(fmt.Sprint(team, n)))
	}
	return b
}

func times(n int, s Sheet) []Sheet { return slices.Repeat([]Sheet{s}, n) }

func TestCountPulses_floors(t *testing.T) {
	said := func(boxes ...PulseBox) (all []string) {
		for _, r := range CountPulses(boxes) {
			all = append(all, fmt.Sprint(r.Team, " ", r.Band, " ", r.Size, " ", r.Count.Low, r.Count.Mixed, r.Count.High))
		}
		return all
	}
	for _, c := range []struct {
		what  string
		boxes []PulseBox
		want  []string
	}{
		{"nobody", nil, nil},
		{"four", []PulseBox{boxOf("a", 6, times(4, dares)...)}, []string{"a  0 0 0 0"}},
		{"five of nine", []PulseBox{boxOf("a", 9, times(5, dares)...)}, []string{"a  0 0 0 0"}},
		{"six of ten", []PulseBox{boxOf("a", 10, times(6, dares)...)}, []string{"a high 5 0 0 0"}},
		{"ten alike", []PulseBox{boxOf("a", 10, times(10, dares)...)}, []string{"a high 5 0 0 0"}},
		{"thirteen", []PulseBox{boxOf("a", 13, append(times(8, dares), times(5, between)...)...)}, []string{"a mixed 10 0 40 60"}},
		{"thirteen, four of them others", []PulseBox{boxOf("a", 13, append(times(9, dares), times(4, between)...)...)}, []string{"a high 5 0 0 0"}},
		{"thirteen alike", []PulseBox{boxOf("a", 13, times(13, dares)...)}, []string{"a high 5 0 0 0"}},
		{"twenty", []PulseBox{boxOf("a", 20, append(times(15, dares), append(times(4, between), doesNot)...)...)}, []string{"a high 20 1 4 15"}},
		{"three beside it", []PulseBox{boxOf("a", 8, append(times(5, dares), times(3, between)...)...), boxOf("b", 6, times(3, doesNot)...)}, []string{"a  0 0 0 0", "b  0 0 0 0", " mixed 10 30 30 50"}},
		{"none beside it", []PulseBox{boxOf("a", 8, times(8, dares)...), boxOf("b", 5)}, []string{"a high 5 0 0 0", "b  0 0 0 0", " high 5 0 0 0"}},
		{"a few in each of two", []PulseBox{boxOf("a", 8, times(8, dares)...), boxOf("b", 6, times(3, doesNot)...), boxOf("c", 6, times(3, doesNot)...)},
			[]string{"a high 5 0 0 0", "b  0 0 0 0", "c  0 0 0 0", " mixed 5 0 0 0"}},
		{"what is left of all is six", []PulseBox{boxOf("a", 20, append(times(15, dares), times(5, doesNot)...)...), boxOf("b", 6, times(6, doesNot)...)},
			[]string{"a mixed 20 5 0 15", "b low 5 0 0 0", " mixed 5 0 0 0"}},
	} {
		if got := said(c.boxes...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// However people answer, no difference of what is said is of fewer than five sheets, and
// nothing exact is of fewer than twenty.
func TestCountPulses_differences(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 5))
	shown := 0
	for range 20_000 {
		var boxes []PulseBox
		for n := range 1 + rnd.IntN(4) {
			asked := PulseFew + rnd.IntN(30)
			b := boxOf(fmt.Sprint("t", n), asked)
			for range rnd.IntN(asked + 1) {
				b.Sheets = append(b.Sheets, []Sheet{dares, doesNot, between}[rnd.IntN(3)])
			}
			boxes = append(boxes, b)
		}
		results := CountPulses(boxes)
		rest, told := 0, 0
		for i, b := range boxes {
			if !results[i].Said() {
				rest += len(b.Sheets)
				continue
			}
			told++
			if n := len(b.Sheets); n < 5 || 5*n < 3*len(b.Pulse.Asked) || results[i].Exact() && n < PulseFine || n < PulseRough && results[i].Count.Of() > 0 {
				t.Fatalf("%d of %d: %+v", n, len(b.Pulse.Asked), results[i])
			}
		}
		shown += told
		if len(boxes) == 1 {
			continue
		}
		house := results[len(boxes)]
		if house.Said() && rest > 0 && rest < PulseFew {
			t.Fatalf("the organisation less its teams is %d", rest)
		}
		if house.Exact() && rest > 0 && rest < PulseFine || house.Rough() && rest > 0 && rest < PulseRough {
			t.Fatalf("the organisation less its teams is %d, and said as %+v", rest, house)
		}
	}
	if shown < 5000 {
		t.Errorf("only %d were shown", shown)
	}
}

func TestAskOnce(t *testing.T) {
	people := func(from, to int) (all []MemberID) {
		for n := from; n < to; n++ {
			all = append(all, MemberID(fmt.Sprintf("m%02d", n)))
		}
		return all
	}
	got := AskOnce([]Circle{{"large", people(0, 12)}, {"small", people(0, 6)}, {"tiny", people(20, 24)}, {"rest", people(8, 14)}})
	if len(got) != 2 || got[0].Team != "rest" || len(got[0].People) != 6 || got[1].Team != "small" || len(got[1].People) != 6 {
		t.Errorf("%+v", got)
	}
}

func TestOrganisation_pulseOpens(t *testing.T) {
	o := Organisation{Zone: "Europe/Berlin"}
	zone := o.Location()
	for at, want := range map[time.Time]time.Time{
		time.Date(2026, 5, 5, 0, 0, 0, 0, zone):    time.Date(2026, 6, 17, 0, 0, 0, 0, zone),
		time.Date(2026, 6, 20, 0, 0, 0, 0, zone):   time.Date(2026, 6, 17, 0, 0, 0, 0, zone), // it can be opened late
		time.Date(2026, 6, 28, 0, 0, 0, 0, zone):   time.Date(2026, 9, 17, 0, 0, 0, 0, zone),
		time.Date(2026, 12, 31, 23, 0, 0, 0, zone): time.Date(2027, 3, 18, 1, 0, 0, 0, zone), // the clock goes forward in between
	} {
		if got := o.PulseOpens(at); !got.Equal(want) && got.Sub(want).Abs() > 2*time.Hour {
			t.Errorf("from %s on it opens %s", at, got)
		}
	}
}
