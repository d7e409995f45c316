package loop

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func TestPages_emptyAndFull(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryPage(t, s, Templates)
}

// The page without signal is kept on devices of whoever comes in there: it is the
// same for everybody, and the same tomorrow.
func TestOffline_isTheSameForAll(t *testing.T) {
	one, _ := webtest.NewKit(t, Templates)
	other, _ := webtest.NewKit(t, Templates)
	other.Now = func() time.Time { return webtest.Noon.Add(30 * time.Hour) }
	var pages []string
	for _, s := range []*frame.Kit{one, other} {
		s.Mount((&Pages{s}).Routes()...)
		pages = append(pages, webtest.Get(t, s, "/offline").Body.String())
	}
	if pages[0] != pages[1] || !strings.Contains(pages[0], `action="/report"`) {
		t.Errorf("two pages:\n%s\n%s", pages[0], pages[1])
	}
}

func TestPages_sayTheWordsOfTheirPack(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryWord(t, s)
}
