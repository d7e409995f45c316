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
		{"whoever led it from outside", Reader{Guided: true}, ReadsShort, ReadsWhole},
		{"whoever led it from outside, of what is restricted to others", Reader{Guided: true, Only: true}, ReadsNothing, ReadsNothing},
		{"the carrier", Reader{Carries: true}, ReadsShort, ReadsWhole},
		{"the team, of what is restricted to others", Reader{Team: true, Only: true}, ReadsNothing, ReadsNothing},
		{"a leader, of what is restricted to others", Reader{Leads: true, Only: true}, ReadsNothing, ReadsNothing},
		{"somebody it is restricted to", Reader{Team: true, Only: true, Named: true}, ReadsShort, ReadsWhole},
		{"a participant, of what is restricted", Reader{Took: true, Only: true, Named: true}, ReadsWhole, ReadsWhole},
		{"somebody named whom it does not concern", Reader{Only: true, Named: true}, ReadsNothing, ReadsNothing},
		{"another team", Reader{}, ReadsNothing, ReadsNothing},
	} {
		if got, ticked := c.reader.Reads(false), c.reader.Reads(true); got != c.want || ticked != c.ticked {
			t.Errorf("%s reads %d, and %d where everybody ticked; want %d and %d", c.who, got, ticked, c.want, c.ticked)
		}
	}
}
