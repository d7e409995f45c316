package frame

import (
	"net/http"

	"debrief/internal/practice"
)

// morePage lists what has no place in the navigation: what waits for something
// to say, with one line about what it waits for, and what is rarely needed.
type morePage struct {
	*Frame
	Rooms []moreRoom
}

// moreRoom is one entry of the page.
type moreRoom struct{ Name, Line, To string }

func (s *Kit) showMore(w http.ResponseWriter, _ *http.Request, f *Frame, _ practice.Actor) error {
	f.Title = f.Say("more.title")
	page := morePage{Frame: f}
	for _, room := range []struct{ name, to string }{
		{"hot", "/hot"}, {"plans", "/plan"}, {"vitality", "/vitality"}, {"pause", practice.PausePath}, {"tour", "/tour"}, {"constraints", "/c"}, {"findings", "/e"}, {"receipt", s.ReceiptAddress()}, {"groups", "/groups"}, {"team", "/team"}, {"you", "/you"},
	} {
		page.Rooms = append(page.Rooms, moreRoom{f.Say("more." + room.name), f.Say("more." + room.name + ".line"), room.to})
	}
	return s.Show(w, http.StatusOK, "more", page)
}
