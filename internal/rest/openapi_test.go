package rest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"debrief/internal/store/storetest"
)

// description reads what the API says of itself, and refuses it where it breaks
// the rules of OpenAPI.
func description(t *testing.T, s *site) *openapi3.T {
	t.Helper()
	r := s.send("GET", "/api/openapi.json", "")
	doc, err := openapi3.NewLoader().LoadFromData(r.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// groupName is a name as people read it, and not the first word of an address.
var groupName = regexp.MustCompile(`^[A-Z][a-z -]+$`)

// Every operation says what it does, what it takes and gives in real types, and
// how it refuses; every field says what it is.
func TestDescription(t *testing.T) {
	doc := description(t, newSite(t, storetest.SQLite(t)))
	operations, fields := 0, 0
	for path, item := range doc.Paths.Map() {
		for method, o := range item.Operations() {
			operations++
			if o.Summary == "" || strings.Contains(o.Summary, "operation.") {
				t.Errorf("%s %s: no summary: %q", method, path, o.Summary)
			}
			if len(o.Tags) != 1 || !groupName.MatchString(o.Tags[0]) || o.Tags[0] == "Members" {
				t.Errorf("%s %s: in the groups %q", method, path, o.Tags)
			}
			for _, p := range o.Parameters {
				if p.Value.Description == "" && !p.Value.Required {
					t.Errorf("%s %s: %s says nothing", method, path, p.Value.Name)
				}
			}
			for status, r := range o.Responses.Map() {
				problem := r.Value.Content["application/problem+json"]
				if status[0] == '4' && (problem == nil || !strings.HasSuffix(problem.Schema.Ref, "/Problem")) {
					t.Errorf("%s %s: %s is no problem", method, path, status)
				}
			}
			if !strings.HasPrefix(path, Prefix+"/seats/{review}") && o.Responses.Status(http.StatusUnauthorized) == nil && o.Security != nil {
				t.Errorf("%s %s: strangers are not mentioned", method, path)
			}
		}
	}
	for name, schema := range doc.Components.Schemas {
		for field, is := range schema.Value.Properties {
			if fields++; is.Ref == "" && is.Value.Description == "" {
				t.Errorf("%s: nothing says what %s is", name, field)
			}
		}
	}
	if operations < 110 || fields < 400 {
		t.Errorf("%d operations, %d fields", operations, fields)
	}
}

// watcher holds every request and every answer against the description.
type watcher struct {
	router routers.Router
	seen   map[string]bool // operations that were answered well
}

func newWatcher(t *testing.T, s *site) *watcher {
	t.Helper()
	doc := description(t, s)
	doc.Servers = nil
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return &watcher{router, map[string]bool{}}
}

// check returns what an answer does not keep to.
func (w *watcher) check(r *http.Request, sent []byte, answer reply) error {
	r.Body = io.NopCloser(bytes.NewReader(sent))
	route, params, err := w.router.FindRoute(r)
	if err != nil {
		return err
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true,
			ExcludeResponseBody: answer.body == nil}} // a picture is bytes
	if answer.Code < 300 {
		if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil {
			return err
		}
		w.seen[route.Operation.OperationID] = true
	}
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: answer.Code, Header: answer.Header(),
		Body: io.NopCloser(bytes.NewReader(answer.Body.Bytes())), Options: in.Options})
}
