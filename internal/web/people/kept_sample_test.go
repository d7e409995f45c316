package people

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("kept", func(f *frame.Frame) (any, any) {
	return keptPage{inTeam: inTeam{f}}, keptPage{inTeam: inTeam{f}, Upkeep: app.Upkeep{Nightly: true,
		LastBackup: practice.LastBackup{At: webtest.Noon, Size: 2 << 20, Tried: webtest.Noon, Fault: "no space left on device"}}}
})
