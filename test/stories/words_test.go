package stories

import (
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// brokenWords are the words of a page that do not stand on one line.
const brokenWords = `(() => {
	const broken = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let n; n = texts.nextNode();) {
		if (!n.parentElement.checkVisibility({visibilityProperty: true}) || n.parentElement.closest('.vh') || /:\/\//.test(n.data)) continue
		for (const word of n.data.matchAll(/\p{L}{2,}/gu)) {
			const range = document.createRange()
			range.setStart(n, word.index)
			range.setEnd(n, word.index + word[0].length)
			if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) broken.push(word[0])
		}
	}
	return broken.join(' ')
})()`

// However narrow the screen and whichever words a team speaks, each of them
// stands on one line, and no page is wider than the screen.
func TestWords_areWhole(t *testing.T) {
	packs, err := words.LoadPacks()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range packs {
		t.Run(pack.ID, func(t *testing.T) {
			s := begin(t, debrieftest.Options{Database: storetest.SQLite(t)})
			d := s.somebody(debrieftest.Desktop)
			d.Open(s.site.SetUp)
			s.whole(d, "set-up")
			d.Evaluate("document.querySelector('[name=pack][value=" + pack.ID + "]').click()")
			d.Type("[name=organisation]", "Harbour Bikes")
			d.Type("[name=team]", "Workshop")
			d.Type("[name=name]", "Ines")
			d.Click(s.Say("setup.do"))
			for _, address := range []string{"/", "/report", "/p", "/p/new", "/constraints", "/findings", "/team", "/more"} {
				d.Open(address)
				s.whole(d, address)
			}
		})
	}
}

func (s *story) whole(d *debrieftest.Device, page string) {
	s.Helper()
	for _, width := range []int{320, debrieftest.Phone, debrieftest.Desktop} {
		d.Resize(width)
		if broken := d.Evaluate(brokenWords); broken != "" {
			s.Errorf("%s, %d wide, breaks %s", page, width, broken)
		}
		if over := d.Evaluate("document.documentElement.scrollWidth - innerWidth"); over != "0" {
			s.Errorf("%s, %d wide, is %s wider than the screen", page, width, over)
		}
	}
}
