package loop

import (
	"regexp"
	"strings"
	"testing"

	"debrief/internal/prose"
	"debrief/internal/web/webtest"
	"debrief/internal/words"
)

// bare is a text without white space, signs and tags, to look for words in.
func bare(text string) string {
	text = regexp.MustCompile(`<[^>]*>|&[a-z]+;|&#[0-9]+;`).ReplaceAllString(text, " ")
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789", r) && !isLetter(r) }), " ")
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// What the record says, it says as a page and as a file, with the year to each
// day: whoever takes it along reads it later.
func TestRecord_theFileSaysWhatThePageSays(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	f := webtest.Frames(t)[1]
	f.Year = words.EveryYear
	_, full := webtest.SampleOf("record", f)
	p := full.(recordPage)
	p.House.Guardian = "Vera"
	p.R.Failure.Text = p.R.Failure.Title + ". Nobody looked at it again."
	p.R.Gaps[0].At, p.R.Review.MeetAt = webtest.Noon, webtest.Noon.AddDate(0, 0, 9)
	markdown := p.Markdown()
	page, file := bare(webtest.Executed(t, s, "record", p)), bare(string(prose.HTML(markdown)))
	for _, said := range []string{
		p.Source(), p.Clocks(), "Vera", "2026", "Met after 54 hours", p.Say("record.late", "why", "leave"), p.Say("record.few", "why", "ill"),
		"1 " + p.Say("question.1.name"), "2 " + p.Say("question.2.name"), "3 " + p.Say("question.3.name"), "4 " + p.Say("question.4.name"),
		"hot", p.Moment(webtest.Noon), p.Became(p.R.Gaps[0]), p.Became(p.R.Gaps[2]), "Next question", webtest.Try.Next, "So we plan on", webtest.Limit.Assume, "Nobody looked at it again.", p.Carry(), p.Stands(*p.R.Carried),
	} {
		if !strings.Contains(page, bare(said)) {
			t.Errorf("%q is not on the page:\n%s", said, page)
		}
		if !strings.Contains(file, bare(said)) {
			t.Errorf("%q is not in the file:\n%s", said, markdown)
		}
	}
	if !strings.Contains(markdown, "<"+webtest.Guard.Link+">") {
		t.Errorf("the file does not lead to %s", webtest.Guard.Link)
	}
	for _, line := range []string{"today", "yesterday", p.Say("record.opened.title")} {
		if strings.Contains(markdown, line) {
			t.Errorf("the file says %q", line)
		}
	}
}
