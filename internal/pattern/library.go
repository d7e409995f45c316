package pattern

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// A Library is many documents and what they are called.
type Library struct {
	Documents []*Document // by file
	named     map[string]*Document
	unread    []Problem
}

// NewLibrary puts documents together. Where two share a name, the first one by file has it.
func NewLibrary(all ...*Document) *Library {
	l := &Library{Documents: slices.Clone(all), named: map[string]*Document{}}
	slices.SortStableFunc(l.Documents, func(a, b *Document) int { return strings.Compare(a.File, b.File) })
	for _, key := range []func(*Document) []string{
		func(d *Document) []string { return []string{d.Slug, d.ID} },
		func(d *Document) []string { return d.Aliases },
	} {
		for _, d := range l.Documents {
			for _, k := range key(d) {
				if k = strings.ToLower(k); k != "" && l.named[k] == nil {
					l.named[k] = d
				}
			}
		}
	}
	return l
}

// Find is the document with a slug, an id or an alias, or nil.
func (l *Library) Find(name string) *Document { return l.named[strings.ToLower(name)] }

// Unread are the files that could not be read, and why. They are not among the documents.
func (l *Library) Unread() []Problem { return l.unread }

// Together is one library of several. What could not be read of any of them could not be read of it.
func Together(all ...*Library) *Library {
	var docs []*Document
	var unread []Problem
	for _, l := range all {
		docs, unread = append(docs, l.Documents...), append(unread, l.unread...)
	}
	l := NewLibrary(docs...)
	l.unread = unread
	return l
}

// ReadFS reads every .md file below a folder, hidden ones and those of no front matter left out. What cannot be
// read is told in [Library.Unread]; the error is only about the folder. Under is put before the names of files.
func ReadFS(folder fs.FS, under string) (*Library, error) {
	var files []string
	err := fs.WalkDir(folder, ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != "." && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.Type().IsRegular() && strings.EqualFold(path.Ext(p), ".md"):
			files = append(files, p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("pattern: %w", err)
	}
	docs := make([]*Document, len(files))
	failed := make([]error, len(files))
	var all sync.WaitGroup
	for w := range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := w; i < len(files); i += runtime.GOMAXPROCS(0) {
				docs[i], failed[i] = readFile(folder, files[i], under)
			}
		})
	}
	all.Wait()
	l := NewLibrary(slices.DeleteFunc(docs, func(d *Document) bool { return d == nil })...)
	for i, err := range failed {
		if err != nil {
			l.unread = append(l.unread, unread(under+files[i], err))
		}
	}
	return l, nil
}

// readFile reads one file, or neither document nor error where it is none: Markdown without a front matter.
func readFile(folder fs.FS, name, under string) (*Document, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if l, _ := line(raw, 0); !strings.HasPrefix(strings.TrimPrefix(l, string(bom)), "---") && len(raw) <= MaxSize {
		return nil, nil
	}
	return Parse(under+name, raw)
}

// Unread is a library of nothing but a file that could not be read.
func Unread(file string, err error) *Library { return &Library{unread: []Problem{unread(file, err)}} }

func unread(file string, err error) Problem {
	p := Problem{File: file, Place: Place{1, 1}, Severity: Error, Code: Unreadable, Message: err.Error()}
	var s *SyntaxError
	if errors.As(err, &s) {
		p.Place, p.Message = s.At, s.Message
	}
	return p
}
