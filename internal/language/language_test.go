package language

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"
)

// cases reads the lines of a file that have a bar, with their two halves.
func cases(t *testing.T, file string) (all [][2]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if left, right, found := strings.Cut(line, "|"); found && line[0] != '#' {
			all = append(all, [2]string{strings.TrimSpace(left), strings.TrimSpace(right)})
		}
	}
	if len(all) < 10 {
		t.Fatalf("%s has %d cases", file, len(all))
	}
	return all
}

// kinds are the kinds of all remarks on a text, each once.
func kinds(text string) string {
	var names []string
	for _, n := range English().Read(text) {
		names = append(names, string(n.Kind))
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

func TestRead_golden(t *testing.T) {
	for _, c := range cases(t, "golden.txt") {
		want := strings.Fields(strings.Trim(c[0], "-"))
		slices.Sort(want)
		if got := kinds(c[1]); got != strings.Join(want, " ") {
			t.Errorf("%q: %q, want %q: %+v", c[1], got, c[0], English().Read(c[1]))
		}
	}
}

// Each construction with a twin that must pass.
func TestRead_twins(t *testing.T) {
	for _, c := range cases(t, "twins.txt") {
		got := strings.Fields(kinds(c[1]))
		blame, abstract := slices.Contains(got, "blame"), slices.Contains(got, "abstract")
		if want := strings.Trim(c[0], "-"); blame != (want == "blame") || abstract != (want == "abstract") && !blame {
			t.Errorf("%q: %q, want %q: %+v", c[1], got, c[0], English().Read(c[1]))
		}
	}
}

func TestRead_turn(t *testing.T) {
	for _, c := range cases(t, "turn.txt") {
		all := English().Read(c[0])
		if len(all) == 0 || all[0].Turn != c[1] {
			t.Errorf("%q: %+v, want %q", c[0], all, c[1])
		}
	}
}

func TestNudge_instead(t *testing.T) {
	const text = "The van was late. They should have told us! We waited."
	n, _ := English().One(text)
	if got, want := n.Instead(text), "The van was late. We were not told … We waited."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOne(t *testing.T) {
	for text, want := range map[string]Kind{
		"Comms were poor. They should have told us.":                   Blame,
		"Comms were poor throughout.":                                  Abstract,
		"Comms were poor throughout. At 10:40 nobody had the leaflet.": "",
		"We should have asked. Comms were poor.":                       Hindsight,
		"The van was late by an hour.":                                 "",
	} {
		if n, _ := English().One(text); n.Kind != want {
			t.Errorf("%q: %q, want %q", text, n.Kind, want)
		}
	}
}

func TestNew(t *testing.T) {
	r, err := New(english, "[blame]\nthe usual suspects # ours\n[who]\nzorgs\n[left alone]\nshould have told us\n")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"It was the usual suspects.":     1,
		"The zorgs failed to tell us.":   1,
		"They should have told us.":      0,
		"They should have asked us.":     2,
		"Nothing of the kind went here.": 0,
	} {
		if got := len(r.Read(text)); got != want {
			t.Errorf("%q: %d remarks, want %d", text, got, want)
		}
	}
	for list, want := range map[string]string{
		"lazy":                  "line 1: stands in no section",
		"[praise]":              `line 1: no section is called "praise"`,
		"[blame]\n\n... lazy":   `line 3: "... lazy" starts with what may be missing or anything`,
		"[blame]\nlazy| again":  `line 2: "lazy| again" has a place with no word`,
		"[blame]\n<them> again": `line 2: no section of words is called "<them>"`,
	} {
		if _, err := New(list); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", list, err, want)
		}
	}
}

// added are the words that a turn may have beside those of the text.
var added = strings.Fields("we i was were not did have had … the")

// sound says what is wrong with the remarks on a text, or "".
func sound(text string) string {
	written := map[string]bool{}
	for _, s := range sentences(strings.ToLower(text)) {
		for _, t := range s.tokens {
			written[t.word] = true
		}
	}
	end := 0
	for _, n := range English().Read(text) {
		switch {
		case n.Start < 0 || n.End > len(text) || n.Start >= n.End:
			return "a remark outside the text"
		case utf8.ValidString(text) && !utf8.ValidString(text[n.Start:n.End]):
			return "a remark that cuts a letter"
		case n.Start < end:
			return "remarks out of order"
		case !slices.Contains(Kinds(), n.Kind):
			return "a kind of its own: " + string(n.Kind)
		}
		end = n.Start
		for _, s := range sentences(strings.ToLower(n.Turn)) {
			for i, t := range s.tokens {
				if !written[t.word] && !slices.Contains(added, t.word) && !formed(s, i, written) {
					return "a word nobody wrote: " + t.word + " in " + n.Turn
				}
			}
		}
	}
	return ""
}

// formed reports whether a word is the participle of one that was written.
func formed(s sentence, i int, written map[string]bool) bool {
	for w := range written {
		if participle(w) == s.tokens[i].word {
			return true
		}
	}
	return false
}

// pieces are what sentences are made of at random.
var pieces = strings.Fields(`they we the team Priya should have had not told us failed to run migration if would ignored
 better communication “human error” 10:40 didn't whoever , . … poor and forgot a leaflet been careful hero saved day 'twas –
 could be bothered to check the knot never the porter's fault knew anyway because too lazy so she who does that why <other> plan B wrong again`)

func TestRead_always(t *testing.T) {
	if err := quick.Check(func(picks []uint8) bool {
		var b strings.Builder
		for _, p := range picks {
			b.WriteString(pieces[int(p)%len(pieces)] + " ")
		}
		if wrong := sound(b.String()); wrong != "" {
			t.Errorf("%q: %s", b.String(), wrong)
			return false
		}
		return true
	}, &quick.Config{MaxCount: 3000}); err != nil {
		t.Error(err)
	}
}

// A sentence is read alike wherever it stands.
func TestRead_place(t *testing.T) {
	for _, c := range cases(t, "golden.txt") {
		alone := English().Read(c[1])
		after := English().Read("The door was shut.\n" + c[1])
		if len(alone) != len(after) {
			t.Errorf("%q: %d remarks alone, %d after another", c[1], len(alone), len(after))
		}
	}
}

// A gap of four dots goes over commas, one of three does not.
func TestNew_gaps(t *testing.T) {
	r, err := New("[blame]\npromised ... nothing\nswore .... nothing\nthanks to <other> /\n")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"One promised a lot and nothing came.":           1,
		"One promised a lot, then nothing came.":         0,
		"One swore it was on its way, but nothing came.": 1,
		"It came thanks to Ada, on a cart.":              1,
		"It came thanks to Ada Quay on a cart.":          0,
		"It came thanks to rain, on a cart.":             0,
	} {
		if got := len(r.Read(text)); got != want {
			t.Errorf("%q: %d remarks, want %d", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"They should have told us.", "“”…\n\n!", "if they had we would have had", "İ’d\xffve", "\"human error\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if wrong := sound(text); wrong != "" {
			t.Errorf("%q: %s", text, wrong)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	const text = "If the printing group had done their job we would have had the short leaflet, and by half past ten everyone was just confused."
	English()
	for b.Loop() {
		English().Read(text)
	}
}

// Words for courts are remarked on whoever they are about, and as that.
func TestRead_legal(t *testing.T) {
	for text, want := range map[string]bool{
		"We were negligent with the rope.":               true,
		"We are liable for the damage to the car.":       true,
		"The firm is in breach of contract.":             true,
		"This was a violation of our policy.":            true,
		"The liability insurance asks for the form.":     false,
		"They clearly did not care.":                     false,
		"The fraud check held the payment for two days.": false,
		"Nobody was negligent.":                          false,
	} {
		got := English().Read(text)
		if legal := len(got) > 0 && got[0].Legal; legal != want || legal && got[0].Kind != Blame {
			t.Errorf("%q: %+v, want legal %v", text, got, want)
		}
	}
}

// What the writers say of themselves is no blame.
func TestRead_ofThemselves(t *testing.T) {
	for text, want := range map[string]bool{
		"We were arrogant about that parser.":      false,
		"They were arrogant about that parser.":    true,
		"We cut corners on the warm-up.":           false,
		"The other shift cut corners on it.":       true,
		"That was lazy of us.":                     false,
		"That was lazy of the other crew.":         true,
		"Our committee has been cowardly, really.": false,
	} {
		if got := len(English().Read(text)) > 0; got != want {
			t.Errorf("%q: remarked on %v, want %v", text, got, want)
		}
	}
}
