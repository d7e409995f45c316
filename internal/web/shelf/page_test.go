package shelf

import (
	"testing"

	"debrief/internal/web/webtest"
)

func TestPages_emptyAndFull(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryPage(t, s, Templates)
}

func TestPages_sayTheWordsOfTheirPack(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryWord(t, s)
}
