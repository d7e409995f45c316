package people

import (
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("guardians", func(f *frame.Frame) (any, any) {
	if f.You == nil {
		f.You = &frame.You{ID: "mem_x"}
	}
	page := guardiansPage{inTeam: inTeam{f}, steward: true, Times: practice.GuardianTimes{
		Read:   practice.AnswerTimes{From: webtest.Noon, Until: webtest.Noon, Enough: true, Week: practice.PortionAll, Month: practice.PortionNone, Later: practice.PortionNone},
		Answer: practice.AnswerTimes{From: webtest.Noon, Until: webtest.Noon, Enough: true, Week: practice.PortionMost, Month: practice.PortionNone, Later: practice.PortionSome}}, Words: "one two three", Organisation: practice.Organisation{OtherWay: "the works council"},
		People: []practice.Member{{ID: "mem_n", Name: "Noor"}}}
	for i, g := range []practice.Guardian{{}, {Agreed: true}, {Lookup: "x"}, {Agreed: true, Lookup: "x"}, {Agreed: true, Lookup: "x", EndBy: "mem_s"}, {Agreed: true, Lookup: "x", EndBy: f.You.ID}} {
		g.Member, g.Name, g.NamedBy = practice.MemberID("mem_"+string(rune('a'+i))), "Mira", "mem_s"
		page.All = append(page.All, g)
	}
	page.All[3].Member = f.You.ID
	return guardiansPage{inTeam: inTeam{f}}, page
})
