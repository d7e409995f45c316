package people

import (
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("kept", func(f *frame.Frame) (any, any) {
	f.You = &frame.You{Name: "Rita", Records: true}
	hold := app.Held{Hold: practice.Hold{ID: "hld_1", Why: "a court asked", At: webtest.Noon}, Number: 12}
	known := app.Held{Hold: practice.Hold{ID: "hld_2", Why: "inspectors asked", At: webtest.Noon, Until: webtest.Noon}, Number: 7, Title: "The oven was hot", By: "Rita"}
	ended, over := known, hold
	ended.EndedAt, ended.EndedWhy, ended.EndedName, over.EndedAt = webtest.Noon, "they came", "Rita", webtest.Noon
	retention := app.Retention{Kept: []practice.Kept{{Class: practice.ClassAnswers, Days: 90, Set: practice.KeptByStewards, Goes: true, Next: webtest.Noon, Count: 2},
		{Class: practice.ClassReceipts, Days: 365, Goes: true, Next: webtest.Noon}, {Class: practice.ClassKnocks, Goes: true}, {Class: practice.ClassPool},
		{Class: practice.ClassBackups, Set: practice.KeptByOperator, Count: 14}},
		Holds:     []app.Held{hold, known, ended, over},
		Disposals: []practice.Disposal{{Class: practice.ClassAnswers, Count: 1, Day: webtest.Noon, Days: 90}, {Class: practice.ClassKnocks, Day: webtest.Noon}},
		Erasures:  []app.Erased{{Erasure: practice.Erasure{Day: webtest.Noon, Why: "by letter"}, Steward: "Noor"}, {Erasure: practice.Erasure{Day: webtest.Noon, Why: "by mail"}}},
		Records:   []practice.Member{{Name: "Rita"}}}
	return keptPage{inTeam: inTeam{f}, Number: 8}, keptPage{inTeam: inTeam{f}, Form: webtest.WrongForm(f, "ended"), Number: 12, End: 12, Steward: true, Retention: retention,
		Upkeep: app.Upkeep{Nightly: true, LastBackup: practice.LastBackup{At: webtest.Noon, Size: 2 << 20, Tried: webtest.Noon.Add(time.Hour), Fault: "no space left on device"}}}
})
