package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAssets_areKeptForGood(t *testing.T) {
	s, _ := newWeb(t)
	for name, address := range s.assets.address {
		plain := get(t, s, address)
		if plain.Code != http.StatusOK || !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") || plain.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %d, %q, %q", name, plain.Code, plain.Header().Get("Cache-Control"), plain.Header().Get("Content-Type"))
		}
		zipped := get(t, s, address, "Accept-Encoding", "gzip")
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
	for _, address := range []string{"/cloth/debrief.css", "/cloth/../web.go", "/cloth/nothing.123.css"} {
		if w := get(t, s, address); w.Code == http.StatusOK {
			t.Errorf("%s: got %d", address, w.Code)
		}
	}
}

func TestAssets_nameEachOther(t *testing.T) {
	s, _ := newWeb(t)
	css := get(t, s, s.assets.address["debrief.css"]).Body.String()
	for _, m := range regexp.MustCompile(`url\("([^"]*)"\)`).FindAllStringSubmatch(css, -1) {
		if w := get(t, s, m[1]); w.Code != http.StatusOK {
			t.Errorf("the stylesheet asks for %s: %d", m[1], w.Code)
		}
	}
	if !strings.Contains(css, s.assets.address["stitch.svg"]) {
		t.Error("the stylesheet does not know the stitch by its hash")
	}
	manifest := get(t, s, s.assets.address["debrief.webmanifest"]).Body.String()
	if !strings.Contains(manifest, s.assets.address["mark-512.png"]) {
		t.Errorf("the manifest does not know its icon: %s", manifest)
	}
}

func TestAssets_changeTheirNameWithTheirContent(t *testing.T) {
	files := fstest.MapFS{"icons.svg": {Data: []byte("<svg/>")}, "stitch.svg": {Data: []byte("<svg/>")}, "style/1.css": {Data: []byte(`a{mask:url("stitch.svg")}`)}}
	before, err := loadAssets(files)
	if err != nil {
		t.Fatal(err)
	}
	files["stitch.svg"] = &fstest.MapFile{Data: []byte("<svg> </svg>")}
	after, err := loadAssets(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"stitch.svg", "debrief.css"} {
		if before.address[name] == after.address[name] {
			t.Errorf("%s kept its name", name)
		}
	}
}

// The budget of a page: everything but the script under 60 kB, the script under
// 20, as they are before zipping.
func TestAssets_weight(t *testing.T) {
	s, _ := newWeb(t)
	page := get(t, s, "/more").Body.Len()
	for _, name := range []string{"debrief.css", "icons.svg", "stitch.svg", "holes.svg", "holes-down.svg", "suture.svg", "mark.svg"} {
		page += get(t, s, s.assets.address[name]).Body.Len()
	}
	script := get(t, s, s.assets.address["debrief.js"]).Body.Len()
	t.Logf("page %d bytes, script %d", page, script)
	if page > 60_000 || script > 20_000 {
		t.Errorf("page %d bytes, script %d", page, script)
	}
}

// A class that a template uses and no rule knows is a mistake in one of them.
func TestClasses_haveARule(t *testing.T) {
	s, _ := newWeb(t)
	css := get(t, s, s.assets.address["debrief.css"]).Body.String()
	script := get(t, s, s.assets.address["debrief.js"]).Body.String()
	for _, folder := range []string{"layout", "page", "part", "testdata/page"} {
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
