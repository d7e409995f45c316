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

func TestThisMachine(t *testing.T) {
	for host, want := range map[string]bool{"127.0.0.1": true, "127.8.9.10": true, "::1": true, "::ffff:127.0.0.1": true, "localhost": true, "LocalHost": true,
		"": false, "10.0.0.7": false, "0.0.0.0": false, "::": false, "localhost.example.org": false, "127.0.0.1.example.org": false, "127.1": false} {
		if ThisMachine(host) != want {
			t.Errorf("%q: %t", host, !want)
		}
	}
}
