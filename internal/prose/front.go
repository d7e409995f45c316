package prose

import (
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"debrief/internal/practice"
)

// What front matter may hold. A page's own facts fit many times over; what is
// built to fill a memory does not.
const (
	maxFront      = 16 << 10 // bytes
	maxFrontDepth = 8
	maxFrontNodes = 1000
)

// front is what a page says of itself, by lower-case name; what is nested has
// its names joined by points.
type front map[string][]string

// readFront reads the front matter of a page and returns the page behind it.
func readFront(page string) (front, string, *practice.Error) {
	lines := splitLines(page)
	n := frontMatterLines(lines)
	if n == 0 {
		if opensFront(lines) {
			return nil, page, practice.Refuse(practice.Invalid, "import.front.open").With("line", 1)
		}
		return front{}, page, nil
	}
	raw := strings.Join(lines[1:n-1], "")
	body := strings.Join(lines[n:], "")
	if len(raw) > maxFront {
		return nil, page, practice.Refuse(practice.Invalid, "import.front.large").With("line", 1)
	}
	raw = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(raw)
	if strings.HasPrefix(lines[0], "+") {
		f, err := readTOML(raw)
		return f, body, err
	}
	f, err := readYAML(raw)
	return f, body, err
}

// opensFront reports whether a page begins as if with front matter that then
// never ends.
func opensFront(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	fence := strings.TrimRight(lines[0], " \t\r\n")
	return (fence == "---" || fence == "+++") && titleLine.MatchString(strings.TrimRight(lines[1], "\r\n"))
}

var atLine = regexp.MustCompile(`line (\d+)`)

// badFront points at the line of a page whose front matter cannot be read.
func badFront(line int) *practice.Error {
	return practice.Refuse(practice.Invalid, "import.front").With("line", line+1)
}

func readYAML(raw string) (front, *practice.Error) {
	if nestsDeep(raw) {
		return nil, badFront(1)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(raw), &doc); err != nil {
		line := 1
		if m := atLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		return nil, badFront(line)
	}
	f := front{}
	if len(doc.Content) == 0 {
		return f, nil
	}
	nodes := 0
	if line := f.takeNode("", doc.Content[0], 0, &nodes); line > 0 {
		return nil, badFront(line)
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		return nil, badFront(1)
	}
	return f, nil
}

// nestsDeep spares the parser what it would refuse late.
func nestsDeep(raw string) bool {
	return strings.Count(raw, "[") > 200 || strings.Count(raw, "{") > 200 || strings.Count(raw, "- - - - - - - - - ") > 0
}

// takeNode puts the texts below a node under their names. It returns the line
// of whatever is too much: an alias, deep nesting, thousands of values.
func (f front) takeNode(name string, n *yaml.Node, depth int, nodes *int) (line int) {
	*nodes++
	if n.Kind == yaml.AliasNode || depth > maxFrontDepth || *nodes > maxFrontNodes {
		return max(n.Line, 1)
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			f[name] = append(f[name], strings.TrimSpace(n.Value))
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if line := f.takeNode(name, c, depth+1, nodes); line > 0 {
				return line
			}
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := strings.ToLower(n.Content[i].Value)
			if _, twice := f[key]; twice && name == "" {
				return n.Content[i].Line
			}
			if line := f.takeNode(strings.TrimPrefix(name+"."+key, "."), n.Content[i+1], depth+1, nodes); line > 0 {
				return line
			}
		}
	}
	return 0
}

func readTOML(raw string) (front, *practice.Error) {
	if nestsDeep(raw) {
		return nil, badFront(1)
	}
	var doc map[string]any
	if _, err := toml.Decode(raw, &doc); err != nil {
		var at toml.ParseError
		if errors.As(err, &at) {
			return nil, badFront(at.Position.Line)
		}
		return nil, badFront(1)
	}
	f := front{}
	nodes := 0
	if !f.takeValue("", doc, 0, &nodes) {
		return nil, badFront(1)
	}
	return f, nil
}

// takeValue puts the texts below a value under their names.
func (f front) takeValue(name string, v any, depth int, nodes *int) bool {
	*nodes++
	if depth > maxFrontDepth || *nodes > maxFrontNodes {
		return false
	}
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			if !f.takeValue(strings.TrimPrefix(name+"."+strings.ToLower(k), "."), v[k], depth+1, nodes) {
				return false
			}
		}
	case []any:
		for _, item := range v {
			if !f.takeValue(name, item, depth+1, nodes) {
				return false
			}
		}
	case []map[string]any:
		for _, item := range v {
			if !f.takeValue(name, item, depth+1, nodes) {
				return false
			}
		}
	case time.Time:
		f[name] = append(f[name], written(v))
	default:
		f[name] = append(f[name], strings.TrimSpace(fmt.Sprint(v)))
	}
	return true
}

// written is a time of TOML as it was written: without a zone where it had
// none, so that every machine reads the same.
func written(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format(time.DateOnly)
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05")
	}
	return t.Format(time.RFC3339)
}
