package web

import (
	"net/http"
)

// proveRoutes is where somebody says their passphrase once more, before what
// only they may do.
func (s *Web) proveRoutes() []Route {
	return []Route{
		{Pattern: "GET /prove", handler: s.open(s.showProve)},
		{Pattern: "POST /prove", handler: s.open(s.prove)},
	}
}

type provePage struct {
	*Frame
	Form *Form
}

func (s *Web) showProve(w http.ResponseWriter, r *http.Request, f *Frame) error {
	if f.You == nil {
		redirect(w, r, "/in?next=/you")
		return nil
	}
	return s.proveForm(w, f, nil)
}

func (s *Web) proveForm(w http.ResponseWriter, f *Frame, form *Form) error {
	f.Title = f.Say("prove.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, form.Status(), "prove", provePage{Frame: f, Form: form})
}

func (s *Web) prove(w http.ResponseWriter, r *http.Request, f *Frame) error {
	form, err := readForm(r, f, fields{"passphrase": 1024})
	if err != nil {
		return err
	}
	proof, err := s.Auth.Prove(r, r.PostFormValue("passphrase"))
	switch {
	case form.Mark(slowAt(w, err, "passphrase")):
		form.Forget("passphrase")
		return s.proveForm(w, f, form)
	case err != nil:
		return err
	}
	http.SetCookie(w, proof)
	redirect(w, r, "/you")
	return nil
}
