package people

import (
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("prove", func(f *frame.Frame) (any, any) {
	return provePage{Frame: f, None: true}, provePage{Frame: f, Form: webtest.WrongForm(f, "passphrase")}
})
