package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"debrief/internal/pattern"
)

type patternShow struct {
	database
	patternPaths
	JSON bool `name:"json" help:"cli.help.json"`
}

// patternView is a pattern as programs read it. People's relations and machines' links stay apart.
type patternView struct {
	File         string            `json:"file"`
	ID           string            `json:"id"`
	Slug         string            `json:"slug"`
	Title        string            `json:"title"`
	Aliases      []string          `json:"aliases"`
	Summary      string            `json:"summary"`
	Contexts     map[string]string `json:"contexts"`
	Domain       string            `json:"domain"`
	Tension      string            `json:"tension"`
	Keywords     []string          `json:"keywords"`
	Status       string            `json:"status"`
	Version      string            `json:"version"`
	Confidence   string            `json:"confidence"`
	Stars        int               `json:"stars"`
	Overall      string            `json:"overall_score"`
	Relations    []edgeView        `json:"relations"`
	Links        []edgeView        `json:"machine_links"`
	Licence      string            `json:"license"`
	Attribution  string            `json:"attribution"`
	Contributors []string          `json:"contributors"`
}

type edgeView struct {
	Type   string `json:"type"`
	Target string `json:"target"`
	Weight string `json:"weight,omitempty"`
	Reason string `json:"reason,omitempty"`
	Here   bool   `json:"here"`
}

// Run prints what documents say of themselves.
func (c *patternShow) Run(s *shell) error {
	l, err := c.read(s)
	if err != nil {
		return err
	}
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	for i, d := range l.Documents {
		v := viewed(l, d)
		if c.JSON {
			if err := out.Encode(v); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		if err := c.tell(s, v); err != nil {
			return err
		}
	}
	for _, p := range l.Unread() {
		fmt.Fprintln(s.err, shown(p.String()))
	}
	if len(l.Unread()) > 0 {
		return said(exitProblem)
	}
	return nil
}

func viewed(l *pattern.Library, d *pattern.Document) patternView {
	v := patternView{File: d.File, ID: d.ID, Slug: d.Slug, Title: d.Title, Aliases: list(d.Aliases), Summary: d.Summary, Contexts: map[string]string{},
		Domain: d.Ontology.Domain, Tension: d.Ontology.Tension, Keywords: list(d.Ontology.Keywords), Status: d.Lifecycle.Status, Version: d.Lifecycle.Version,
		Confidence: d.Lifecycle.Confidence.Text, Stars: d.Rating.Stars, Licence: d.Provenance.Licence, Attribution: d.Provenance.Attribution,
		Contributors: list(d.Provenance.Contributors), Relations: []edgeView{}, Links: []edgeView{}}
	if mean, ok := d.Ontology.Mean(); ok {
		v.Overall = fmt.Sprintf("%.1f", mean)
	}
	for _, x := range d.Labels {
		v.Contexts[x.Context] = x.Title
	}
	for _, r := range d.Relations {
		v.Relations = append(v.Relations, edgeView{r.Type, r.Target(), r.Weight.Text, r.Note, l.Find(r.Slug) != nil || l.Find(r.ID) != nil})
	}
	for _, k := range d.Garden.Links {
		weight := k.Confidence.Text
		if weight == "" {
			weight = k.Strength.Text
		}
		v.Links = append(v.Links, edgeView{k.Type, k.Target, weight, k.Reason, l.Find(k.Target) != nil})
	}
	return v
}

func list(all []string) []string { return append([]string{}, all...) }

// tell prints one pattern for a person.
func (c *patternShow) tell(s *shell, v patternView) error {
	fmt.Fprintln(s.out, shown(v.Title))
	w := tabwriter.NewWriter(s.out, 0, 4, 2, ' ', 0)
	row := func(key, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s\t%s\n", s.Say(key), shown(value))
		}
	}
	row("cli.pattern.summary", v.Summary)
	row("cli.pattern.tension", v.Tension)
	row("cli.pattern.status", strings.TrimSpace(v.Status+" "+v.Version))
	row("cli.pattern.score", v.Overall)
	for _, r := range v.Relations {
		row("cli.pattern.people", c.edge(s, r))
	}
	for _, r := range v.Links {
		row("cli.pattern.machine", c.edge(s, r))
	}
	row("cli.pattern.licence", strings.Join([]string{v.Licence, v.Attribution}, ", "))
	return w.Flush()
}

func (c *patternShow) edge(s *shell, e edgeView) string {
	said := strings.TrimSpace(e.Type + " " + e.Target + " " + e.Weight)
	if !e.Here {
		said = s.Say("cli.pattern.elsewhere", "edge", said)
	}
	return said
}

type patternGraph struct {
	database
	patternPaths
	As       string `name:"format" default:"dot" enum:"dot,json,svg" help:"cli.help.pattern-as"`
	Of       string `help:"cli.help.pattern-of"`
	Far      int    `default:"1" help:"cli.help.pattern-far"`
	Machines bool   `help:"cli.help.pattern-machines"`
}

// Run draws how patterns hang together.
func (c *patternGraph) Run(s *shell) error {
	l, err := c.read(s)
	if err != nil {
		return err
	}
	p := pattern.Picture{Label: s.Say("cli.pattern.drawn", "n", len(l.Documents)), People: l.People()}
	if c.Machines {
		p.Machines = l.Machines()
	}
	if c.Of != "" {
		d := l.Find(c.Of)
		if d == nil {
			s.note("cli.pattern.none", "pattern", shown(c.Of))
			return said(exitProblem)
		}
		p.Label, p.Focus = s.Say("cli.pattern.around", "pattern", d.Title), d.Slug
		p.People = p.People.Around(d.Slug, c.Far)
		if c.Machines {
			p.Machines = p.Machines.Around(d.Slug, c.Far)
		}
	}
	switch c.As {
	case "json":
		err = p.JSON(s.out)
	case "svg":
		if err = p.SVG(s.out); err != nil {
			fmt.Fprintln(s.err, shown(err.Error()))
			return said(exitProblem)
		}
	default:
		err = p.DOT(s.out)
	}
	return err
}
