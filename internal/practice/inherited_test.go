package practice

import "testing"

// What is set aside needs a reason; what only fits is no citation until something
// is done differently.
func TestInherited(t *testing.T) {
	check(t, []refused{
		{Inherited{Says: SaysFits}.Check(), ""},
		{Inherited{Says: SaysTest}.Check(), ""},
		{Inherited{Says: SaysApart}.Check(), "inherited.because"},
		{Inherited{Says: SaysApart, Text: " "}.Check(), "inherited.because"},
		{Inherited{Says: SaysApart, Text: long(MaxAnswer)}.Check(), ""},
		{Inherited{Says: SaysFits, Text: long(MaxAnswer + 1)}.Check(), "too.long"},
		{Inherited{}.Check(), "required"},
		{Inherited{Says: "maybe", Text: "x"}.Check(), "required"},
	})
	for i, want := range map[Inherited]bool{
		{Says: SaysFits, Text: "we split first"}: true, {Says: SaysFits}: false, {Says: SaysApart, Text: "x"}: false, {Says: SaysTest, Text: "x"}: false,
	} {
		if i.Counts() != want {
			t.Errorf("%+v counts: %v", i, i.Counts())
		}
	}
}
