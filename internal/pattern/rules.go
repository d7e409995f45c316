package pattern

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Unreadable is the code under which a file that cannot be read at all is reported.
const Unreadable = "unreadable"

var rules = []Rule{
	{Code: Unreadable, Severity: Error, What: "The file has a front matter between two lines of dashes, and it is YAML in UTF-8."},
	{Code: "key-twice", Severity: Error, What: "No key stands twice in the same place.", one: keyTwice},
	{Code: "required", Severity: Error, What: "Id, slug, title and all groups of the front matter are there.", one: required},
	{Code: "id-form", Severity: Warning, What: "The id is pat_ and 26 letters and digits.", one: idForm},
	{Code: "slug-form", Severity: Error, What: "The slug has small letters, digits and hyphens.", one: slugForm},
	{Code: "slug-file", Severity: Warning, What: "The file is called as the slug.", one: slugFile},
	{Code: "value", Severity: Error, What: "Status, confidence, layer and sector have one of their values.", one: values},
	{Code: "stage", Severity: Warning, What: "The stages of use and of adoption have one of the known values.", one: stages},
	{Code: "number", Severity: Error, What: "What should be a number is one.", one: numbers},
	{Code: "score-range", Severity: Error, What: "Scores are from 0 to 5.", one: scoreRange},
	{Code: "score-missing", Severity: Warning, What: "All eight dimensions have a score.", one: scoreMissing},
	{Code: "score-overall", Severity: Error, What: "The overall score is the mean of the others, in tenths.", one: scoreOverall},
	{Code: "score-why", Severity: Warning, What: "The score of vitality has its reason.", one: scoreWhy},
	{Code: "weight-range", Severity: Error, What: "Weights, influence, relevance and confidences are from 0 to 1, strengths from 1 to 5.", one: weightRange},
	{Code: "relation-type", Severity: Warning, What: "A relation has one of the known types.", one: relationType},
	{Code: "relation-target", Severity: Error, What: "A relation says where it leads.", one: relationTarget},
	{Code: "relation-self", Severity: Error, What: "No relation leads to the pattern it stands in.", one: relationSelf},
	{Code: "relation-twice", Severity: Warning, What: "No relation of one type stands twice.", one: relationTwice},
	{Code: "link-reason", Severity: Error, What: "A machine's link has its reason and how sure it is.", one: linkReason},
	{Code: "link-repeats", Severity: Note, What: "A machine's link says nothing that a person has said.", one: linkRepeats},
	{Code: "link-contradicts", Severity: Warning, What: "A machine's link names no other type than a person has.", one: linkContradicts},
	{Code: "confidence", Severity: Warning, What: "The confidence in the front matter and the stars of the text say the same.", one: confidence},
	{Code: "licence", Severity: Warning, What: "Licence, attribution and contributors are there.", one: licence},
	{Code: "section", Severity: Error, What: "The text has its eight sections.", one: sections},
	{Code: "left-over", Severity: Warning, What: "Nothing of the template is left.", one: leftOver},
	{Code: "version-text", Severity: Note, What: "The version stands in quotes, so that 0.10 does not become 0.1.", one: versionText},
	{Code: "set-in", Severity: Warning, What: "Lines are set in with spaces.", one: setInWith},
	{Code: "id-twice", Severity: Error, What: "No two documents have one id.", all: idTwice},
	{Code: "slug-twice", Severity: Error, What: "No two documents have one slug, and no alias is the slug or alias of another.", all: slugTwice},
	{Code: "dangling", Severity: Note, What: "What a relation, a hub or a link leads to is in the library.", all: dangling},
	{Code: "hub-missing", Severity: Warning, What: "A pattern far from first principles leans on one nearer to them.", one: hubMissing},
}

func keyTwice(d *Document, t tell) {
	for _, k := range d.twice {
		t(fmt.Sprintf("line %d", d.place(k).Line), "%q stands here a second time: the first one counts", k.Value)
	}
}

func required(d *Document, t tell) {
	for key, v := range map[string]string{"id": d.ID, "slug": d.Slug, "title": d.Title} {
		if v == "" {
			t(key, "%s is missing", key)
		}
	}
	groups := []string{"summary", "context_labels", "ontology", "lifecycle", "relationships", "graph_garden"}
	if d.Generation == Classified {
		groups = []string{"classification"}
	}
	for _, g := range groups {
		if n := get(d.root, g); n == nil || n.Tag == "!!null" {
			t(g, "%s is missing", g)
		}
	}
}

var (
	idFormat   = regexp.MustCompile(`^pat_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$`)
	slugFormat = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

func idForm(d *Document, t tell) {
	if d.ID != "" && !idFormat.MatchString(d.ID) {
		t("id", "%q is no pat_ with 26 small letters and digits after it", d.ID)
	}
}

func slugForm(d *Document, t tell) {
	if d.Slug != "" && !slugFormat.MatchString(d.Slug) {
		t("slug", "%q has more than small letters, digits and single hyphens", d.Slug)
	}
}

func slugFile(d *Document, t tell) {
	if base := strings.TrimSuffix(path.Base(strings.ReplaceAll(d.File, `\`, "/")), ".md"); d.Slug != "" && base != d.Slug && d.File != "-" {
		t("slug", "the file is called %s.md and the slug is %s", base, d.Slug)
	}
}

func oneOf(d *Document, t tell, field string, allowed ...string) {
	if v, ok := d.Value(field); ok && v != "" && !slices.Contains(allowed, v) {
		t(field, "%q is none of %s", v, strings.Join(allowed, ", "))
	}
}

func values(d *Document, t tell) {
	status := []string{"draft", "active", "stable", "mature", "deprecated"}
	oneOf(d, t, "lifecycle.status", status...)
	oneOf(d, t, "classification.status", status...)
	oneOf(d, t, "lifecycle.confidence", "1", "2", "3")
	oneOf(d, t, "orbital_layer", "0", "1", "2", "3", "4", "5")
	oneOf(d, t, "sector", "Life", "Ecology", "Urban", "Business", "Universal")
}

func stages(d *Document, t tell) {
	oneOf(d, t, "lifecycle.usage_stage", "ideation", "recognition", "foundation", "design", "application", "operation")
	oneOf(d, t, "lifecycle.adoption_stage", "seed", "emergence", "early_adopters", "early_majority", "growth", "mainstream", "mature")
}

// figures are all numbers of a document with their paths and the largest and smallest they may be.
func figures(d *Document, each func(path string, n Number, least, most float64)) {
	for _, s := range d.Ontology.Scores {
		each("ontology.commons_assessment."+s.Dimension, s.Number, 0, 5)
	}
	each("ontology.commons_assessment.overall_score", d.Ontology.Overall, 0, 5)
	for _, h := range d.Position.Hubs {
		each(h.path+".influence", h.Influence, 0, 1)
	}
	for _, r := range d.Relations {
		each(r.path+".weight", r.Weight, 0, 1)
	}
	for _, e := range d.Garden.Entities {
		each(e.path+".relevance", e.Relevance, 0, 1)
	}
	for _, c := range d.Garden.Communities {
		each(c.path+".confidence", c.Confidence, 0, 1)
	}
	for _, l := range d.Garden.Links {
		each(l.path+".confidence", l.Confidence, 0, 1)
		each(l.path+".strength", l.Strength, 1, 5)
	}
}

func numbers(d *Document, t tell) {
	figures(d, func(path string, n Number, _, _ float64) {
		if n.Given && !n.Valid {
			t(path, "%q is no number", n.Text)
		}
	})
}

func outside(d *Document, t tell, scores bool) {
	figures(d, func(path string, n Number, least, most float64) {
		if strings.HasPrefix(path, "ontology.") == scores && n.Valid && (n.Value < least || n.Value > most) {
			t(path, "%s is not between %g and %g", n.Text, least, most)
		}
	})
}

func scoreRange(d *Document, t tell)  { outside(d, t, true) }
func weightRange(d *Document, t tell) { outside(d, t, false) }

const assessment = "ontology.commons_assessment"

func scoreMissing(d *Document, t tell) {
	if get(get(d.root, "ontology"), "commons_assessment") == nil {
		return
	}
	var missing []string
	for _, dimension := range Dimensions {
		if !slices.ContainsFunc(d.Ontology.Scores, func(s Score) bool { return s.Dimension == dimension }) {
			missing = append(missing, dimension)
		}
	}
	if len(missing) > 0 {
		t(assessment, "no score for %s", strings.Join(missing, ", "))
	}
}

func scoreOverall(d *Document, t tell) {
	mean, ok := d.Ontology.mean()
	if !ok || !d.Ontology.Overall.Valid {
		return
	}
	const half = 0.05 + 1e-9 // of a tenth
	if off := mean - d.Ontology.Overall.Value; off > half || off < -half {
		t(assessment+".overall_score", "the scores come to %.2f, and %s stands here", mean, d.Ontology.Overall.Text)
	}
}

func scoreWhy(d *Document, t tell) {
	if _, ok := d.Value(assessment + ".vitality"); ok && d.Ontology.Why == "" {
		t(assessment+".vitality", "vitality_reasoning is missing: say why it has this score")
	}
}

func relationType(d *Document, t tell) {
	if d.Generation == Classified {
		return
	}
	r := get(d.root, "relationships")
	if r == nil || r.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i < len(r.Content); i += 2 {
		if k := r.Content[i].Value; !slices.Contains(RelationTypes, k) {
			t("relationships."+k, "%q is none of %s", k, strings.Join(RelationTypes, ", "))
		}
	}
}

func relationTarget(d *Document, t tell) {
	for _, r := range d.Relations {
		if r.Target() == "" {
			t(r.path, "no pattern is named: a slug or an id is missing")
		}
	}
	for _, h := range d.Position.Hubs {
		if h.Target == "" {
			t(h.path, "no pattern is named: hub_id is missing")
		}
	}
	for _, l := range d.Garden.Links {
		if l.Target == "" {
			t(l.path, "no pattern is named: target is missing")
		}
	}
}

// is reports whether a name is the document's own.
func (d *Document) is(name string) bool { return name != "" && (name == d.Slug || name == d.ID) }

func relationSelf(d *Document, t tell) {
	for _, r := range d.Relations {
		if d.is(r.Slug) || d.is(r.ID) {
			t(r.path, "it leads to the pattern itself")
		}
	}
	for _, l := range d.Garden.Links {
		if d.is(l.Target) {
			t(l.path, "it leads to the pattern itself")
		}
	}
}

func relationTwice(d *Document, t tell) {
	seen := map[string]bool{}
	for _, r := range d.Relations {
		key := r.Type + " " + r.Target()
		if r.Target() != "" && seen[key] {
			t(r.path, "%s is there already as %s", r.Target(), r.Type)
		}
		seen[key] = true
	}
}

func linkReason(d *Document, t tell) {
	for _, l := range d.Garden.Links {
		if l.Reason == "" {
			t(l.path, "a machine's link without a reason: say why, or take it out")
		}
		if !l.Confidence.Given && !l.Strength.Given {
			t(l.path, "a machine's link that does not say how sure it is: confidence is missing")
		}
	}
}

func linkRepeats(d *Document, t tell) {
	for _, x := range Compare(d) {
		if x.Agrees {
			t(x.Link.path, "people relate %s as %s already", x.Link.Target, x.Link.Type)
		}
	}
}

func linkContradicts(d *Document, t tell) {
	for _, x := range Compare(d) {
		if !x.Agrees {
			t(x.Link.path, "a machine says %s to %s, and people say %s", x.Link.Type, x.Link.Target, strings.Join(x.Types, " and "))
		}
	}
}

func confidence(d *Document, t tell) {
	if c := d.Lifecycle.Confidence; c.Valid && d.Rating.Stars > 0 && int(c.Value) != d.Rating.Stars {
		t("lifecycle.confidence", "%s stands here, and %d of 3 stars in line %d of the text", c.Text, d.Rating.Stars, d.Rating.Line)
	}
}

func licence(d *Document, t tell) {
	if d.Provenance.Licence == "" {
		t("", "license is missing: nobody can tell whether they may use this text")
	}
	if d.Provenance.Attribution == "" {
		t("", "attribution is missing: nobody can tell whom to name")
	}
	if len(d.Provenance.Contributors) == 0 {
		t("", "contributors are missing")
	}
}

// sections asks of the older generation nothing: its texts had other parts.
func sections(d *Document, t tell) {
	if d.Generation == Classified {
		return
	}
	for _, s := range Sections {
		if !slices.ContainsFunc(d.heading, func(h Section) bool { return h.Name == s }) {
			t("", "the text has no section %q", s)
		}
	}
}

var wordCount = regexp.MustCompile(`\(?\d+\s*[–-]\s*\d+ (words|practices|principles)`)

func leftOver(d *Document, t tell) {
	for _, h := range d.heading {
		if wordCount.MatchString(h.Text) {
			t(fmt.Sprintf("line %d", h.Line), "a hint of the template stands in the heading: %s", h.Text)
		}
	}
	if strings.Contains(d.ID, "XXXX") || d.Slug == "pattern-slug-here" {
		t("id", "this is the template still")
	}
}

func versionText(d *Document, t tell) {
	for _, p := range []string{"lifecycle.version", "version"} {
		way, _ := steps(p)
		if s, n := d.find(way); n == len(way) && s.node.Kind == yaml.ScalarNode && (s.node.Tag == "!!float" || s.node.Tag == "!!int") {
			t(p, "%s without quotes is a number: write %q", s.node.Value, s.node.Value)
		}
	}
}

func setInWith(d *Document, t tell) {
	for _, m := range d.mended {
		t(fmt.Sprintf("line %d", m.at.Line), "the line is set in with %s: use spaces", m.what)
	}
}

func hubMissing(d *Document, t tell) {
	if l := d.Position.Layer; l.Valid && (l.Value == 3 || l.Value == 4) && len(d.Position.Hubs) == 0 {
		t("gravitational_hubs", "a pattern of layer %s leans on one of layer 0 to 2: none is named", l.Text)
	}
}

func idTwice(l *Library, t tellOf) {
	first := map[string]*Document{}
	for _, d := range l.Documents {
		if at := first[d.ID]; at != nil && d.ID != "" {
			t(d, "id", "%s has this id too", at.File)
		} else {
			first[d.ID] = d
		}
	}
}

func slugTwice(l *Library, t tellOf) {
	first := map[string]*Document{}
	for _, d := range l.Documents {
		if at := first[d.Slug]; at != nil && d.Slug != "" {
			t(d, "slug", "%s has this slug too", at.File)
		} else {
			first[d.Slug] = d
		}
	}
	for _, d := range l.Documents {
		for _, a := range d.Aliases {
			key := strings.ToLower(a)
			if at := first[key]; at != nil && at != d {
				t(d, "aliases", "%q is a slug or alias of %s", a, at.File)
			} else {
				first[key] = d
			}
		}
	}
}

func dangling(l *Library, t tellOf) {
	for _, d := range l.Documents {
		for _, r := range d.Relations {
			if r.Target() != "" && r.Type != "tools" && l.Find(r.Slug) == nil && l.Find(r.ID) == nil {
				t(d, r.path, "%s is not in this library", r.Target())
			}
		}
		for _, h := range d.Position.Hubs {
			if h.Target != "" && l.Find(h.Target) == nil {
				t(d, h.path, "%s is not in this library", h.Target)
			}
		}
		for _, g := range d.Garden.Links {
			if g.Target != "" && l.Find(g.Target) == nil {
				t(d, g.path, "%s is not in this library", g.Target)
			}
		}
	}
}
