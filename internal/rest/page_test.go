package rest

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"debrief/internal/practice"
)

// Whatever comes and goes between two pages, what was there all the time is
// read once.
func TestStretch_isStable(t *testing.T) {
	same := func(s string) string { return s }
	for limit := 1; limit <= 4; limit++ {
		all := []string{"c", "e", "a", "d", "b"}
		var read []string
		p := Paging{Limit: limit}
		for turn := 0; ; turn++ {
			cut, next, err := stretch(p, all, same)
			if err != nil {
				t.Fatal(err)
			}
			read = append(read, cut...)
			if p.Cursor = next; next == "" {
				break
			}
			all = append(all, "n"+strconv.Itoa(turn))                                             // newer than all
			all = slices.DeleteFunc(all, func(s string) bool { return turn == 0 && s == cut[0] }) // gone, the one the cursor stands at among them
		}
		if !slices.Equal(read, []string{"e", "d", "c", "b", "a"}) {
			t.Errorf("in pages of %d: %v", limit, read)
		}
	}
}

func TestStretch_refusesWhatIsNoCursor(t *testing.T) {
	for _, made := range []string{"x", "%", "YWZ0ZXIg", "ZmxyXzE"} {
		_, _, err := stretch(Paging{Cursor: made, Limit: 1}, []string{"a"}, func(s string) string { return s })
		if !errors.Is(err, practice.Refuse(practice.Invalid, "api.cursor")) {
			t.Errorf("%q: %v", made, err)
		}
	}
	if _, _, err := stretch(Paging{Cursor: cursorAt("b"), Limit: 1}, []string{"a"}, func(s string) string { return s }); err != nil {
		t.Error(err)
	}
}
