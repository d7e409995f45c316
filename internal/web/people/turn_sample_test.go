package people

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("turns", func(f *frame.Frame) (any, any) {
	people := []practice.Member{{ID: "mem_ilse", Name: "Ilse"}, {ID: "mem_d", Name: "Dana"}, {ID: "mem_e", Name: "Emre"}}
	return turnsPage{inTeam: inTeam{f}}, turnsPage{inTeam: inTeam{f}, Team: webtest.Permits, Form: webtest.WrongForm(f, "add"),
		Rota: app.Rota{Turns: practice.Turns{{Member: "mem_d"}, {Member: "mem_ilse"}}, Up: "mem_d", Away: []practice.MemberID{"mem_ilse"}, People: people}}
})
