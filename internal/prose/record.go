package prose

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"debrief/internal/practice"
)

// readRecord reads one line of JSON as a review. why says why it is not taken,
// and leave that it is left on purpose.
func readRecord(line []byte) (it Imported, why *practice.Error, leave bool) {
	if !utf8.Valid(line) {
		return it, practice.Refuse(practice.Invalid, "text.encoding"), false
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil || raw == nil {
		if json.Valid(line) {
			return it, practice.Refuse(practice.Invalid, "import.line.object"), false
		}
		return it, practice.Refuse(practice.Invalid, "import.line.json"), false
	}
	fields := map[string][]string{}
	for name, value := range raw {
		texts, ok := jsonTexts(value)
		switch {
		case bytes.Contains(value, []byte(`\u0000`)):
			return it, practice.Refuse(practice.Invalid, "text.binary"), false
		case !ok && slices.Contains(ownFields, name):
			return it, practice.Refuse(practice.Invalid, "import.line.field").With("name", name), false
		case !ok:
			texts = []string{string(value)}
		}
		fields[name] = texts
	}
	if first(fields, "id") == "" {
		return it, practice.Refuse(practice.Invalid, "import.line.id"), false
	}
	return fromRecord(fields)
}

// ownFields are those a review is made of; they hold text or lists of it.
var ownFields = []string{"id", "ref", "title", "org", "date", "kind", "categories", "keywords", "summary", "body", "text", "note",
	"url", "licence", "license", "attribution", "source", "source_path"}

// jsonTexts reads a text, a number, a list of those, or nothing.
func jsonTexts(value json.RawMessage) ([]string, bool) {
	var v any
	d := json.NewDecoder(strings.NewReader(string(value)))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil, false
	}
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	var texts []string
	for _, item := range list {
		switch item := item.(type) {
		case nil:
		case string:
			texts = append(texts, strings.TrimSpace(item))
		case json.Number:
			texts = append(texts, item.String())
		case bool:
			texts = append(texts, map[bool]string{true: "true", false: "false"}[item])
		default:
			return nil, false
		}
	}
	return texts, true
}

// first returns the first of the named fields that says anything.
func first(fields map[string][]string, names ...string) string {
	for _, n := range names {
		for _, text := range fields[n] {
			if text != "" {
				return text
			}
		}
	}
	return ""
}

// fromRecord makes a review of the fields of a record.
func fromRecord(f map[string][]string) (it Imported, why *practice.Error, leave bool) {
	it = Imported{
		ID: first(f, "id"), Ref: first(f, "ref"), Title: oneLine(first(f, "title", "name")),
		Text: first(f, "body", "text", "summary", "note", "cause", "description"),
		Org:  first(f, "org", "project"), Kind: first(f, "kind"), URL: first(f, "url"),
		Licence: first(f, "licence", "license"), Attribution: first(f, "attribution"),
		Source: first(f, "source"), SourcePath: first(f, "source_path"),
		Keywords: some(f["keywords"]), Categories: some(f["categories"]),
	}
	it.Date, _ = parseDay(first(f, "date"))
	it.More = rest(f, it)
	it.fillIn(first(f, "product"))
	switch {
	case it.Text == "":
		return it, practice.Refuse(practice.Invalid, "import.empty"), true
	case it.Kind == plannedChange || it.Kind == "" && announces(it.Title, it.Text):
		return it, practice.Refuse(practice.Invalid, "import.announcement"), true
	case it.Kind == "":
		it.Kind = incidentReview
	}
	it.Print = it.fingerprint()
	return it, nil, false
}

// some drops what is empty from a list.
func some(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// rest keeps the fields that have no place of their own, unless they only say
// again what is said already.
func rest(f map[string][]string, it Imported) []Field {
	var more []Field
	for name, texts := range f {
		value := strings.Join(some(slices.Clone(texts)), ", ")
		if value == "" || value == it.Text || value == it.Org || (name == "summary" || name == "note") && strings.Contains(it.Text, value) {
			continue
		}
		if name == "summary" || name == "note" || !slices.Contains(ownFields, name) {
			more = append(more, Field{name, value})
		}
	}
	slices.SortFunc(more, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return more
}

// maxTitle is where a title made of a sentence is cut, in characters.
const maxTitle = 100

// fillIn gives a record that only states facts a text and a title from its key
// terms, its address and its day.
func (it *Imported) fillIn(product string) {
	terms := strings.Join(it.Keywords, ", ")
	about := it.Org
	if product != "" && !strings.Contains(strings.ToLower(product), strings.ToLower(it.Org)) {
		about = strings.TrimPrefix(it.Org+": "+product, ": ")
	} else if product != "" {
		about = product
	}
	if it.Title == "" && it.Text != "" {
		it.Title = firstSentence(it.Text)
	}
	if it.Title == "" {
		what := cut(strings.Join(it.Keywords[:min(3, len(it.Keywords))], ", "), maxTitle)
		if what != "" {
			about = it.Org
		} else {
			what = readable(lastSegment(it.URL))
		}
		if len(strings.Fields(what)) < 2 && !it.Date.IsZero() {
			what = it.Date.Format(time.DateOnly)
		}
		it.Title = strings.Trim(about+": "+what, ": ")
	}
	if terms != "" && !strings.Contains(it.Text, "\n") && len(it.Text) < 300 {
		it.Text = strings.TrimSpace(it.Text + "\n\n" + terms)
	}
	if it.Text == "" {
		it.Text = strings.Join(some([]string{it.Title, strings.Join(it.Categories, ", ")}), "\n\n")
	}
}

// lastSegment is the end of an address, where many pages have their title.
func lastSegment(address string) string {
	u, err := url.Parse(address)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return ""
	}
	return path.Base(u.Path)
}
