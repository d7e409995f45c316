package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
	"unicode/utf8"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// What a request may weigh, and how deep its JSON may be nested.
const (
	bodyLimit = 256 << 10
	depthMost = 32
)

var (
	errLarge   = practice.Refuse(practice.Invalid, "frame.large")
	errMethod  = practice.Refuse(practice.Invalid, "api.method")
	errJSON    = practice.Refuse(practice.Invalid, "api.json")
	errDeep    = practice.Refuse(practice.Invalid, "api.deep").With("max", depthMost)
	errField   = practice.Refuse(practice.Invalid, "api.field")
	errUnknown = practice.Refuse(practice.Invalid, "api.unknown")
	errForm    = practice.Refuse(practice.Invalid, "api.form")
	errText    = practice.Refuse(practice.Invalid, "text.encoding")
)

// uploadTime is how long a file may take to arrive.
const uploadTime = 60 * time.Second

// read reads the body of a request before any operation does.
func (s *Rest) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if !s.uploads[r.Pattern] {
		return readBody(r)
	}
	// A writer that cannot set a deadline keeps the server's shorter one.
	_ = http.NewResponseController(w).SetReadDeadline(s.Now().Add(uploadTime))
	body, err := io.ReadAll(io.LimitReader(r.Body, app.MaxPictureBytes+bodyLimit+1))
	if len(body) > app.MaxPictureBytes+bodyLimit {
		return nil, errLarge
	}
	if err != nil {
		return nil, errForm
	}
	return body, nil
}

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
