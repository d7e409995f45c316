package stories

import (
	"fmt"
	"testing"

	"debrief/internal/debrieftest"
)

// Twelve people sit in one room, each with a browser of their own that knows no
// cookie of the others. All of them follow one reveal and one change, and so
// does the one whose connection was gone while it happened.
func TestRoom_ofTwelve(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		people := []*debrieftest.Device{ines}
		for n := 2; n <= 12; n++ {
			people = append(people, s.joined(ines, fmt.Sprint("Person ", n), []int{debrieftest.Desktop, debrieftest.Phone}[n%2]))
		}
		s.called(people...)
		for _, d := range people {
			s.seat(d)
		}
		ines.See(s.Say("room.wait.here.n", "n", 12))
		ines.Click(s.Say("room.wait.begin"))
		people[1].See(s.Say("room.news.begun"))
		for _, d := range people[1:] {
			// Nobody touches anything: the page goes there by itself.
			d.See(s.Say("question.1.write"))
		}

		away, last := people[5], people[11]
		for n, d := range people[:11] {
			s.write(d, "question.1.write", fmt.Sprintf("Twelve boxes by two, says number %d.", n+1))
			d.See(s.Say("room.write.in"))
		}
		away.Offline(true)
		s.write(last, "question.1.write", "Brake pads among them.")
		for _, d := range people {
			if d != away {
				d.See("Brake pads among them.")
			}
		}
		away.Gone("Brake pads among them.")
		ines.Type("[name=text]", "Twelve boxes, brake pads among them, by two.")
		ines.Click(s.Say("room.agree.stand"))
		for _, d := range people {
			if d != away {
				d.See(s.Say("room.agree.count", "n", 1, "all", 12))
				d.Holds("[name=text]", "Twelve boxes, brake pads among them, by two.")
			}
		}

		away.Offline(false)
		away.See("Brake pads among them.")
		away.See(s.Say("room.agree.count", "n", 1, "all", 12))
		for n := range people[:11] {
			away.See(fmt.Sprintf("says number %d.", n+1))
		}
		away.Holds("[name=text]", "Twelve boxes, brake pads among them, by two.")
	})
}
