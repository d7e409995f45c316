package pattern

import "slices"

// A Comparison is a machine's link to a pattern that people have related too.
type Comparison struct {
	Link   Link
	Types  []string // the types that people gave
	Agrees bool     // one of them is the link's
}

// Compare sets the machine's links of a document beside what people wrote. What people wrote counts; a link that
// says otherwise is something to decide about.
func Compare(d *Document) []Comparison {
	var all []Comparison
	for _, l := range d.Garden.Links {
		var types []string
		for _, r := range d.Relations {
			if l.Target != "" && (r.Slug == l.Target || r.ID == l.Target) && !slices.Contains(types, r.Type) {
				types = append(types, r.Type)
			}
		}
		if types == nil || l.Type == "" {
			continue
		}
		all = append(all, Comparison{l, types, slices.Contains(types, l.Type)})
	}
	return all
}
