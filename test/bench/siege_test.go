package bench

import (
	"context"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// BenchmarkSiege asks for the start page over eight connections while nobody else
// is there, and while four thousand connect and say nothing, two thousand stop in
// the middle of their head and two thousand have asked once and stay. It ends when
// the server has let go of all of them.
func BenchmarkSiege(b *testing.B) {
	site, ines := founded(b)
	page := served{"page", func() error {
		_, err := ines.Get(context.Background(), site.URL+"/")
		return err
	}}
	ask := page.hammered(b, 8).once
	ask() // opens the connections
	var stay *debrieftest.Siege
	quiet := measure{"alone", ask}
	besieged := measure{"besieged", func() time.Duration {
		if stay == nil {
			stay = debrieftest.Besiege(b, site.URL, map[string]int{debrieftest.AskOnce: 2000})
		}
		siege := debrieftest.Besiege(b, site.URL, map[string]int{debrieftest.Nothing: 4000, debrieftest.HalfHead: 2000})
		took := ask()
		lifted(b, siege)
		return took
	}}
	compare(b, quiet, besieged)
	lifted(b, stay)
}

// lifted waits until the server has let go of everybody.
func lifted(b *testing.B, s *debrieftest.Siege) {
	b.Helper()
	select {
	case <-s.Lifted:
	case <-time.After(debrieftest.Patience):
		b.Fatal("somebody who wants nothing is still held")
	}
}
