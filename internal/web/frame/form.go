package frame

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"debrief/internal/practice"
)

// Fields are the names a form may carry, each with the most characters its
// value may have.
type Fields map[string]int

// With returns the fields and more of them.
func (f Fields) With(more Fields) Fields {
	all := Fields{}
	for _, some := range []Fields{f, more} {
		for name, limit := range some {
			all[name] = limit
		}
	}
	return all
}

// mostValues is how many values all fields of a form may have together.
const mostValues = 500

// Form is what somebody typed, kept until it is safe. A form that was never
// sent is the zero value: nothing typed, nothing wrong.
type Form struct {
	Sent   bool
	Key    string // idempotency key; empty where the browser sent none
	Wrong  []Wrong
	Passes bool // what is wrong is no word of the form: others may mend it
	typed  url.Values
	files  map[string]Upload
	theirs url.Values // what somebody else saved meanwhile, where it is another
	frame  *Frame
	slow   bool // it was sent too often
}

// Wrong is one thing to mend, with the field it is about.
type Wrong struct {
	Field   string // empty: the form as a whole
	Text    string
	Why     string
	Refused bool  // a no of the practice, not a slip of the pen: it is not red, and has ways on
	Ways    []Way // of a refusal, those that lead somewhere
}

// Words are all that was typed, one field after the other.
func (m *Form) Words() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(m.typed)) {
		if name != onceField {
			all = append(all, m.typed[name]...)
		}
	}
	return strings.Join(all, "\n")
}

// onceField carries the idempotency key in every form.
const onceField = "once"

// ReadForm reads what was sent and refuses what nobody asked for: unknown
// fields, bytes that are no text, more than fits. A value that is too long is
// not an error here: it is kept, and marked beside its field.
func ReadForm(r *http.Request, f *Frame, known Fields) (*Form, error) {
	body, files, err := readBody(r)
	if err != nil {
		return nil, err
	}
	form := &Form{Sent: true, typed: url.Values{}, files: files, frame: f}
	values := 0
	for name, sent := range body {
		limit, ok := known[name]
		if name == onceField {
			limit, ok = 64, len(sent) == 1 && len(sent[0]) <= 64
		}
		if values += len(sent); !ok || values > mostValues {
			return nil, errField.With("field", name)
		}
		for _, v := range sent {
			v, ok := Clean(v)
			if !ok {
				return nil, ErrText
			}
			if utf8.RuneCountInString(v) > limit {
				form.Mark(practice.Refuse(practice.Invalid, "too.long").At(name).With("max", limit))
			}
			form.typed.Add(name, v)
		}
	}
	for name := range files {
		if _, ok := known[name]; !ok {
			return nil, errField.With("field", name)
		}
	}
	form.Key = form.typed.Get(onceField)
	form.typed.Del(onceField)
	return form, nil
}

// readBody reads the body as a form, whatever kind of form it is.
func readBody(r *http.Request) (url.Values, map[string]Upload, error) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return parts(r)
	}
	err := r.ParseForm()
	return r.PostForm, nil, badBody(err)
}

// Clean trims a value and makes every line end the same. It refuses bytes that
// are no text, and control characters, which no field takes.
func Clean(v string) (string, bool) {
	if !utf8.ValidString(v) {
		return "", false
	}
	v = strings.ReplaceAll(v, "\r\n", "\n")
	for _, c := range v {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return "", false
		}
	}
	return strings.TrimSpace(v), true
}

// For is the form if it is the one of its page that does this; nil where it is another one.
func (m *Form) For(do string) *Form {
	if m.Typed("do") == do {
		return m
	}
	return nil
}

// Typed returns what was typed into a field.
func (m *Form) Typed(name string) string {
	if m == nil {
		return ""
	}
	return m.typed.Get(name)
}

// All returns every value of a field, as check boxes send them.
func (m *Form) All(name string) []string {
	if m == nil {
		return nil
	}
	return m.typed[name]
}

// Has reports whether a field has the value.
func (m *Form) Has(name, value string) bool { return slices.Contains(m.All(name), value) }

// Mark keeps a refusal beside the field it is about and reports whether it is
// one a person can mend right here; anything else is for [Kit.Fail] to answer. A nil
// error marks nothing.
func (m *Form) Mark(err error) bool {
	var refusal *practice.Error
	if !errors.As(err, &refusal) || refusal.Field == "" {
		return false
	}
	if refusal.Kind != practice.Invalid && refusal.Kind != practice.Conflict {
		return false
	}
	m.slow = m.slow || refusal.Wait > 0
	said := m.frame.Speaker.Refusal(refusal)
	m.Wrong = append(m.Wrong, Wrong{Field: refusal.Field, Text: said.Title, Why: said.Why,
		Refused: len(said.Ways) > 0 || refusal.Kind == practice.Conflict, Ways: m.frame.waysOf(said.Ways)})
	return true
}

// Marked reports whether something is to be mended.
func (m *Form) Marked() bool { return m != nil && len(m.Wrong) > 0 }

// At returns what is wrong with a field, or nothing.
func (m *Form) At(name string) string {
	if m == nil {
		return ""
	}
	for _, w := range m.Wrong {
		if w.Field == name {
			return w.Text
		}
	}
	return ""
}

// Meanwhile keeps what somebody else saved while this form was filled in, by
// field, to be shown beside what was typed. It reports whether anything is
// another.
func (m *Form) Meanwhile(saved map[string]string) bool {
	m.theirs = url.Values{}
	for name, value := range saved {
		if m.Typed(name) != value {
			m.theirs.Set(name, value)
		}
	}
	return len(m.theirs) > 0
}

// Over refuses to save over what somebody else saved since the page of this form
// was shown, where that is another than what was typed: see [Frame.Version].
func (m *Form) Over(now map[string]string) error {
	if m.Typed("version") != m.frame.Version(now) && m.Meanwhile(now) {
		return practice.ErrChanged
	}
	return nil
}

// Theirs is what somebody else saved in a field meanwhile, and whether they did.
func (m *Form) Theirs(name string) (string, bool) {
	if m == nil || m.theirs == nil {
		return "", false
	}
	return m.theirs.Get(name), m.theirs.Has(name)
}

// Both reports whether what somebody else saved stands beside what was typed.
func (m *Form) Both() bool { return m != nil && len(m.theirs) > 0 }

// Status is that of the page that shows the form.
func (m *Form) Status() int {
	switch {
	case m.Both():
		return http.StatusConflict
	case m != nil && m.slow:
		return http.StatusTooManyRequests
	case m.Marked():
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// LinesOf are the lines of a field that hold one thing each.
func LinesOf(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// Number reads a whole number, and what is none as -1.
func Number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// NumberIn reads the number that stands in an address under a name. What is none
// leads nowhere ([practice.ErrNotFound]).
func NumberIn(r *http.Request, name string) (int, error) {
	n, err := strconv.Atoi(r.PathValue(name))
	if err != nil {
		return 0, practice.ErrNotFound
	}
	return n, nil
}

// Day reads the day in a field, as it begins in a zone. What is none is refused beside it.
func (m *Form) Day(name string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, m.Typed(name), zone)
	switch {
	case err != nil:
		return time.Time{}, practice.Refuse(practice.Invalid, "bad.date").At(name)
	case day.IsZero(): // which would stand for no day
		return day, practice.Refuse(practice.Invalid, "date.old").At(name)
	}
	return day, nil
}

// DayOrNone is Day for a field that may be left empty: the zero time.
func (m *Form) DayOrNone(name string, zone *time.Location) (time.Time, error) {
	if m.Typed(name) == "" {
		return time.Time{}, nil
	}
	return m.Day(name, zone)
}

// Put replaces what was typed into a field.
func (m *Form) Put(name, value string) { m.typed.Set(name, value) }

// Forget drops what was typed into a field, such as a passphrase, so that no page
// shows it again.
func (m *Form) Forget(name string) { m.typed.Del(name) }
