package rest

import (
	"net/http"
	"strings"
)

// tourHearing chooses what reaches people, and what a team lets out.
func (s *site) tourHearing() {
	s.Helper()
	s.with(1, "PUT", "/contact", m{"how": "weekly", "zone": "Asia/Tokyo", "quiet_from": 1320, "quiet_to": 360})
	wrong := s.ask("PUT", "/contact", m{"how": "now", "quiet_from": 1440, "quiet_to": 0}, "Cookie", s.devices[1])
	s.refused(wrong, http.StatusBadRequest, "quiet.range")
	s.about(wrong, "quiet_from")
	s.with(1, "POST", "/contact/mail", m{"mail": "amal@x.example"})
	s.refused(s.ask("POST", "/contact/mail", m{"mail": "amal@x.example"}, "Cookie", s.devices[1]), http.StatusConflict, "mail.soon")
	made := s.with(1, "POST", "/contact/calendar", m{})
	if path := made.at("path"); !strings.HasPrefix(path, "/calendar/cal_") || !strings.HasSuffix(path, ".ics") {
		s.Errorf("the calendar: %s", made.Body)
	}
	s.with(1, "PUT", "/contact/calendar", m{"titles": true})
	is := s.with(1, "GET", "/contact", nil)
	if c, _ := is.body["calendar"].(m); is.body["how"] != "weekly" || is.body["asked"] != "amal@x.example" || is.body["mails"] != true || c["titles"] != true {
		s.Errorf("contact: %s", is.Body)
	}
	for _, forbidden := range []string{"/contact/mail", "/contact/calendar"} { // whoever finds a token must not be able to listen
		s.refused(s.ask("POST", forbidden, m{"mail": "x@x.example"}, "Authorization", "Bearer "+s.tokens[1]), http.StatusNotFound, "not.found")
	}
	s.with(1, "DELETE", "/contact/calendar", nil)
	s.with(1, "DELETE", "/contact/mail", nil)

	at := "/teams/" + s.team + "/channel"
	s.with(1, "PUT", at, m{"titles": true, "address": "https://chat.example/hooks/sesame"})
	s.with(1, "POST", at+"/try", m{})
	if c := s.with(1, "GET", at, nil); c.body["host"] != "chat.example" || c.body["titles"] != true || strings.Contains(c.Body.String(), "sesame") {
		s.Errorf("channel: %s", c.Body)
	}
	s.with(1, "DELETE", at, nil)
	if o := s.with(0, "GET", "/outgoing", nil); o.body["waiting"] == nil {
		s.Errorf("outgoing: %s", o.Body)
	}
	s.refused(s.ask("GET", "/outgoing", nil, "Cookie", s.devices[1]), http.StatusNotFound, "not.found")
}
