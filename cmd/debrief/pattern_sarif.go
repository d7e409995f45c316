package main

import (
	"path"

	"debrief/internal/pattern"
)

// The shapes of SARIF 2.1.0, which code hosts read problems from, as far as a check has something to say in them.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		Default          struct {
			Level pattern.Severity `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string           `json:"ruleId"`
		Level     pattern.Severity `json:"level"`
		Message   sarifText        `json:"message"`
		Locations []sarifPlace     `json:"locations"`
	}
	sarifPlace struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region struct {
				Line int `json:"startLine"`
				Col  int `json:"startColumn"`
			} `json:"region"`
		} `json:"physicalLocation"`
	}
)

// sarif is what was found, as SARIF. Its levels are called as our severities are.
func sarif(found []pattern.Problem) sarifLog {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver.Name = "debrief"
	for _, r := range pattern.Rules() {
		rule := sarifRule{ID: r.Code, ShortDescription: sarifText{r.What}}
		rule.Default.Level = r.Severity
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	for _, p := range found {
		var at sarifPlace
		at.Physical.Artifact.URI = path.Clean(p.File)
		at.Physical.Region.Line, at.Physical.Region.Col = p.Line, p.Col
		run.Results = append(run.Results, sarifResult{p.Code, p.Severity, sarifText{p.Message}, []sarifPlace{at}})
	}
	return sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
}
