package diag

import (
	"encoding/json"
	"io"
)

// JSON prints findings as one object:
//
//	{"findings": [{"file": "x.md", "line": 7, "col": 8, "severity": "error", …}], "errors": 1, "warnings": 0}
//
// Line and col are 0 for a file as a whole; hint and source are left out when
// they are empty.
func JSON(w io.Writer, findings []Finding) error {
	out := report{
		Findings: make([]finding, len(findings)), // [] when empty, never null
		Errors:   Count(findings, Error),
		Warnings: Count(findings, Warning),
	}
	for i, f := range findings {
		out.Findings[i] = finding{
			File: f.File, Line: f.Line, Col: f.Col, Severity: f.Severity.String(),
			Rule: f.Rule, Message: f.Message, Hint: f.Hint, Source: f.Source,
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

type report struct {
	Findings []finding `json:"findings"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
}

type finding struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Source   string `json:"source,omitempty"`
}
