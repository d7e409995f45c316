package rest

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/practice"
)

// Paging is how a list is read on.
type Paging struct {
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

// page is a stretch of a list, and where it goes on.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// pageOf cuts the stretch that was asked for out of a whole list, the newest
// first. The cursor says behind which key to go on, whether or not that still
// is there: what comes or goes meanwhile moves nothing else.
func pageOf[T, V any, K ~string](p Paging, all []T, key func(T) K, show func(T) V) (page[V], error) {
	cut, next, err := stretch(p, all, key)
	return page[V]{Items: shown(cut, show), Next: next}, err
}

// stretch is pageOf for what still has to be read to be shown.
func stretch[T any, K ~string](p Paging, all []T, key func(T) K) (cut []T, next string, err error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	newest := slices.Clone(all)
	slices.SortStableFunc(newest, func(a, b T) int { return cmp.Compare(key(b), key(a)) })
	start := 0
	if after != "" {
		start = len(newest)
		if i := slices.IndexFunc(newest, func(one T) bool { return string(key(one)) < after }); i >= 0 {
			start = i
		}
	}
	end := min(start+p.Limit, len(newest))
	if end < len(newest) {
		next = cursorAt(string(key(newest[end-1])))
	}
	return newest[start:end], next, nil
}

// after is the key behind which a list goes on; empty at its beginning.
func (p Paging) after() (string, error) {
	if p.Cursor == "" {
		return "", nil
	}
	key, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	after, ours := strings.CutPrefix(string(key), cursorMark)
	if err != nil || !ours || after == "" {
		return "", errCursor
	}
	return after, nil
}

// cursorMark tells a cursor from what somebody made up.
const cursorMark = "after "

func cursorAt(key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorMark + key))
}

var (
	errCursor  = practice.Refuse(practice.Invalid, "api.cursor").At("cursor")
	errVersion = practice.Refuse(practice.Invalid, "api.version").At("If-Match")
)

// Edited is the version somebody saw of what they change.
type Edited struct {
	IfMatch string `header:"If-Match"`
}

// version reads the number of a version out of If-Match.
func (e Edited) version() (int, error) {
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(e.IfMatch, "W/"), `"`))
	if err != nil || n < 0 {
		return 0, errVersion
	}
	return n, nil
}

// over refuses to write over what is there now where somebody saw something
// else.
func (e Edited) over(now versioned) error {
	switch e.IfMatch {
	case "":
		return errVersion
	case "*", now.etag():
		return nil
	}
	return beside(practice.ErrChanged, now)
}

func tag(version int) string { return fmt.Sprintf("%q", strconv.Itoa(version)) }

// listOfOne reads on in a list that belongs to one noun.
type listOfOne struct {
	One
	Paging
}
