package people

import (
	"net/http"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// devicePage is one device of one's own, to give it a name.
type devicePage struct {
	*frame.Frame
	Form   *frame.Form
	Device practice.Device
}

func (s *Pages) showDevice(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.device(w, r, f, actor, nil)
}

func (s *Pages) device(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	devices, err := s.Auth.Devices(r.Context(), actor, actor.Member)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(devices, func(d practice.Device) bool { return string(d.ID) == r.PathValue("device") })
	if i < 0 {
		return practice.ErrNotFound
	}
	f.Title = f.Say("device.title")
	return s.Show(w, form.Status(), "device", devicePage{Frame: f, Form: form, Device: devices[i]})
}

func (s *Pages) nameDevice(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": practice.MaxName})
	if err != nil {
		return err
	}
	if !form.Marked() {
		err := s.Auth.NameDevice(r.Context(), actor, practice.DeviceID(r.PathValue("device")), form.Typed("name"))
		if err == nil {
			frame.Redirect(w, r, "/you")
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.device(w, r, f, actor, form)
}
