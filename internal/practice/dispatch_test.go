package practice

import "testing"

// An invitation, one change of it and what came of it: whatever happens in
// between, a review reaches nobody a fourth time.
func TestMayTell(t *testing.T) {
	for name, c := range map[string]struct {
		codes []string
		want  int
	}{
		"the usual":       {[]string{"notice.invited", "notice.moved", "notice.closed"}, 3},
		"moved often":     {[]string{"notice.invited", "notice.moved", "notice.moved", "notice.moved", "notice.closed"}, 3},
		"much came of it": {[]string{"notice.invited", "notice.closed", "notice.in-use", "notice.came-back", "notice.carry"}, 3},
		"only the end":    {[]string{"notice.closed", "notice.in-use"}, 2},
		"called off":      {[]string{"notice.invited", "notice.moved", "notice.moved", "notice.off"}, 3},
	} {
		told := 0
		for _, code := range c.codes {
			if MayTell(code, told) {
				told++
			}
		}
		if told != c.want {
			t.Errorf("%s: %d messages, want %d", name, told, c.want)
		}
	}
}

func TestCanWait(t *testing.T) {
	for code, want := range map[string]bool{"notice.closed": true, "notice.in-use": true, "notice.changed": true, "notice.invited": false,
		"notice.moved": false, "notice.carry": false, "notice.link": false, "notice.link-operator": false, DispatchConfirm: false} {
		if got := CanWait(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestChannel_check(t *testing.T) {
	for _, bad := range []string{"x", "ftp://x.example", "javascript:x", "https://name:pass@x.example/", "https:///x"} {
		if (Channel{Address: bad}).Check() == nil {
			t.Errorf("%s passes", bad)
		}
	}
	for _, good := range []string{"", "https://hooks.chat.example/services/x/y/z"} {
		if err := (Channel{Address: good}).Check(); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
}
