package diag

import (
	"fmt"
	"strings"
)

// Summary is the closing line of a run: "3 errors, 1 warning in 2 files".
func Summary(findings []Finding) string {
	if len(findings) == 0 {
		return "nothing is wrong"
	}
	var counts []string
	for _, s := range []Severity{Error, Warning, Notice} {
		if n := Count(findings, s); n > 0 {
			counts = append(counts, number(n, s.String()))
		}
	}
	files := make(map[string]bool)
	for _, f := range findings {
		files[f.File] = true
	}
	return strings.Join(counts, ", ") + " in " + number(len(files), "file")
}

func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
