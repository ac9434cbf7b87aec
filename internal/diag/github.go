package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub prints findings as workflow commands, one line each, which GitHub
// Actions shows beside the line of a pull request:
//
//	::error file=content/openai/x.md,line=7,col=8,title=[kind]::unknown kind "ratelimit"%0Ahint: …
//
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
func GitHub(w io.Writer, findings []Finding) error {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "::%s file=%s", f.Severity, githubProperty(f.File))
		if f.Line > 0 {
			fmt.Fprintf(&b, ",line=%d,col=%d", f.Line, f.Col)
		}
		message := f.Message
		if f.Hint != "" {
			message += "\nhint: " + f.Hint
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", githubProperty("["+f.Rule+"]"), githubData(message))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// githubData and githubProperty escape as the runner unescapes: see
// escapeData and escapeProperty in packages/core/src/command.ts of
// github.com/actions/toolkit.
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func githubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubData(s))
}
