package prose

import (
	"regexp"
	"strings"
)

// The kinds a record can say it is, as far as they matter here.
const (
	incidentReview = "incident-review"
	plannedChange  = "planned-change"
)

// Announcements of maintenance, migrations and trial brown-outs look like
// incidents and are not. One is recognised only when its title names planned
// work, its first words speak of what will be done, and nothing in it tells of
// a failure: a review left out by mistake is worse than an announcement taken.
var (
	plannedWork = regexp.MustCompile(`(?i)\b(migrat(ion|ions|ing|e)|maintenance|brown-?outs?|upgrad(e|es|ing)|decommission(ing)?|retire(ment)?|removal of|relocation|relocating|cut-?over|switch-?over|shut-?down of|end of life|sunset(ting)?|planned|scheduled|preparation of|trial run)\b`)
	willBeDone  = regexp.MustCompile(`(?i)(\bwe('|’)ll\b|\bwill (be|perform|migrate|proceed|switch|move|undergo|take place|start|begin|run|require|replace|upgrade|stop|have)\b|\b(is|are) (planned|scheduled|going to be)\b|\bscheduled (for|to|on)\b|\bplanned (maintenance|upgrade|migration|work|downtime)\b|\bmaintenance (window|on|of|is)\b|\bwe (plan|are going|intend) to\b|\bdue to (the|this|a) (planned|scheduled)\b)`)
	tellsOfPast = regexp.MustCompile(`(?i)(post-?mortem|root cause|incident (report|review|summary)|lessons? learn|what went (wrong|well)|contributing (factor|cause)|five whys|action items|time to (repair|resolve|detect)|\bunplanned\b|\b(was|were) (un|not )(available|able|expected)|\bwe (are|were) (investigating|alerted|paged)\b|\bunavailable due to\b|\boutage (started|began|lasted|was|finished)\b|\bunexpected(ly)?\b)`)
)

// opening is how much of a text says what it is about, in bytes.
const opening = 1500

// announces reports whether a text announces planned work instead of telling
// of a failure.
func announces(title, text string) bool {
	head := text
	if len(head) > opening {
		head = strings.ToValidUTF8(head[:opening], "")
	}
	return plannedWork.MatchString(title) && willBeDone.MatchString(head) && !tellsOfPast.MatchString(title+"\n"+text)
}
