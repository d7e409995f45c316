package practice

import "testing"

func TestNetwork(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.77:4711":               "192.0.2.0/24",
		"192.0.2.78":                    "192.0.2.0/24",
		"[::ffff:192.0.2.79]:80":        "192.0.2.0/24",
		"[2001:db8:1:2::3]:4711":        "2001:db8:1::/48",
		"2001:db8:1:ffff:ffff:ffff:0:1": "2001:db8:1::/48",
		"a socket without any address":  "",
		"":                              "",
		"192.0.2.300:80":                "",
	} {
		if got := Network(remote); got != want {
			t.Errorf("Network(%q) = %q, want %q", remote, got, want)
		}
	}
}
