package rest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What people do and the API does not, each with its reason.
var notByAPI = map[string]string{
	"App.Answers":         "what a page says before it opens them",
	"App.BackedUp":        "a job",
	"Rooms.SaidReady":     "in the browser that said it",
	"App.Backup":          "a file, behind the passphrase",
	"App.ChaseCarry":      "a job",
	"App.ChaseReferral":   "a job",
	"App.Dispose":         "a job",
	"App.AskedMail":       "behind a link in a mail",
	"App.ConfirmMail":     "behind a link in a mail",
	"App.Delivered":       "a job",
	"App.CauseOf":         "the firings of a plan name their failures",
	"App.CarriedOn":       "both plans are there to compare",
	"App.Known":           "a monitor's, by its own address",
	"App.Deliver":         "a monitor's, by its own address",
	"App.Door":            "the review and its place, on one page",
	"App.EraseMe":         "for good, and behind the passphrase",
	"App.EraseMember":     "for good, and behind the passphrase",
	"App.Ledger":          "a list beside the database",
	"App.Export":          "the operator's",
	"App.HoldingsIn":      "those of Holdings that are one team's",
	"App.FeedOf":          "a calendar, by its own address",
	"App.Changeable":      "a select on a page; changing another one is refused",
	"App.HeldAssumptions": "a select on a page; the list is asked for a state",
	"App.ForgetDispatch":  "a job",
	"App.ImportProcedure": "the operator's",
	"App.Offerable":       "what a page says before somebody offers it; offering refuses the same",
	"App.OnShelf":         "numbers on tabs; a client counts what it reads",
	"App.ImportReviews":   "the operator's",
	"App.Fill":            "the index's",
	"App.Freeze":          "the index's",
	"App.Likenesses":      "the index's",
	"App.ChaseGap":        "a job",
	"App.CheckUse":        "a job",
	"App.KeepPulses":      "a job",
	"App.CauseDoor":       "the words of a page",
	"App.PulseDoor":       "the words of a page",
	"Rooms.Sheet":         "the words of a page",
	"App.TurnCycles":      "a job",
	"App.WatchAlarms":     "a job",
	"App.TellConflicts":   "a job",
	"App.TellLooks":       "a job",
	"App.AskEffects":      "a job",
	"App.MayCall":         "calling a review says so",
	"App.ToBeginWith":     "a page's; a client lists failures",
	"App.CloseReady":      "a job",
	"Rooms.GiveUp":        "a seat that ended, in the browser that draws anew",
	"Rooms.ForgetLate":    "a job",
	"Rooms.Late":          "what a page offers; the taps themselves are there",
	"Rooms.Names":         "a hint beside a field",
	"App.Learn":           "the index's",
	"App.LearnAll":        "the index's",
	"App.Mine":            "a file, behind the passphrase",
	"App.MemberByName":    "the operator's",
	"App.MeetingOf":       "a calendar file; the review has its time",
	"App.NameOf":          "a word on a page",
	"App.NotDelivered":    "a job",
	"App.OwnProcedure":    "without the version somebody saw",
	"App.OwnReport":       "a failure, and whether an act on it would be refused",
	"App.Pages":           "two versions beside each other, on a page",
	"App.Parcel":          "a job",
	"App.PlanOf":          "a plan, by the id that its failure has",
	"App.Place":           "the words of a page",
	"App.Replay":          "a list beside the database",
	"App.Procedures":      "the shelf, and each by itself",
	"App.TeamsOf":         "the teams, and who I am",
	"App.WhoAre":          "names on a form; a client sends ids",
	"App.Run":             "one of the runs that a page asks a witness about",
	"App.SeeTour":         "that somebody was led to a page",
	"App.Upkeep":          "the server's own, on a page",
	"App.RoomsNow":        "at the tablet on the wall: a program has no name picked for it",
	"Rooms.Clock":         "a job",
	"Rooms.House":         "the words of a page",
	"Rooms.Release":       "a job",
	"Rooms.Remind":        "a job",
	"Rooms.Sits":          "asked before every operation of a seat",
}

var (
	verbOf   = regexp.MustCompile(`(?m)^func \((?:a|rooms) \*(App|Rooms)\) ([A-Z]\w*)\(`)
	usesVerb = regexp.MustCompile(`s\.(App|Rooms)\.([A-Z]\w*)\b`)
)

// verbs finds them in the files of a folder.
func verbs(t *testing.T, pattern string, what *regexp.Regexp) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	files, _ := filepath.Glob(pattern)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range what.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasSuffix(name, "_test.go") {
				found[m[1]+"."+m[2]] = true
			}
		}
	}
	return found
}

// What people can do on pages, a program can do by the API.
func TestVerbs_areInTheAPI(t *testing.T) {
	used, looked := verbs(t, "*.go", usesVerb), 0
	for _, room := range []string{"app", "room"} {
		for verb := range verbs(t, "../"+room+"/*.go", verbOf) {
			looked++
			switch why := notByAPI[verb]; {
			case used[verb] && why != "":
				t.Errorf("%s is in the API, and listed as not", verb)
			case !used[verb] && why == "":
				t.Errorf("%s is not in the API", verb)
			}
		}
	}
	if looked < 120 {
		t.Errorf("only %d verbs were looked at", looked)
	}
}
