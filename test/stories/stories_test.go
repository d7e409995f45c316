// Package stories has people with browsers walk through Debrief: the real
// binary, on a screen and on a phone, on both databases wherever these matter. A page that breaks its
// content security policy, writes an error to the console or throws fails its
// story, whatever the story is about.
package stories

import (
	"flag"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// TestMain lets this test binary be a service as well, for a control. A story
// waits more than it works, so there is one more of them than processors.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		boundless()
		return
	}
	if err := flag.Set("test.parallel", strconv.Itoa(runtime.GOMAXPROCS(0)+1)); err != nil {
		panic(err)
	}
	os.Exit(debrieftest.Main(m))
}

// A story is a site and the words people see on it.
type story struct {
	*testing.T
	*words.Speaker
	site *debrieftest.Site
}

// tell tells a story on both databases at once.
func tell(t *testing.T, how func(*story)) {
	storetest.Each(t, func(t *testing.T, database string) {
		t.Parallel()
		how(begin(t, debrieftest.Options{Database: database}))
	})
}

// inTurn tells a story about what pages and devices do on one of the databases,
// beside others.
func inTurn(t *testing.T, how func(*story)) {
	t.Parallel()
	alone(t, how)
}

// alone is inTurn for a story that measures: nothing goes on beside it. The name of
// a story settles on which database it is told, so that each has about half of them.
// DEBRIEF_STORIES=both has each told on both.
func alone(t *testing.T, how func(*story)) {
	all := []struct {
		name string
		make func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}}
	if os.Getenv("DEBRIEF_STORIES") != "both" {
		n := len(t.Name()) % 2
		all = all[n : n+1]
	}
	for _, kind := range all {
		t.Run(kind.name, func(t *testing.T) { how(begin(t, debrieftest.Options{Database: kind.make(t)})) })
	}
}

func begin(t *testing.T, o debrieftest.Options) *story {
	t.Helper()
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	return &story{t, catalogue.Speaker("en", "default", time.UTC), debrieftest.Start(t, o)}
}

// somebody is a person who was not here before, with a device of their own.
func (s *story) somebody(width int) *debrieftest.Device {
	s.Helper()
	return debrieftest.NewDevice(s, s.site.URL, width)
}

// founder sets the organisation up and is its steward.
func (s *story) founder(width int) *debrieftest.Device {
	s.Helper()
	return s.founderWith(s.somebody(width))
}

// founderWith is founder with a device of their own.
func (s *story) founderWith(d *debrieftest.Device) *debrieftest.Device {
	s.Helper()
	d.Open(s.site.SetUp)
	d.Type("[name=organisation]", "Harbour Bikes")
	d.Type("[name=team]", "Workshop")
	d.Type("[name=name]", "Ines")
	d.Click(s.Say("setup.do"))
	return d
}

// joined is somebody whom the founder adds to the team and hands a link.
func (s *story) joined(founder *debrieftest.Device, name string, width int) *debrieftest.Device {
	s.Helper()
	founder.Open("/team/people")
	founder.Type("[name=names]", name)
	founder.Click(s.Say("people.add.do"))
	founder.Click(s.Say("people.link.make") + ", " + name)
	founder.See(s.Say("people.once"))
	d := s.somebody(width)
	d.Open(strings.TrimSpace(founder.Text("#secret")))
	d.Click(s.Say("people.link.do"))
	d.Gone(s.Say("people.link.do"))
	return d
}
