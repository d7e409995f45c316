package rest

import (
	"reflect"
	"strings"
)

// fieldNames are the names that an operation has for what a refusal is about.
// The practice names a field as its page does; where the API says another word,
// the field has a tag: `at:"what"`.
type fieldNames map[string]string

// of returns the API's name for a field, or nothing where the request has no
// such field: then it is about the request as a whole.
func (n fieldNames) of(field string) string { return n[field] }

// fieldsOf reads the names out of an operation's input.
func fieldsOf(input reflect.Type) fieldNames {
	n := fieldNames{}
	n.read(input, "")
	return n
}

// read takes the fields of a struct. What stands further out comes first: a
// field inside of another one gives way to it.
func (n fieldNames) read(t reflect.Type, inside string) {
	var deeper []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		name := nameOf(f)
		if name != "" {
			for _, at := range append(strings.Fields(f.Tag.Get("at")), name) {
				if _, taken := n[at]; !taken {
					n[at] = inside + name
				}
			}
		}
		if form, ok := reflect.PointerTo(f.Type).MethodByName("Data"); ok && f.Name == "RawBody" {
			n.read(form.Type.Out(0).Elem(), inside)
		}
		if f.Type.Kind() == reflect.Struct && (f.Anonymous || f.Name == "Body" || name != "") {
			deeper = append(deeper, f)
		}
	}
	for _, f := range deeper {
		within := inside
		if name := nameOf(f); name != "" {
			within += name + "."
		}
		n.read(f.Type, within)
	}
}

// nameOf is what a program calls a field: in the body, the address or a header.
func nameOf(f reflect.StructField) string {
	for _, place := range []string{"json", "path", "query", "header", "form"} {
		if name, _, _ := strings.Cut(f.Tag.Get(place), ","); name != "" && name != "-" {
			return name
		}
	}
	return ""
}
