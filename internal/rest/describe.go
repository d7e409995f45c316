package rest

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// config says what the API is and how its description is made.
func (s *Rest) config() huma.Config {
	c := huma.DefaultConfig(s.speaker.Say("api.title"), "1")
	c.Info.Description = s.speaker.Say("api.about")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "/api/openapi", "", "", nil
	c.Transformers = []huma.Transformer{s.ownProblems}
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":  {Type: "http", Scheme: "bearer", BearerFormat: "dbf_…", Description: s.speaker.Say("api.opens.token")},
		"device": {Type: "apiKey", In: "cookie", Name: s.Auth.CookieName(), Description: s.speaker.Say("api.opens.device")},
		"seat":   {Type: "apiKey", In: "header", Name: seatHeader, Description: s.speaker.Say("api.opens.seat")},
	}
	r := c.Components.Schemas
	r.RegisterTypeAlias(reflect.TypeFor[huma.ErrorModel](), reflect.TypeFor[problem]())
	r.RegisterTypeAlias(reflect.TypeFor[time.Time](), reflect.TypeFor[moment]())
	for _, k := range kinds {
		r.RegisterTypeAlias(k.of, k.as)
	}
	return c
}

// describe says of every field what it is. A field has one meaning wherever it
// stands; where it has two, the schema's own sentence goes first.
func (s *Rest) describe() {
	o := s.api.OpenAPI()
	schemas := o.Components.Schemas.Map()
	delete(schemas, "FormFile") // a Go type; on the wire it is bytes
	for name := range schemas {
		for field, is := range schemas[name].Properties {
			of := name
			if strings.HasPrefix(name, "Page") {
				of = "page" // of whatever
			}
			s.describeField(is, "property."+of+"."+field, "property."+field)
		}
	}
	for _, path := range o.Paths {
		for _, op := range operationsOf(path) {
			for _, in := range op.Parameters {
				in.Description = s.sentence("property." + in.Name)
			}
		}
	}
}

// operationsOf are those of one address.
func operationsOf(path *huma.PathItem) []*huma.Operation {
	return slices.DeleteFunc([]*huma.Operation{path.Get, path.Post, path.Put, path.Delete},
		func(o *huma.Operation) bool { return o == nil })
}

func (s *Rest) describeField(is *huma.Schema, keys ...string) {
	if is.Ref == "" {
		is.Description = s.sentence(keys...)
	}
}

// sentence is the first one that the catalogue has of several.
func (s *Rest) sentence(keys ...string) string {
	for _, key := range keys {
		key = strings.ToLower(strings.ReplaceAll(key, "_", "-"))
		if s.speaker.Has(key) {
			return s.speaker.Say(key)
		}
	}
	return ""
}
