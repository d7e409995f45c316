package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"unicode/utf8"

	"debrief/internal/practice"
)

// What a request may weigh, and how deep its JSON may be nested.
const (
	bodyLimit = 256 << 10
	depthMost = 32
)

var (
	errLarge  = practice.Refuse(practice.Invalid, "frame.large")
	errMethod = practice.Refuse(practice.Invalid, "api.method")
	errJSON   = practice.Refuse(practice.Invalid, "api.json")
	errDeep   = practice.Refuse(practice.Invalid, "api.deep").With("max", depthMost)
	errText   = practice.Refuse(practice.Invalid, "text.encoding")
)

// readBody reads a body that is JSON, of a size and depth that people send.
func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit+1))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge), len(body) > bodyLimit:
		return nil, errLarge
	case err != nil:
		return nil, errJSON
	case len(bytes.TrimSpace(body)) == 0:
		return []byte("{}"), nil
	case !utf8.Valid(body):
		return nil, errText
	case depth(body) > depthMost:
		return nil, errDeep
	case !json.Valid(body):
		return nil, errJSON
	}
	return body, nil
}

// depth is how deep brackets are nested, without building anything from them.
func depth(body []byte) int {
	now, most, quoted := 0, 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			now++
			most = max(most, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return most
}
