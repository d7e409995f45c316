package frame_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func TestFail_status(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{errors.New("disk on fire at /var/lib"), 500},
		{practice.Refuse(practice.Internal, "internal"), 500},
		{practice.ErrNotFound, 404},
		{practice.ErrForbidden, 404},
		{practice.Refuse(practice.NotFound, "gap.gone"), 404},
		{practice.Refuse(practice.Forbidden, "frame.elsewhere"), 403},
		{practice.ErrUnauthenticated, 401},
		{practice.ErrChanged, 409},
		{practice.ErrBusy, 503},
		{practice.ErrFull, 503},
		{frame.ErrField.With("field", "admin"), 400},
		{frame.ErrMethod, 405},
		{&http.MaxBytesError{Limit: 3}, 413},
	} {
		s, log := webtest.NewKit(t)
		w := httptest.NewRecorder()
		w.Header().Set("X-Request-Id", "ref42")
		r := httptest.NewRequest(http.MethodGet, "/f/1", nil)
		s.Refuse(w, r, c.err)
		page := w.Body.String()
		if w.Code != c.want {
			t.Errorf("%v: got %d, want %d", c.err, w.Code, c.want)
		}
		for _, wrong := range webtest.Faults(page) {
			t.Errorf("%v: %s", c.err, wrong)
		}
		if strings.Contains(page, "fire") {
			t.Errorf("%v: its text is on the page", c.err)
		}
		if ours := c.want == 500; ours != strings.Contains(log.String(), "fault") || ours != strings.Contains(page, "ref42") {
			t.Errorf("%v: log %q, reference on the page %t", c.err, log, strings.Contains(page, "ref42"))
		}
	}
}

func TestFail_notYoursAndNotThereAreOnePage(t *testing.T) {
	pages := map[string]string{}
	for name, err := range map[string]error{"not there": practice.ErrNotFound, "not yours": practice.ErrForbidden, "another noun": practice.Refuse(practice.NotFound, "x")} {
		s, _ := webtest.NewKit(t)
		s.Handle("GET /x/{n}", s.Member(func(http.ResponseWriter, *http.Request, *frame.Frame, practice.Actor) error { return err }))
		w := webtest.Get(t, s, "/x/7")
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d", name, w.Code)
		}
		pages[w.Body.String()] = name
	}
	s, _ := webtest.NewKit(t)
	pages[webtest.Get(t, s, "/no/such/page").Body.String()] = "no route"
	if len(pages) != 1 {
		t.Errorf("%d different pages", len(pages))
	}
}

func TestFail_keepsWhatWasSent(t *testing.T) {
	s, _ := webtest.NewKit(t)
	s.Handle("POST /x/{n}", s.Member(func(_ http.ResponseWriter, r *http.Request, f *frame.Frame, _ practice.Actor) error {
		if _, err := frame.ReadForm(r, f, frame.Fields{"what": 100, "passphrase": 100}); err != nil {
			return err
		}
		return errors.New("disk")
	}))
	post := func(v url.Values) string {
		r := httptest.NewRequest(http.MethodPost, "/x/7", strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Body.String()
	}
	page := post(url.Values{"what": {`It said "no"`}, "once": {"k7"}})
	for _, want := range []string{`action="/x/7"`, `name="what" value="It said &#34;no&#34;"`, `name="once" value="k7"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in %s", want, page)
		}
	}
	if page := post(url.Values{"what": {"x"}, "passphrase": {"correct horse"}}); strings.Contains(page, "correct horse") {
		t.Error("a passphrase is written into a page")
	}
}

func TestServeHTTP_wrongMethod(t *testing.T) {
	s, _ := webtest.NewKit(t)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodPut, "/more", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("got %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestServeHTTP_seatAddressesLookAtNoSession(t *testing.T) {
	s, _ := webtest.NewKit(t)
	s.Actor = func(*http.Request) (practice.Actor, frame.Place, error) {
		t.Error("asked who is asking")
		return practice.Actor{}, frame.Place{}, practice.ErrUnauthenticated
	}
	if w := webtest.Get(t, s, "/seat/rev_1/nothing"); w.Code != http.StatusNotFound {
		t.Errorf("got %d", w.Code)
	}
}

func TestUpload_mayWeighMore(t *testing.T) {
	s, _ := webtest.NewKit(t)
	read := func(_ http.ResponseWriter, r *http.Request, f *frame.Frame, _ practice.Actor) error {
		_, err := frame.ReadForm(r, f, frame.Fields{"what": 1 << 20})
		return err
	}
	s.Handle("POST /small", s.Member(read))
	s.Handle("POST /large", s.Upload(read))
	for address, want := range map[string]int{"/small": http.StatusRequestEntityTooLarge, "/large": http.StatusOK} {
		r := httptest.NewRequest(http.MethodPost, address, strings.NewReader("what="+strings.Repeat("a", frame.FormLimit)))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", address, w.Code, want)
		}
	}
}
