package loop

import (
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// offlinePage is what a browser shows that finds no way to the server: what
// waits on the device, and a form for one more. It is kept on every device that
// was let in, so it is the same for everybody and at all times: nothing of a
// person, a team or a clock is in it.
type offlinePage struct{ *frame.Frame }

func (s *Pages) showOffline(w http.ResponseWriter, r *http.Request) error {
	f := s.Strange(r)
	f.Title = f.Say("offline.title")
	return s.Show(w, http.StatusOK, "offline", offlinePage{f})
}

// What is the one field that is needed.
func (p offlinePage) What() frame.Field {
	return p.Field(nil, "what", "report.what", "").Needed().Limited(practice.MaxReport)
}

// Day and Time begin with the device's own.
func (p offlinePage) Day() frame.Field {
	return p.Field(nil, "day", "report.when.day", "").Kind("date").Little()
}

// Time is beside Day.
func (p offlinePage) Time() frame.Field {
	return p.Field(nil, "time", "report.when.time", "").Kind("time").Little()
}

// Other is for everybody it touched: groups are a team's.
func (p offlinePage) Other() frame.Field {
	return p.Field(nil, "other", "report.who", "").Limited(practice.MaxLine).Little()
}

// Hurts is never ticked yet.
func (p offlinePage) Hurts() bool { return false }

// When is asked with "just now" chosen.
func (p offlinePage) When() frame.Choices { return whenWasIt(p.Frame, nil, "") }

// Stage is one tap.
func (p offlinePage) Stage() frame.Choices { return whereItStands(p.Frame, nil) }
