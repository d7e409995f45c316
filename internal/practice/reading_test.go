package practice

import "testing"

func TestReader_Reads(t *testing.T) {
	for _, c := range []struct {
		who          string
		reader       Reader
		want, ticked Reading
	}{
		{"a participant", Reader{Took: true, Team: true}, ReadsWhole, ReadsWhole},
		{"a participant from elsewhere", Reader{Took: true}, ReadsWhole, ReadsWhole},
		{"a participant who leads another", Reader{Took: true, Leads: true}, ReadsWhole, ReadsWhole},
		{"whoever reported it", Reader{Reported: true, Team: true}, ReadsWhole, ReadsWhole},
		{"the team", Reader{Team: true}, ReadsShort, ReadsWhole},
		{"a leader", Reader{Leads: true}, ReadsShort, ReadsWhole},
		{"the carrier", Reader{Carries: true}, ReadsShort, ReadsWhole},
		{"another team", Reader{}, ReadsNothing, ReadsNothing},
	} {
		if got, ticked := c.reader.Reads(false), c.reader.Reads(true); got != c.want || ticked != c.ticked {
			t.Errorf("%s reads %d, and %d where everybody ticked; want %d and %d", c.who, got, ticked, c.want, c.ticked)
		}
	}
}
