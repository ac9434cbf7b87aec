package main

import (
	"fmt"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/build"
	"faultbook/internal/diag"
	"faultbook/internal/publish"
)

// summaryMark begins every summary, so that the next one can take the place of
// the last in a list of comments.
const summaryMark = "<!-- faultbook build -summary -->\n"

// summaryMost is how many pages of a sort a summary names. A change of the theme
// changes every page, and GitHub takes 65,536 characters.
const summaryMost = 50

// writeSummary writes a summary into a file, if one is named.
func writeSummary(file, text string) error {
	if file == "" {
		return nil
	}
	if err := writeFile(file, []byte(summaryMark+text)); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}

// built says which pages a build has added, changed and removed, with their
// addresses.
func built(e *build.Edition, r publish.Result) string {
	added, changed, removed := pagesOf(e, r.Added), pagesOf(e, r.Changed), pagesOf(e, r.Removed)
	var out strings.Builder
	fmt.Fprintf(&out, "### %s added, %d changed, %d removed\n", count(len(added), "page", "pages"), len(changed), len(removed))
	link := func(path string) string { return fmt.Sprintf("[`%s`](%s)", path, e.Absolute(path)) }
	summaryPart(&out, "Added", added, link)
	summaryPart(&out, "Changed", changed, link)
	summaryPart(&out, "Removed", removed, func(path string) string { return "`" + path + "`" })
	fmt.Fprintf(&out, "\nThe site has %s.\n", count(r.Pages, "page", "pages"))
	return out.String()
}

func summaryPart(out *strings.Builder, heading string, paths []string, show func(string) string) {
	if len(paths) == 0 {
		return
	}
	fmt.Fprintf(out, "\n**%s**\n\n", heading)
	for _, path := range paths[:min(len(paths), summaryMost)] {
		fmt.Fprintf(out, "- %s\n", show(path))
	}
	if rest := len(paths) - summaryMost; rest > 0 {
		fmt.Fprintf(out, "- and %d more\n", rest)
	}
}

// pagesOf are the addresses of the pages among files, those of entries first:
// lists and overviews only follow them.
func pagesOf(e *build.Edition, files []string) []string {
	moved := map[string]bool{}
	for _, file := range e.Moved() {
		moved[file] = true
	}
	var entries, others []string
	for _, file := range files {
		path := "/" + strings.TrimSuffix(file, "index.html")
		switch {
		case moved[file] || !strings.HasSuffix(file, ".html"):
		case isEntry(path):
			entries = append(entries, path)
		default:
			others = append(others, path)
		}
	}
	return slices.Concat(entries, others)
}

// isEntry tells the address of an entry from those of the site's own pages, also
// when the entry is gone.
func isEntry(path string) bool {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	return len(parts) == 2 && !slices.Contains(book.Reserved(), parts[0])
}

// unbuilt says why there is no site.
func unbuilt(findings []diag.Finding) string {
	var list strings.Builder
	_ = diag.Text(&list, findings) // a Builder refuses nothing
	fence := "```"
	for strings.Contains(list.String(), fence) {
		fence += "`"
	}
	return fmt.Sprintf("### The site cannot be built: %s\n\n%stext\n%s%s\n", diag.Summary(findings), fence, list.String(), fence)
}
