package people

import (
	"net/http"

	"debrief/internal/web/frame"
)

// proveRoutes is where somebody says their passphrase once more, before what
// only they may do.
func (s *Pages) proveRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /prove", Handler: s.Open(s.showProve)},
		{Pattern: "POST /prove", Handler: s.Open(s.prove)},
	}
}

type provePage struct {
	*frame.Frame
	Form *frame.Form
	None bool // the reader has no passphrase, and chooses one first
}

func (s *Pages) showProve(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	if f.You == nil {
		frame.Redirect(w, r, "/in?next=/you")
		return nil
	}
	actor, _, err := s.Actor(r)
	if err != nil {
		return err
	}
	has, err := s.Auth.HasPassphrase(r.Context(), actor)
	if err != nil {
		return err
	}
	return s.proveForm(w, provePage{Frame: f, None: !has})
}

func (s *Pages) proveForm(w http.ResponseWriter, page provePage) error {
	page.Title = page.Say("prove.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, page.Form.Status(), "prove", page)
}

func (s *Pages) prove(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"passphrase": 1024})
	if err != nil {
		return err
	}
	proof, err := s.Auth.Prove(r, r.PostFormValue("passphrase"))
	switch {
	case form.Mark(frame.SlowAt(w, err, "passphrase")):
		form.Forget("passphrase")
		return s.proveForm(w, provePage{Frame: f, Form: form})
	case err != nil:
		return err
	}
	http.SetCookie(w, proof)
	frame.Redirect(w, r, "/you")
	return nil
}
