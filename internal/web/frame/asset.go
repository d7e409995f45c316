package frame

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed cloth
var clothFiles embed.FS

// assets are the files a page is dressed with, each under a name that contains
// the hash of its content, so that a browser may keep it for good.
type assets struct {
	address map[string]string // "debrief.css" to "/cloth/debrief.1f3a….css"
	files   map[string]asset  // by hashed name
	icons   map[string]bool   // the symbols of icons.svg
	worker  []byte            // the script beside the pages, which has an address of its own
}

// asset is one file as it is sent.
type asset struct {
	kind   string // its media type
	plain  []byte
	zipped func() []byte // nothing where zipping gains nothing
}

// kinds are the media types of what we have, not left to the tables of the
// machine it runs on.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".webmanifest": "application/manifest+json",
}

// loadAssets reads the files, joins the parts of the stylesheet and of the
// script in the order of their names, and replaces the names of files inside
// the stylesheet and the manifest by their hashed addresses.
func loadAssets(files fs.FS) (*assets, error) {
	a := &assets{address: map[string]string{}, files: map[string]asset{}, icons: map[string]bool{}}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	late := map[string][]byte{} // what names other files comes after them
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		content, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return nil, err
		}
		if path.Ext(e.Name()) == ".webmanifest" {
			late[e.Name()] = content
			continue
		}
		a.add(e.Name(), content)
	}
	for name, folders := range map[string][]string{"debrief.css": {"style/*.css"}, "debrief.js": {"script/*.js"}, "hot.js": {"vault/*.js", "hot/*.js"}} {
		if late[name], err = join(files, folders...); err != nil {
			return nil, err
		}
	}
	for name, content := range late {
		a.add(name, a.pointAtHashes(content))
	}
	work, err := join(files, "vault/*.js", "worker/*.js")
	if err != nil {
		return nil, err
	}
	a.worker = a.pointAtHashes(work)
	for _, part := range strings.Split(string(a.files[path.Base(a.address["icons.svg"])].plain), `<symbol id="`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		a.icons[name] = true
	}
	return a, nil
}

// join puts the files that match the patterns one after the other, without what is
// there for the eye: indents, lines that are a comment, and between rules of style the
// ends of lines.
func join(files fs.FS, patterns ...string) ([]byte, error) {
	var names []string
	for _, pattern := range patterns {
		found, err := fs.Glob(files, pattern)
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	var all bytes.Buffer
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(content) {
			line = bytes.TrimLeft(line, " ")
			if bare := bytes.TrimRight(line, "\n"); path.Ext(name) == ".css" && bytes.ContainsAny(bare[max(0, len(bare)-1):], "{};,") {
				line = bare
			}
			if !comments(line) {
				all.Write(line)
			}
		}
	}
	return all.Bytes(), nil
}

// comments reports whether a line of script or style is a comment and nothing else.
func comments(line []byte) bool {
	line = bytes.TrimRight(line, " \n")
	return bytes.HasPrefix(line, []byte("//")) || bytes.HasPrefix(line, []byte("/*")) && bytes.Index(line, []byte("*/")) == len(line)-2
}

// pointAtHashes replaces every quoted file name it knows by its address.
func (a *assets) pointAtHashes(content []byte) []byte {
	for name, address := range a.address {
		content = bytes.ReplaceAll(content, []byte(`"`+name+`"`), []byte(`"`+address+`"`))
	}
	return content
}

func (a *assets) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.address[name] = "/cloth/" + hashed
	a.files[hashed] = asset{kinds[ext], content, sync.OnceValue(func() []byte { return zip(content) })}
}

// zip makes a file as small as it gets, or returns nil where that gains nothing.
// It takes long enough to be left until somebody asks for the file.
func zip(content []byte) []byte {
	var zipped bytes.Buffer
	z, _ := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	z.Write(content)
	z.Close()
	if zipped.Len() >= len(content)*9/10 {
		return nil
	}
	return zipped.Bytes()
}

// Asset returns the address of a file, such as "debrief.css".
func (a *assets) Asset(name string) (string, error) {
	address, ok := a.address[name]
	if !ok {
		return "", fmt.Errorf("no file %q in cloth", name)
	}
	return address, nil
}

// serveAsset sends one file. A browser that has it never asks again.
func (s *Kit) serveAsset(w http.ResponseWriter, r *http.Request) error {
	file, ok := s.assets.files[r.PathValue("file")]
	if !ok {
		return errNoSuchPage
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	content := file.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if zipped := file.zipped(); zipped != nil {
			h.Set("Content-Encoding", "gzip")
			content = zipped
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(content)))
	if r.Method != http.MethodHead {
		_, err := w.Write(content)
		return err
	}
	return nil
}

// serveIcon answers browsers that ask for the icon where icons used to be.
func (s *Kit) serveIcon(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, s.assets.address["mark-192.png"], http.StatusFound)
	return nil
}

// SendPicture answers with a picture that somebody brought; it may do nothing but be
// looked at, and a browser keeps it.
func SendPicture(w http.ResponseWriter, kind string, data []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, max-age=86400, immutable")
	_, err := bytes.NewReader(data).WriteTo(w)
	return err
}
