package practice

import (
	"net/url"
	"strings"
)

// WebAddress reports whether s is an address a browser may be sent to: http or
// https with a host. Everything else, scripts above all, is refused.
func WebAddress(s string) bool {
	if len(s) > 2048 {
		return false
	}
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// CompleteAddress puts https in front of an address typed without a scheme, as
// people do.
func CompleteAddress(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.Contains(s, "://") {
		return s
	}
	if host, _, _ := strings.Cut(s, "/"); strings.Contains(host, ".") && !strings.ContainsAny(host, " @") {
		return "https://" + s
	}
	return s
}
