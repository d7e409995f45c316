package frame_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// release is one build of a site that was let in: a page of somebody, and the one
// that is kept, whose words say which build it is.
func release(t *testing.T, words string) *frame.Kit {
	t.Helper()
	s := sheet(t)
	show := func(w http.ResponseWriter, r *http.Request) error {
		f := s.Strange(r)
		f.Title = words
		if r.URL.Path == "/" {
			f.Welcome(practice.Actor{Member: "mbr_ines", Name: "Ines"})
		}
		return s.Show(w, http.StatusOK, "more", frame.MorePage{Frame: f})
	}
	s.Handle("GET /offline", s.Raw(show))
	s.Handle("GET /hot", s.Raw(show))
	s.Handle("GET /{$}", s.Raw(show))
	t.Cleanup(s.EndStreams)
	return s
}

// A new release takes the place of the old one on a device: what opens without
// signal is of the new one, and nothing of the old one is left. The same release
// asked twice is the control, for it brings nothing new.
func TestWorker_ofANewRelease(t *testing.T) {
	var now atomic.Pointer[frame.Kit]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		now.Load().ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	now.Store(release(t, "The first"))
	d := debrieftest.NewDevice(t, server.URL, debrieftest.Phone)
	d.Open("/")
	kept := func(title string) string {
		return d.Await(`(async () => {
			const before = await navigator.serviceWorker.ready;
			await before.update();
			for (;;) {
				const page = await (await caches.match("/offline"))?.text(), names = (await caches.keys()).filter((name) => name.startsWith("pages"));
				if (page?.includes("` + title + `") && names.length === 1) return names[0];
				await new Promise((soon) => setTimeout(soon, 50));
			}
		})()`)
	}
	first := kept("The first")
	now.Store(release(t, "The first"))
	if again := kept("The first"); again != first {
		t.Errorf("the same release is kept as %s and as %s", first, again)
	}
	now.Store(release(t, "The second"))
	if second := kept("The second"); second == first || !strings.HasPrefix(second, "pages ") {
		t.Errorf("two releases are kept as %s and as %s", first, second)
	}
}

// The worker names every file where it is, and the release it belongs to.
func TestWorker_changesWithItsAssets(t *testing.T) {
	get := func(s *frame.Kit) string {
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/worker.js", nil))
		return answer.Body.String()
	}
	one := release(t, "The first")
	worker := get(one)
	for _, name := range []string{"debrief.css", "debrief.js", "waits.js", "hot.js", "icons.svg"} {
		if !strings.Contains(worker, `"`+one.Address(name)+`"`) {
			t.Errorf("the worker does not know where %s is", name)
		}
	}
	if strings.Contains(worker, "pages version") {
		t.Error("the worker has no version")
	}
	if worker != get(release(t, "The first")) {
		t.Error("the same release has two workers")
	}
}
