package book

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const goodEntry = `+++
title    = "T"
name     = "N"
code     = "c"
http     = 429
kind     = "billing"
outage   = "never"
meaning  = """
A text
"""
causes   = ["one", "two"]
fixes    = ["one"]
sources  = ["https://a.example/"]
added    = 2026-11-22
verified = 2026-09-01

[waiting]
helps = "no"
+++
`

// A TODO is found once, at the word, and hides what else is wrong with its value;
// a text that only speaks of TODO is a text.
func TestTODO(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"none":                     {`"T"`, `"the TODO: of others, TODO"`, ""},
		"a text":                   {`"T"`, `"TODO: write it"`, "2:13: title is still to be written (write it)\n"},
		"without words":            {`"T"`, `'TODO'`, "2:13: title is still to be written (write it, or take it away where it is optional)\n"},
		"a name that begins so":    {`"T"`, `"TODOs"`, ""},
		"a chosen word":            {`"billing"`, `"TODO: one of"`, "6:13: kind is still to be written (one of)\n"},
		"where a number is wanted": {`429`, `"TODO"`, "5:13: http is still to be written (write it, or take it away where it is optional)\n"},
		"where a date is wanted":   {`2026-09-01`, `"TODO: when"`, "15:13: verified is still to be written (when)\n"},
		"in a list":                {`"one", "two"`, `"one", "TODO: two"`, "11:21: causes[2] is still to be written (two)\n"},
		"twice the same":           {`"one", "two"`, `"TODO: a", "TODO: a"`, "11:14: causes[1] is still to be written (a)\n11:25: causes[2] is still to be written (a)\n"},
		"an address":               {`"https://a.example/"`, "\"TODO: <b> `x\"", "13:14: sources[1] is still to be written (<b> `x)\n"},
		"a line of many":           {"A text\n", "A text\n\n  TODO: <b>more\n", "11:3: meaning is still to be written (<b>more)\n"},
		"a comment":                {`code     = "c"`, "# TODO: x\n  #TODO\n# the TODO: y\ncode = 'c' # TODO", "4:1: this comment still says TODO (x)\n5:3: this comment still says TODO (write it, or take it away where it is optional)\n7:12: this comment still says TODO (write it, or take it away where it is optional)\n"},
		"a comment in a text":      {`"T"`, "\"\"\"\n# TODO: x\"\"\"", ""},
		"in the body":              {"+++\n", "+++\n\nText\nTODO: code\n", "22:1: the text below the front matter is still to be written (code)\n"},
		"beside another mistake":   {"code     = \"c\"\nhttp     = 429", "code = 'TODO'\nhttp = 999", "4:9: code is still to be written (write it, or take it away where it is optional)\n5:8: HTTP status 999 does not exist; want 100 to 599 (leave http out for errors on the reader's side)\n"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(goodEntry, c.old, c.new, 1)
			if name == "in the body" {
				text = goodEntry + strings.TrimPrefix(c.new, c.old)
			}
			var got strings.Builder
			for _, f := range Check("acme/x.md", []byte(text)) {
				fmt.Fprintf(&got, "%d:%d: %s (%s)\n", f.Line, f.Col, f.Message, f.Hint)
			}
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("Check of\n%s (-want +got):\n%s", text, diff)
			}
		})
	}
}
