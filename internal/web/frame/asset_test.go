package frame_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func TestAssets_areKeptForGood(t *testing.T) {
	s, _ := webtest.NewKit(t)
	for name, address := range s.Assets() {
		plain := webtest.Get(t, s, address)
		if plain.Code != http.StatusOK || !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") || plain.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %d, %q, %q", name, plain.Code, plain.Header().Get("Cache-Control"), plain.Header().Get("Content-Type"))
		}
		zipped := webtest.Get(t, s, address, "Accept-Encoding", "gzip")
		if zipped.Header().Get("Content-Encoding") != "gzip" {
			continue
		}
		z, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		if unzipped, _ := io.ReadAll(z); string(unzipped) != plain.Body.String() {
			t.Errorf("%s is another file when zipped", name)
		}
	}
	for _, address := range []string{"/cloth/debrief.css", "/cloth/../kit.go", "/cloth/nothing.123.css"} {
		if w := webtest.Get(t, s, address); w.Code == http.StatusOK {
			t.Errorf("%s: got %d", address, w.Code)
		}
	}
}

func TestAssets_nameEachOther(t *testing.T) {
	s, _ := webtest.NewKit(t)
	css := webtest.Get(t, s, s.Address("debrief.css")).Body.String()
	for _, m := range regexp.MustCompile(`url\("([^"]*)"\)`).FindAllStringSubmatch(css, -1) {
		if w := webtest.Get(t, s, m[1]); w.Code != http.StatusOK {
			t.Errorf("the stylesheet asks for %s: %d", m[1], w.Code)
		}
	}
	if !strings.Contains(css, s.Address("stitch.svg")) {
		t.Error("the stylesheet does not know the stitch by its hash")
	}
	manifest := webtest.Get(t, s, s.Address("debrief.webmanifest")).Body.String()
	if !strings.Contains(manifest, s.Address("mark-512.png")) {
		t.Errorf("the manifest does not know its icon: %s", manifest)
	}
}

func TestAssets_changeTheirNameWithTheirContent(t *testing.T) {
	files := fstest.MapFS{"icons.svg": {Data: []byte("<svg/>")}, "stitch.svg": {Data: []byte("<svg/>")}, "style/1.css": {Data: []byte(`a{mask:url("stitch.svg")}`)}}
	before, err := frame.LoadAssets(files)
	if err != nil {
		t.Fatal(err)
	}
	files["stitch.svg"] = &fstest.MapFile{Data: []byte("<svg> </svg>")}
	after, err := frame.LoadAssets(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"stitch.svg", "debrief.css"} {
		if before.AddressIn(name) == after.AddressIn(name) {
			t.Errorf("%s kept its name", name)
		}
	}
}

// The budget of a page: everything but the script under 60 kB, the script under
// 20, as they are before zipping. What works beside the pages has 6 of its own, so
// has the page of the five minutes, which shares with it what locks, and the page
// without signal has 4, and a shared tablet 2.
func TestAssets_weight(t *testing.T) {
	s, _ := webtest.NewKit(t)
	page := webtest.Get(t, s, "/more").Body.Len()
	for _, name := range []string{"debrief.css", "icons.svg", "stitch.svg", "holes.svg", "holes-down.svg", "suture.svg", "mark.svg"} {
		page += webtest.Get(t, s, s.Address(name)).Body.Len()
	}
	script := webtest.Get(t, s, s.Address("debrief.js")).Body.Len()
	worker := webtest.Get(t, s, "/worker.js").Body.Len()
	waits := webtest.Get(t, s, s.Address("waits.js")).Body.Len()
	hot := webtest.Get(t, s, s.Address("hot.js")).Body.Len()
	tablet := webtest.Get(t, s, s.Address("tablet.js")).Body.Len()
	t.Logf("page %d bytes, script %d, worker %d, page without signal %d, five minutes %d, tablet %d", page, script, worker, waits, hot, tablet)
	if page > 60_000 || script > 20_000 || worker > 6_000 || waits > 4_000 || hot > 6_000 || tablet > 2_000 {
		t.Errorf("page %d bytes, script %d, worker %d, page without signal %d, five minutes %d, tablet %d", page, script, worker, waits, hot, tablet)
	}
}

// A class that a template uses and no rule knows is a mistake in one of them.
func TestClasses_haveARule(t *testing.T) {
	s, _ := webtest.NewKit(t)
	css := webtest.Get(t, s, s.Address("debrief.css")).Body.String()
	script := webtest.Get(t, s, s.Address("debrief.js")).Body.String()
	folders, err := filepath.Glob("../*/page")
	if err != nil || len(folders) < 5 {
		t.Fatalf("only %v, %v", folders, err)
	}
	for _, folder := range append(folders, "layout", "part", "testdata/page") {
		files, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(folder + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`class="([^"{]*)`).FindAllStringSubmatch(string(text), -1) {
				for _, class := range strings.Fields(m[1]) {
					known := regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `[^\w-]`)
					if !known.MatchString(css) && !known.MatchString(script) && class != "n" {
						t.Errorf("%s/%s: class %q has no rule", folder, f.Name(), class)
					}
				}
			}
		}
	}
}
