package web

import "debrief/internal/practice"

// once does something for a seat, unless the same form was sent already. A form
// without a key is always new.
func (s *Web) once(seat practice.Seat, key string, do func() error) error {
	if key == "" {
		return do()
	}
	key = seat.Key + " " + key
	if !s.onces.First(key) {
		return nil
	}
	err := do()
	if err != nil {
		s.onces.Forget(key)
	}
	return err
}
