package practice

import (
	"strings"
	"time"
)

// Hot is what people wrote together on one phone in the five minutes after an
// action, beside the failure it became. It has no author and knows the day
// alone. Its kind and its change are what they proposed, and decide nothing.
type Hot struct {
	Failure FailureID
	Meant   string    // what was intended
	Parted  string    // where plan and reality parted
	Kind    Verdict   // avoidable, inherent or an experiment; mostly one of them
	Change  string    // one line for the procedure
	Carrier string    // what the others call the one person who takes it along
	Day     time.Time // midnight
}

// NewHot is a hot debrief as it is sent. Anything but what happened may be left
// out: everybody may pass.
type NewHot struct {
	Team     TeamID
	Meant    string
	Happened string
	Parted   string
	Kind     Verdict
	Change   string
	Carrier  string
	Day      time.Time // zero means today
	Drill    bool
	Severe   bool // somebody was hurt, died, was attacked or arrested
}

// Tidy trims what was typed.
func (n NewHot) Tidy() NewHot {
	for _, line := range []*string{&n.Meant, &n.Happened, &n.Parted, &n.Change, &n.Carrier} {
		*line = strings.TrimSpace(*line)
	}
	return n
}

// Check refuses what says nothing of what happened, what is longer than a line,
// and a carrier who is not one person.
func (n NewHot) Check(now time.Time) error {
	for _, line := range []struct{ field, text string }{
		{"meant", n.Meant}, {"happened", n.Happened}, {"parted", n.Parted}, {"change", n.Change},
	} {
		if tooLong(line.text, MaxLine) {
			return Refuse(Invalid, "too.long").At(line.field).With("max", MaxLine)
		}
	}
	switch {
	case strings.TrimSpace(n.Happened) == "":
		return Refuse(Invalid, "report.empty").At("happened")
	case n.Kind != "" && n.Kind != Avoidable && n.Kind != Inherent && n.Kind != Experiment:
		return Refuse(Invalid, "required").At("kind")
	case tooLong(n.Carrier, MaxName):
		return Refuse(Invalid, "too.long").At("carrier").With("max", MaxName)
	case notYet(n.Day, now):
		return Refuse(Invalid, "date.future").At("day")
	case tooOld(n.Day):
		return Refuse(Invalid, "date.old").At("day")
	case strings.TrimSpace(n.Carrier) == "":
		return nil
	}
	return notSeveral(FoldName(n.Carrier))
}

// Become makes the failure of a team that it turns into, and what stays beside
// it, on the day it was.
func (n NewHot) Become(id FailureID, day time.Time) (Failure, Hot) {
	n = n.Tidy()
	return Failure{ID: id, Team: n.Team, Title: Title(n.Happened), Text: n.Happened, Stage: StageAfter, RecognisedAt: day,
			Source: SourceHot, Triage: TriageNew, Standing: Reported, Drill: n.Drill, Severe: n.Severe},
		Hot{Failure: id, Meant: n.Meant, Parted: n.Parted, Kind: n.Kind, Change: n.Change, Carrier: n.Carrier, Day: day}
}
