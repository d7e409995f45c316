package pattern

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A spot is a node of the front matter and what it hangs on.
type spot struct {
	node   *yaml.Node
	key    *yaml.Node // nil in a list
	parent *yaml.Node
}

// steps takes a path such as relationships.enables[0].weight apart: keys, and numbers in a list.
func steps(path string) ([]string, error) {
	bad := fmt.Errorf("%q is no path to a field: it looks like lifecycle.status or relationships.enables[0].weight", path)
	var all []string
	for _, part := range strings.Split(path, ".") {
		name, rest, list := strings.Cut(part, "[")
		if name == "" || list && rest == "" {
			return nil, bad
		}
		all = append(all, name)
		for rest != "" {
			n, after, ok := strings.Cut(rest, "]")
			if _, err := strconv.ParseUint(n, 10, 16); !ok || err != nil {
				return nil, bad
			}
			all = append(all, "["+n)
			if after != "" && after[0] != '[' {
				return nil, bad
			}
			rest = strings.TrimPrefix(after, "[")
			if after != "" && rest == "" {
				return nil, bad
			}
		}
	}
	return all, nil
}

// said is a way as it is written.
func said(way []string) string {
	var b strings.Builder
	for i, step := range way {
		switch {
		case step[0] == '[':
			b.WriteString(step + "]")
		case i > 0:
			b.WriteString("." + step)
		default:
			b.WriteString(step)
		}
	}
	return b.String()
}

// find follows a path as far as it goes and says how many of its steps that were.
func (d *Document) find(way []string) (spot, int) {
	s := spot{node: d.root}
	for i, step := range way {
		next, ok := s.step(step)
		if !ok {
			return s, i
		}
		s = next
	}
	return s, len(way)
}

func (s spot) step(name string) (spot, bool) {
	n := s.node
	if number, ok := strings.CutPrefix(name, "["); ok {
		i, _ := strconv.Atoi(number)
		if n.Kind != yaml.SequenceNode || i >= len(n.Content) {
			return spot{}, false
		}
		return spot{node: n.Content[i], parent: n}, true
	}
	if n.Kind != yaml.MappingNode {
		return spot{}, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return spot{node: n.Content[i+1], key: n.Content[i], parent: n}, true
		}
	}
	return spot{}, false
}

// At is the place of a field, or of what it would stand in where it is missing.
func (d *Document) At(path string) Place {
	way, err := steps(path)
	if err != nil {
		return Place{1, 1}
	}
	s, n := d.find(way)
	switch {
	case n == 0:
		return Place{1, 1}
	case n < len(way) && s.key != nil:
		return d.place(s.key)
	case s.key != nil && (s.node.Kind != yaml.ScalarNode || s.node.Line == 0): // what stands after the key has no place of its own
		return d.place(s.key)
	}
	return d.place(s.node)
}

// Value is the text of a field, as YAML reads it, and whether there is such a field with one value.
func (d *Document) Value(path string) (string, bool) {
	way, err := steps(path)
	if err != nil {
		return "", false
	}
	s, n := d.find(way)
	if n < len(way) || s.node.Kind != yaml.ScalarNode {
		return "", false
	}
	return s.node.Value, true
}
