// Package pattern reads, checks, writes and relates pattern documents: Markdown files whose
// front matter says what a pattern is called, in which contexts, what it is good for, how far it
// got, which patterns people relate it to, which ones a machine guessed, and whose work it is.
//
// The package stands alone: it knows no organisation and no database. Two generations of the
// front matter are read, and every way of writing a relation, an entity or a contributor that
// libraries of such documents have been seen to use. A document keeps the bytes it came as, so
// what nobody edited goes out as it came in.
//
// What people relate and what machines guess are held apart everywhere: [Relation] and [Link],
// [Library.People] and [Library.Machines]. Nothing here makes one into the other.
package pattern

import "go.yaml.in/yaml/v3"

// MaxSize is how many bytes a document may have. The largest seen has a hundredth of it.
const MaxSize = 4 << 20

// A Generation is how a front matter is arranged.
type Generation int

// The generations.
const (
	// Grouped front matter has an ontology, a life cycle, relationships and a garden.
	Grouped Generation = iota
	// Classified front matter, the older one, has a classification and relations at the top.
	Classified
)

// A Document is one pattern. What could not be read as what it should be is left out of the
// fields and kept in the bytes; [Check] says where.
type Document struct {
	File       string // where it was read from
	Generation Generation

	ID      string
	Slug    string
	Title   string
	Aliases []string
	Summary string
	Labels  []Label // titles by context, in the order of the file

	Position   Position
	Ontology   Ontology
	Lifecycle  Lifecycle
	Relations  []Relation // written by people
	Garden     Garden     // written by machines
	Provenance Provenance

	Rating  Rating // what the text says of itself, apart from Lifecycle.Confidence
	Body    string // everything below the front matter
	raw     []byte
	front   span // the YAML between the two lines of dashes
	root    *yaml.Node
	mended  []mend
	twice   []*yaml.Node // keys that stand a second time
	heading []Section
}

// A Place is where something stands in the file, both counted from one. Columns count characters.
type Place struct {
	Line int `json:"line"`
	Col  int `json:"col"`
}

// A Label is what the pattern is called in one context.
type Label struct {
	Context string
	Title   string
}

// A Number is a figure as it was written. Given says that something stands there, Valid that
// it is a number.
type Number struct {
	Text  string
	Value float64
	Given bool
	Valid bool
}

// A Position says how far a pattern stands from first principles, and which it leans on.
type Position struct {
	Layer  Number // 0, the centre, to 5, the edge
	Sector string
	Hubs   []Hub
}

// A Hub is a more general pattern that this one leans on.
type Hub struct {
	Target    string // a slug or an id
	Influence Number // 0 to 1
	path      string
}

// An Ontology says what a pattern is about and how it was assessed.
type Ontology struct {
	Domain         string
	CrossDomains   []string
	CommonsDomains []string
	Tension        string
	Keywords       []string
	Scores         []Score // in the order of the file, without the overall one
	Why            string  // the reason for the score of vitality
	Overall        Number  // as written; what it comes to is Mean
}

// A Score is one dimension of the assessment, 0 to 5.
type Score struct {
	Dimension string
	Number    Number
}

// A Lifecycle says how far a pattern got. Version is text: 0.10 is not 0.1.
type Lifecycle struct {
	Usage      string
	Adoption   string
	Status     string
	Version    string
	Confidence Number // 1 to 3
}

// A Relation is an edge that somebody wrote.
type Relation struct {
	Type   string // generalizes_from, requires, ...
	Slug   string // at least one of Slug and ID is there
	ID     string
	Weight Number // 0 to 1
	Note   string
	Kind   string // of a tool: what it is
	path   string
}

// Target names the pattern it leads to: the slug, or the id where there is no slug.
func (r Relation) Target() string {
	if r.Slug != "" {
		return r.Slug
	}
	return r.ID
}

// A Garden is what machines wrote. Without it the document says as much as before.
type Garden struct {
	Pruned      string // the day on which it was pruned last, as written
	Entities    []Entity
	Communities []Community
	Links       []Link
}

// An Entity is what the text speaks of.
type Entity struct {
	ID, Type, Label string
	Relevance       Number // 0 to 1
	path            string
}

// A Community is a group of patterns that belong together.
type Community struct {
	ID, Label, Source string
	Confidence        Number // 0 to 1
	path              string
}

// A Link is an edge that a machine guessed.
type Link struct {
	Target     string
	Type       string // may be empty
	Confidence Number // 0 to 1
	Strength   Number // 1 to 5, where there is no confidence
	Reason     string
	path       string
}

// A Provenance says whose work a document is.
type Provenance struct {
	Contributors []string
	Sources      []string
	Licence      string
	Attribution  string
}

// A Rating is what the text below the front matter says about how sure it is.
type Rating struct {
	Stars int    // 0 where it says nothing
	Word  string // "Established"
	Line  int
}

// A Section is one heading of the text.
type Section struct {
	Name string // one of Sections, or empty
	Text string // the heading as written
	Line int
}

// Sections are the eight parts that the text of a pattern has.
var Sections = []string{"context", "problem", "solution", "implementation", "consequences", "known uses", "cognitive era", "vitality"}

// Dimensions are what a pattern is assessed by.
var Dimensions = []string{"stakeholder_architecture", "value_creation", "resilience", "ownership",
	"autonomy", "composability", "fractal_value", "vitality"}

// RelationTypes are the ways in which people relate patterns.
var RelationTypes = []string{"generalizes_from", "specializes_to", "manifests_as", "enables", "requires",
	"alternatives", "complementary", "related", "tools"}

// Bytes is the document as it came, or as [Document.Set] and [Document.Format] made it.
// The caller does not write into it.
func (d *Document) Bytes() []byte { return d.raw }

// Headings are the headings of the text, in order.
func (d *Document) Headings() []Section { return d.heading }

// Mean is what the scores come to, in tenths, and whether there is any.
func (o Ontology) Mean() (float64, bool) {
	m, ok := o.mean()
	return float64(int(m*10+0.5)) / 10, ok
}

func (o Ontology) mean() (float64, bool) {
	sum, n := 0.0, 0
	for _, s := range o.Scores {
		if s.Number.Valid {
			sum += s.Number.Value
			n++
		}
	}
	if n == 0 {
		return 0, false
	}
	return sum / float64(n), true
}
