package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/match"
)

// errNoMatch ends a match that found nothing.
var errNoMatch = errors.New("not in the book")

// longestLog is how much of a log is read, in bytes.
const longestLog = 64 << 20

func matchCommand(w *world, args []string) error {
	f := newFlags(w, "match", "find the entries that an error text is about: the text as arguments, or on standard input")
	content := f.String("content", "content", "`DIR` of the content")
	format := f.String("format", "text", "how to print matches: `text` or json")
	if err := f.parseFlags(args); err != nil {
		return err
	}
	if *format != "text" && *format != "json" {
		return usageError{fmt.Sprintf("unknown format %q; want text or json", *format), ""}
	}
	text, err := w.pasted(f.Args())
	if err != nil {
		return err
	}
	tree, err := openContent(*content)
	if err != nil {
		return err
	}
	b, findings, err := book.Load(tree, cache.New(&cache.Memory{}))
	if err != nil {
		return err
	}
	if diag.Failed(findings) {
		fmt.Fprintf(w.stderr, "faultbook: the content has errors; entries with one are left out (faultbook check names them)\n")
	}
	m := match.Open(match.Compile(b, func(k book.Kind) string { return string(k) }))
	found := m.Log(text)
	if *format == "json" {
		err = printMatchesJSON(w.stdout, m, found)
	} else {
		printMatches(w, b, m, found)
	}
	if err == nil && len(found) == 0 {
		w.suggest(m, text)
		return errNoMatch
	}
	return err
}

// pasted is the text that is asked about.
func (w *world) pasted(args []string) (string, error) {
	if len(args) > 0 {
		return strings.Join(args, " "), nil
	}
	if w.asks {
		fmt.Fprintln(w.stderr, "Paste the error, then end it with Ctrl-D on a line of its own.")
	}
	data, err := io.ReadAll(io.LimitReader(w.stdin, longestLog))
	if err != nil {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	if strings.TrimSpace(string(data)) == "" {
		return "", usageError{"match wants a text, as arguments or on standard input", `write it as faultbook match "Incorrect API key provided", or some-program 2>&1 | faultbook match`}
	}
	return string(data), nil
}

type matchJSON struct {
	Entry      string  `json:"entry"`
	Confidence float64 `json:"confidence"` // 0 to 1
	Reason     string  `json:"reason"`
	Line       int     `json:"line"`              // of the text, from 1
	Instead    string  `json:"instead,omitempty"` // the likelier entry that this one may be instead of
}

func printMatchesJSON(out io.Writer, m *match.Matcher, found []match.Match) error {
	list := make([]matchJSON, len(found))
	for i, x := range found {
		list[i] = matchJSON{Entry: m.Index().Key(x.Entry), Confidence: float64(x.Confidence/10) / 100, Reason: reasonText(m, x.Reasons), Line: x.Line}
		if x.Instead >= 0 {
			list[i].Instead = m.Index().Key(x.Instead)
		}
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Matches []matchJSON `json:"matches"`
	}{list})
}

// printMatches prints a line for each error: how sure, which entry, its page,
// why. Entries that may be meant instead stand on the same line.
func printMatches(w *world, b *book.Book, m *match.Matcher, found []match.Match) {
	for _, x := range found {
		if x.Instead >= 0 {
			continue
		}
		key := m.Index().Key(x.Entry)
		line := fmt.Sprintf("%.2f  %s  %s/%s/  %s", float64(x.Confidence/10)/100, key, b.Site.Base, key, reasonText(m, x.Reasons))
		for _, other := range found {
			if other.Instead == x.Entry && other.Confidence*2 >= x.Confidence {
				line += "; or " + m.Index().Key(other.Entry)
			}
		}
		fmt.Fprintln(w.stdout, line)
	}
}

// reasonText says in a sentence what speaks for a match. Nothing of the text
// that was asked about is in it: only what the book has itself.
func reasonText(m *match.Matcher, reasons []match.Reason) string {
	var parts, rivals []string
	for _, r := range reasons {
		switch r.Why {
		case match.Words:
			parts = append(parts, "the message matches word for word")
		case match.Part:
			parts = append(parts, "most of the message matches")
		case match.Kin:
			parts = append(parts, fmt.Sprintf("the words are those of %s, and this provider is named", r.Text))
		case match.Code:
			parts = append(parts, fmt.Sprintf("`%s` is its code", r.Text))
		case match.Status:
			parts = append(parts, "HTTP "+r.Text)
		case match.Mark:
			parts = append(parts, fmt.Sprintf("`%s` names the provider", r.Text))
		case match.Via:
			parts = append(parts, "passed on by "+r.Text)
		case match.Shared:
			rivals = append(rivals, rival(m, r.Text))
		}
	}
	if len(rivals) > 0 {
		parts = append(parts, "the same words come from "+strings.Join(rivals, ", "))
	}
	return strings.Join(parts, "; ")
}

// rival names a provider that returns the same words, and what would tell.
func rival(m *match.Matcher, slug string) string {
	for _, p := range m.Index().Providers {
		if p.Slug == slug && len(p.Marks.Hosts) > 0 {
			return fmt.Sprintf("%s (then a text names %s)", p.Name, p.Marks.Hosts[0])
		}
	}
	return slug
}

// suggest names pages that hold the words of a short text in which no error was
// found.
func (w *world) suggest(m *match.Matcher, text string) {
	found := m.Search(text)
	if len(found) == 0 {
		return
	}
	var keys []string
	for _, entry := range found[:min(len(found), 5)] {
		keys = append(keys, m.Index().Key(entry))
	}
	fmt.Fprintf(w.stderr, "pages with these words: %s\n", strings.Join(keys, ", "))
}
