package prose

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"debrief/internal/practice"
)

// readPage reads one review from a page of Markdown or MediaWiki.
func readPage(name, page string, kind fileKind) ([]Imported, []Problem, error) {
	if why := impostor(page); why != nil {
		return nil, []Problem{{Line: 1, Why: why}}, why
	}
	if why := noReview(name, page); why != nil {
		return nil, []Problem{{Title: NameTitle(name), Why: why}}, nil
	}
	var f front
	var body string
	if kind == wikiFile {
		f, body = wikiHeader(page)
		body = fromWiki(body)
	} else {
		var why *practice.Error
		if f, body, why = readFront(page); why != nil {
			line, _ := why.Args["line"].(int)
			return nil, []Problem{{Line: line, Why: why}}, why
		}
	}
	it := fromPage(name, f, strings.TrimSpace(body))
	if it.Text == "" {
		return nil, []Problem{{ID: it.ID, Title: it.Title, Why: practice.Refuse(practice.Invalid, "import.empty")}}, nil
	}
	if it.Kind == plannedChange || announces(it.Title, it.Text) {
		return nil, []Problem{{Line: 1, ID: it.ID, Title: it.Title, Why: practice.Refuse(practice.Invalid, "import.announcement")}}, nil
	}
	it.Print = it.fingerprint()
	return []Imported{it}, nil, nil
}

// impostor refuses text that is something else than its name says.
func impostor(page string) *practice.Error {
	start := strings.ToLower(strings.TrimSpace(page[:min(len(page), 200)]))
	for _, sign := range []string{"<!doctype", "<html", "<?xml", "%pdf", "version https://git-lfs", "{\\rtf", "<<<<<<< "} {
		if strings.HasPrefix(start, sign) {
			return practice.Refuse(practice.Invalid, "import.claims").With("line", 1)
		}
	}
	if (strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[")) && json.Valid([]byte(page)) {
		return practice.Refuse(practice.Invalid, "import.claims").With("line", 1)
	}
	return nil
}

var (
	aboutTheFolder = regexp.MustCompile(`(?i)^(readme|licen[cs]e|contributing|code[-_]of[-_]conduct|security|changelog|authors|maintainers|_index)\.[a-z.]+$`)
	isTemplate     = regexp.MustCompile(`(?i)^((.*[-_. ])?template|template[-_. ].*)\.[a-z.]+$`)
	toFillIn       = regexp.MustCompile(`(?i)\{\{|\byyyy\b|\bTODO\b|\bTBD\b|\bXX+\b|\[(your|name|link|date|time|describe|insert)\b|<(your|name|link|date|time|describe|insert)\b|_+your `)
)

// noReview tells that a page is none: it is about its folder, unless the folder
// is named like one review, or it is an empty form.
func noReview(name, page string) *practice.Error {
	base, folder := path.Base(slashed(name)), path.Base(path.Dir(slashed(name)))
	switch {
	case aboutTheFolder.MatchString(base) && !isoDay.MatchString(folder) && !fileRef.MatchString(folder):
		return practice.Refuse(practice.Invalid, "import.page")
	case isTemplate.MatchString(base) && toFillIn.MatchString(page):
		return practice.Refuse(practice.Invalid, "import.template")
	}
	return nil
}

func slashed(name string) string { return path.Clean(strings.ReplaceAll(name, `\`, "/")) }

// tail is the end of a path, which is the same wherever the folder lies.
func tail(name string) string {
	parts := strings.Split(strings.Trim(slashed(name), "/"), "/")
	return strings.Join(parts[max(0, len(parts)-3):], "/")
}

// taken are the names of front matter that have a place in a review.
var taken = strings.Fields("id uid ref number title date incident_date org organisation organization company url canonical_url link kind type" +
	" licence license authors author attribution source categories category tags keywords description summary")

// fromPage makes a review of a page and what it says of itself.
func fromPage(name string, f front, body string) Imported {
	it := Imported{
		ID: first(f, "id", "uid"), Ref: first(f, "ref", "number"), Text: body, Org: first(f, "org", "organisation", "organization", "company"),
		URL: webAddress(first(f, "url", "canonical_url", "link")), Licence: first(f, "licence", "license"),
		Attribution: first(f, "attribution"), Source: first(f, "source"), SourcePath: tail(name),
		Keywords: some(append(slices.Clone(f["tags"]), f["keywords"]...)), Categories: some(append(slices.Clone(f["categories"]), f["category"]...)),
	}
	if it.Attribution == "" {
		it.Attribution = strings.Join(some(append(slices.Clone(f["authors"]), append(f["author"], f["authors.name"]...)...)), ", ")
	}
	if it.Text == "" {
		it.Text = first(f, "description", "summary")
	}
	if len(it.ID) < 4 || strings.IndexFunc(it.ID, unicode.IsDigit) < 0 { // "index" is no identity
		sum := sha256.Sum256([]byte(it.SourcePath))
		it.ID = "md_" + hex.EncodeToString(sum[:6])
	}
	if it.Ref == "" {
		it.Ref = fileRef.FindString(path.Base(bundled(it.SourcePath)))
	}
	it.Title = pageTitle(name, f, it.Text)
	it.Date = pageDay(name, f, it.Text)
	it.Kind = pageKind(f, name+" "+it.Title)
	for _, field := range sortedNames(f) {
		value := strings.Join(some(slices.Clone(f[field])), ", ")
		if value != "" && (!slices.Contains(taken, field) || (field == "description" || field == "summary") && value != it.Text) {
			it.More = append(it.More, Field{field, value})
		}
	}
	return it
}

// fileRef is the number a file's name may begin with: PM2021-005, INC-17.
var fileRef = regexp.MustCompile(`^[A-Z]{2,6}-?\d{2,}(-\d+)?`)

func sortedNames(f front) []string {
	names := make([]string, 0, len(f))
	for n := range f {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func webAddress(s string) string {
	if practice.WebAddress(s) {
		return s
	}
	return ""
}

// headings that say nothing of the one page they stand on.
var anyHeading = regexp.MustCompile(`(?i)^((issue |executive |incident )?summary|overview|introduction|background|abstract|timeline|date|impact|what happened|status|incident|description|post-?mortem|tl;?dr)$`)

// pageTitle takes the title from the front matter, the first heading that says
// something, the first sentence, or the file's name.
func pageTitle(name string, f front, text string) string {
	if t := oneLine(first(f, "title")); t != "" && !strings.Contains(t, "{{") && !strings.Contains(t, "<%") {
		return t
	}
	for _, h := range pageHeadings(text) {
		if !anyHeading.MatchString(h) && !strings.Contains(h, "{{") && !strings.Contains(h, "<%") {
			return cut(h, 2*maxTitle)
		}
	}
	if t := firstSentence(text); t != "" {
		return t
	}
	return NameTitle(name)
}

// pageHeadings returns the words of the first heading of level one, and of the
// first heading at all.
func pageHeadings(text string) []string {
	var top, others []string
	fence, before := "", ""
	for _, line := range splitLines(text) {
		t := strings.TrimSpace(line)
		switch {
		case fence != "":
			if closesFence(t, fence) {
				fence = ""
			}
		case parseFence(t) != "":
			fence = parseFence(t)
		case headingLevel(t) == 1, before != "" && t != "" && strings.Trim(t, "=") == "":
			top = append(top, headingWords(before+"\n"+t))
			if headingLevel(t) == 1 {
				top[len(top)-1] = headingWords(t)
			}
		case headingLevel(t) > 1:
			others = append(others, headingWords(t))
		}
		before = t
	}
	return slices.DeleteFunc(slices.Concat(top[:min(1, len(top))], others[:min(1, len(others))]), func(s string) bool { return s == "" })
}

// pageDay takes the day from the front matter, the address or the file's name,
// a heading, the first words, or at last from when it was published.
func pageDay(name string, f front, text string) time.Time {
	if day, ok := parseDay(first(f, "date", "incident_date", "incident-date", "started", "start")); ok {
		return day
	}
	for _, place := range []string{first(f, "path"), first(f, "slug"), first(f, "permalink"), path.Base(slashed(name)), tail(name)} {
		if m := isoDay.FindStringSubmatch(place); m != nil {
			if day, ok := makeDay(m[1], m[2], m[3]); ok {
				return day
			}
		}
	}
	year := anyYear.FindString(path.Base(bundled(name)))
	for _, words := range []string{strings.Join(pageHeadings(text), "\n"), text[:min(len(text), 2*opening)]} {
		if day, ok := findDay(words, year); ok {
			return day
		}
	}
	day, _ := parseDay(first(f, "published", "created", "assigned"))
	return day
}

// pageKind says what sort of page it is.
func pageKind(f front, named string) string {
	said := strings.ToLower(first(f, "kind", "type", "section", "category"))
	switch {
	case said == plannedChange || strings.Contains(said, "maintenance") || strings.Contains(said, "announcement"),
		first(f, "informational") == "true":
		return plannedChange
	case said == "near-miss-report" || said == "lesson-learned" || said == "status-issue":
		return said
	case said == "issue" && len(f["affected"]) > 0:
		return "status-issue"
	case strings.Contains(strings.ToLower(named), "retrospective") && !strings.Contains(strings.ToLower(named), "incident"):
		return "retrospective"
	}
	return incidentReview
}
