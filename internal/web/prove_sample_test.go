package web

var _ = sample("prove", func(f *Frame) (any, any) {
	return provePage{Frame: f}, provePage{Frame: f, Form: wrongForm(f, "passphrase")}
})
