package practice

import (
	"errors"
	"testing"
)

func TestActor_for(t *testing.T) {
	none, one, two := Actor{}, Actor{Teams: []TeamID{"a"}}, Actor{Teams: []TeamID{"a", "b"}}
	for _, c := range []struct {
		actor Actor
		named TeamID
		want  TeamID
		code  string
	}{
		{one, "", "a", ""}, {one, "a", "a", ""}, {two, "b", "b", ""},
		{none, "", "", "team.none"}, {none, "a", "", "team.none"},
		{two, "", "", "team.which"}, {one, "b", "", "team.others"}, {two, "nobody's", "", "team.others"},
	} {
		got, err := c.actor.For(c.named)
		var refusal *Error
		code := ""
		if errors.As(err, &refusal) {
			code = refusal.Code
			if refusal.Kind != Invalid || refusal.Field != "team" {
				t.Errorf("%+v is about %q and %v", refusal, refusal.Field, refusal.Kind)
			}
		}
		if got != c.want || code != c.code {
			t.Errorf("%v for %q: %q, %q", c.actor.Teams, c.named, got, code)
		}
	}
}
