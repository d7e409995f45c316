package frame

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed layout page part
var templateFiles embed.FS

// templates are all pages by name. Each is a set of its own: the layouts, the
// parts and that one page, so that two pages may both define "main". It is put
// together when it is first asked for: all at once would be most of a start,
// and most of the memory of a server whose people need a few of them.
type templates map[string]func() (*template.Template, error)

// loadTemplates reads layout/*.html and part/*.html, and page/*.html of each of
// the sources. A template is called by its path without the ending: "layout/page",
// "part/refusal".
func loadTemplates(sources []fs.FS, funcs template.FuncMap) (templates, error) {
	common := template.New("").Funcs(funcs).Option("missingkey=error")
	for _, pattern := range []string{"layout/*.html", "part/*.html"} {
		if err := parse(common, templateFiles, pattern); err != nil {
			return nil, err
		}
	}
	pages := templates{}
	for _, files := range sources {
		names, err := fs.Glob(files, "page/*.html")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			page := strings.TrimSuffix(path.Base(name), ".html")
			if pages[page] != nil {
				return nil, fmt.Errorf("two pages are called %q", page)
			}
			pages[page] = sync.OnceValues(func() (*template.Template, error) {
				set, err := common.Clone()
				if err != nil {
					return nil, err
				}
				return set, parse(set, files, name)
			})
		}
	}
	return pages, nil
}

// parse adds templates to a set. No form of theirs is judged by the browser,
// whose words are in its own language: the server says what is wrong, beside the
// field.
func parse(set *template.Template, files fs.FS, pattern string) error {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		said := strings.ReplaceAll(string(text), "<form ", "<form novalidate ")
		if _, err := set.New(strings.TrimSuffix(name, ".html")).Parse(said); err != nil {
			return err
		}
	}
	return nil
}

// funcs are the two functions every template may call beside the methods of its
// [Frame]: asset "debrief.css" is an address, icon "mend" a drawing from the
// sprite that takes the colour of the text around it.
func (a *assets) funcs() template.FuncMap {
	return template.FuncMap{
		"asset": a.Asset,
		"icon": func(name string) (template.HTML, error) {
			if !a.icons[name] {
				return "", fmt.Errorf("no icon %q in icons.svg", name)
			}
			return template.HTML(`<svg class="i" aria-hidden="true"><use href="` + a.address["icons.svg"] + `#` + name + `"/></svg>`), nil
		},
	}
}

// Show answers with a page: page/<name>.html executed with one struct that
// embeds a *Frame. Nothing is sent before all of it is there, so a fault in a
// template becomes a fault page and never half a page.
func (s *Kit) Show(w http.ResponseWriter, status int, name string, data any) error {
	return s.write(w, status, name, "page/"+name, data)
}

// Fragment answers with one named part of a page, for a browser that has the
// rest: the template "fragment" is defined in page/<name>.html and takes the same
// struct as the page.
func (s *Kit) Fragment(w http.ResponseWriter, name, fragment string, data any) error {
	return s.write(w, http.StatusOK, name, fragment, data)
}

func (s *Kit) write(w http.ResponseWriter, status int, page, name string, data any) error {
	load, ok := s.pages[page]
	if !ok {
		return fmt.Errorf("no page %q", page)
	}
	set, err := load()
	if err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, name, data); err != nil {
		return fmt.Errorf("show %s: %w", name, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Add("Vary", "Accept-Encoding, Cookie") // who comes next in this browser, and goes back, is not shown what was kept
	return send(w, status, b.Bytes())
}
