package rest

import (
	"encoding/base64"
	"fmt"
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

// pageOf cuts the stretch that was asked for out of a whole list. The cursor
// names the last thing that was read, so what is new in front moves nothing.
func pageOf[T, V any](p Paging, all []T, id func(T) string, show func(T) V) (page[V], error) {
	start := 0
	if p.Cursor != "" {
		last, err := base64.RawURLEncoding.DecodeString(p.Cursor)
		start = -1
		for i, one := range all {
			if err == nil && id(one) == string(last) {
				start = i + 1
			}
		}
		if start < 0 {
			return page[V]{}, practice.Refuse(practice.Invalid, "api.cursor").At("cursor")
		}
	}
	out := page[V]{Items: []V{}}
	end := min(start+p.Limit, len(all))
	for _, one := range all[start:end] {
		out.Items = append(out.Items, show(one))
	}
	if end < len(all) {
		out.Next = base64.RawURLEncoding.EncodeToString([]byte(id(all[end-1])))
	}
	return out, nil
}

// Edited is the version somebody saw of what they change.
type Edited struct {
	IfMatch string `header:"If-Match"`
}

// version reads the version out of If-Match.
func (e Edited) version() (int, error) {
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(e.IfMatch, "W/"), `"`))
	if err != nil || n < 0 {
		return 0, practice.Refuse(practice.Invalid, "api.version").At("If-Match")
	}
	return n, nil
}

func tag(version int) string { return fmt.Sprintf("%q", strconv.Itoa(version)) }
