package frame_test

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// sentForm reads what a browser would send.
func sentForm(t *testing.T, values url.Values, known frame.Fields) (*frame.Form, error) {
	t.Helper()
	s, _ := webtest.NewKit(t)
	r := httptest.NewRequest(http.MethodPost, "/report", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, frame.FormLimit)
	return frame.ReadForm(r, s.Strange(r), known)
}

func TestReadForm(t *testing.T) {
	form, err := sentForm(t, url.Values{"what": {"  It rained in.\r\nTwice.  "}, "who": {"us", "them"}, "once": {"key1"}}, frame.Fields{"what": 40, "who": 10, "stage": 10})
	if err != nil {
		t.Fatal(err)
	}
	if form.Typed("what") != "It rained in.\nTwice." || form.Key != "key1" || form.Marked() || form.Typed("once") != "" {
		t.Errorf("got %q, key %q, wrong %v", form.Typed("what"), form.Key, form.Wrong)
	}
	if diff := cmp.Diff([]string{"us", "them"}, form.All("who")); diff != "" || !form.Has("who", "them") || form.Has("who", "all") {
		t.Error(diff)
	}
}

func TestReadForm_refuses(t *testing.T) {
	for name, values := range map[string]url.Values{
		"a field nobody asked for": {"what": {"a"}, "admin": {"true"}},
		"bytes that are no text":   {"what": {"a\xff"}},
		"a nought byte":            {"what": {"a\x00b"}},
		"two keys":                 {"what": {"a"}, "once": {"1", "2"}},
		"a key like a novel":       {"what": {"a"}, "once": {strings.Repeat("k", 65)}},
		"more values than fit":     {"what": make([]string, frame.MostValues+1)},
	} {
		if _, err := sentForm(t, values, frame.Fields{"what": 40}); practice.KindOf(err) != practice.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := sentForm(t, url.Values{"what": {strings.Repeat("a", frame.FormLimit)}}, frame.Fields{"what": 40}); !errors.Is(err, frame.ErrTooLarge) {
		t.Errorf("too large: got %v", err)
	}
}

func TestReadForm_keepsWhatIsTooLong(t *testing.T) {
	long := strings.Repeat("ä", 41)
	form, err := sentForm(t, url.Values{"what": {long}}, frame.Fields{"what": 40})
	if err != nil {
		t.Fatal(err)
	}
	if !form.Marked() || form.At("what") == "" || form.Typed("what") != long || form.Status() != http.StatusUnprocessableEntity {
		t.Errorf("marked %t, typed %d bytes, status %d", form.Marked(), len(form.Typed("what")), form.Status())
	}
}

func TestForm_Mark(t *testing.T) {
	form, _ := sentForm(t, url.Values{"what": {""}}, frame.Fields{"what": 40})
	for _, err := range []error{nil, errors.New("disk"), practice.ErrNotFound, practice.Refuse(practice.Invalid, "required"), practice.Refuse(practice.Internal, "x").At("what")} {
		if form.Mark(err) {
			t.Errorf("marked %v", err)
		}
	}
	if !form.Mark(practice.Refuse(practice.Invalid, "required").At("what")) || form.At("what") != "Write what happened." {
		t.Errorf("got %v", form.Wrong)
	}
}

func TestForm_never_sent(t *testing.T) {
	var form *frame.Form
	if form.Typed("what") != "" || form.All("what") != nil || form.Marked() || form.Status() != http.StatusOK || form.At("what") != "" {
		t.Error("a form that was never sent holds something")
	}
	if _, err := form.File("picture"); !errors.Is(err, practice.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestReadForm_withFile(t *testing.T) {
	send := func(field string) (*frame.Form, error) {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		part, _ := m.CreateFormFile(field, "oven.png")
		part.Write([]byte("picture"))
		m.WriteField("line", "the oven")
		m.Close()
		s, _ := webtest.NewKit(t)
		r := httptest.NewRequest(http.MethodPost, "/f/1/facts", &body)
		r.Header.Set("Content-Type", m.FormDataContentType())
		return frame.ReadForm(r, s.Strange(r), frame.Fields{"picture": 0, "line": 200})
	}
	form, err := send("picture")
	if err != nil {
		t.Fatal(err)
	}
	file, err := form.File("picture")
	if err != nil || file.Name != "oven.png" || string(file.Data) != "picture" || form.Typed("line") != "the oven" {
		t.Fatalf("got %v, %v, %q", file, err, form.Typed("line"))
	}
	if _, err := send("virus"); !errors.Is(err, frame.ErrField) {
		t.Errorf("a file nobody asked for: got %v", err)
	}
}

// A file larger than a request may be does not take the words along that were
// typed beside it; words that are too many are refused as a whole.
func TestReadForm_keepsTheLineOfATooLargeFile(t *testing.T) {
	send := func(line string, picture int) (*frame.Form, error) {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		m.WriteField("line", line)
		part, _ := m.CreateFormFile("picture", "oven.png")
		part.Write(make([]byte, picture))
		m.Close()
		s, _ := webtest.NewKit(t)
		r := httptest.NewRequest(http.MethodPost, "/f/1/facts", &body)
		r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, app.MaxPictureBytes+frame.FormLimit)
		r.Header.Set("Content-Type", m.FormDataContentType())
		return frame.ReadForm(r, s.Strange(r), frame.Fields{"picture": 0, "line": 200})
	}
	form, err := send("the oven", 2*app.MaxPictureBytes)
	if err != nil || form.Typed("line") != "the oven" {
		t.Fatalf("the line: %q, %v", form.Typed("line"), err)
	}
	file, _ := form.File("picture")
	if _, err := app.NewPicture(bytes.NewReader(file.Data)); !errors.Is(err, practice.Refuse(practice.Invalid, "picture.large")) {
		t.Errorf("the picture: %v", err)
	}
	if _, err := send(strings.Repeat("x", 2*frame.FormLimit), 1); !errors.Is(err, frame.ErrTooLarge) {
		t.Errorf("too many words: %v", err)
	}
}

func TestNext(t *testing.T) {
	for to, want := range map[string]string{
		"/f/118?tab=2": "/f/118?tab=2", "": "/", "https://evil.example/": "/", "//evil.example/": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "f/118": "/",
	} {
		r := httptest.NewRequest(http.MethodGet, "/in?next="+url.QueryEscape(to), nil)
		if got := frame.Next(r); got != want {
			t.Errorf("next %q: got %q, want %q", to, got, want)
		}
	}
}

// A day is read in one way everywhere: what is none is said beside its field.
func TestForm_Day(t *testing.T) {
	form, err := sentForm(t, url.Values{"due": {"2026-06-15"}, "bad": {"15.6."}, "old": {"0001-01-01"}, "none": {""}}, frame.Fields{"due": 10, "bad": 10, "old": 10, "none": 10})
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("", 7200)
	if day, err := form.Day("due", zone); err != nil || !day.Equal(time.Date(2026, 6, 15, 0, 0, 0, 0, zone)) {
		t.Errorf("got %v, %v", day, err)
	}
	for field, want := range map[string]string{"bad": "bad.date", "old": "date.old", "none": "bad.date"} {
		_, err := form.Day(field, time.UTC)
		var refusal *practice.Error
		if !errors.As(err, &refusal) || refusal.Code != want || refusal.Field != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
	if day, err := form.DayOrNone("none", zone); err != nil || !day.IsZero() {
		t.Errorf("none: %v, %v", day, err)
	}
	if _, err := form.DayOrNone("bad", zone); err == nil {
		t.Error("what is no day is none")
	}
}
