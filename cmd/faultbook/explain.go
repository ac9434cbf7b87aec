package main

import (
	"fmt"
	"io"
	"strings"

	"faultbook/internal/check"
)

func explainCommand(w *world, args []string) error {
	f := newFlags(w, "explain", "say why there is a rule, with a wrong and a right example")
	if err := f.parseFlags(args); err != nil {
		return err
	}
	if f.NArg() == 0 {
		listRules(w.stdout)
		return nil
	}
	name, err := f.parseOne(args, "a rule", "faultbook explain kind")
	if err != nil {
		return err
	}
	rule, ok := check.Find(strings.Trim(name, "[]"))
	if !ok {
		return unknownRule(name)
	}
	explain(w.stdout, rule)
	return nil
}

func unknownRule(name string) error {
	e := usageError{fmt.Sprintf("unknown rule %q", name), "faultbook explain lists all rules"}
	if near, ok := check.Nearest(name); ok {
		e.hint = fmt.Sprintf("did you mean %q?", "faultbook explain "+near)
	}
	return e
}

// listRules prints one line for each rule, by group.
func listRules(out io.Writer) {
	rules := check.Rules()
	for _, group := range check.Groups() {
		fmt.Fprintln(out, group)
		for _, r := range rules {
			if r.Group == group {
				fmt.Fprintf(out, "  %-16s %s\n", r.Name, r.Claim)
			}
		}
	}
}

// explain prints what a finding's reader wants to know: why, and how to mend it.
func explain(out io.Writer, r check.Rule) {
	fmt.Fprintf(out, "%s: %s\n%s\n\n", r.Name, r.Claim, standing(r))
	fmt.Fprintf(out, "%s\n", wrapped(r.Why, explainWidth))
	showExample(out, "Wrong", r.Wrong)
	showExample(out, "Right", r.Right)
}

// standing says how grave a rule is, and whether a site may think otherwise.
func standing(r check.Rule) string {
	if r.Fixed {
		return r.Severity.String() + "; it cannot be switched off, because no page can be made of what breaks it"
	}
	return fmt.Sprintf("%s; [check] in site.toml may say otherwise, and [[exempt]] in an entry", r.Severity)
}

func showExample(out io.Writer, heading string, list []check.Excerpt) {
	fmt.Fprintf(out, "\n%s:\n", heading)
	for _, x := range list {
		fmt.Fprintf(out, "  %s\n", x.File)
		for line := range strings.Lines(x.Text) {
			fmt.Fprint(out, "    "+line)
		}
	}
}

// explainWidth is a line that is comfortable to read.
const explainWidth = 80

// wrapped breaks the lines of paragraphs between words.
func wrapped(text string, width int) string {
	var b strings.Builder
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			b.WriteString("\n\n")
		}
		column := 0
		for _, word := range strings.Fields(paragraph) {
			n := len([]rune(word))
			switch {
			case column == 0:
			case column+1+n > width:
				b.WriteByte('\n')
				column = 0
			default:
				b.WriteByte(' ')
				column++
			}
			b.WriteString(word)
			column += n
		}
	}
	return b.String()
}
