package scaffold

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"faultbook/internal/book"
)

func compiled(t *testing.T, form book.Form) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema(form)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("form.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("form.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valuesOf are the values of a file as JSON has them.
func valuesOf(t *testing.T, name string, data []byte) any {
	t.Helper()
	front := string(data)
	if book.FormOf(name) != book.SiteForm {
		front, _, _ = strings.Cut(strings.TrimPrefix(front, "+++\n"), "\n+++\n")
	}
	var values map[string]any
	if err := toml.Unmarshal([]byte(front), &values); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return asJSON(values)
}

// asJSON is a value of TOML as tools for TOML hand it to a validator.
func asJSON(value any) any {
	switch v := value.(type) {
	case toml.LocalDate:
		return v.String()
	case map[string]any:
		for key, item := range v {
			v[key] = asJSON(item)
		}
	case []any:
		for i, item := range v {
			v[i] = asJSON(item)
		}
	}
	return value
}

// wrongs are the places of what a schema finds wrong: /causes/1.
func wrongs(t *testing.T, s *jsonschema.Schema, values any) []string {
	t.Helper()
	err := s.Validate(values)
	if err == nil {
		return nil
	}
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		t.Fatal(err)
	}
	var places []string
	var walk func(e *jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		if len(e.Causes) == 0 {
			places = append(places, "/"+strings.Join(e.InstanceLocation, "/"))
		}
		for _, cause := range e.Causes {
			walk(cause)
		}
	}
	walk(invalid)
	slices.Sort(places)
	return slices.Compact(places)
}

func TestSchemaOfRealContent(t *testing.T) {
	schemas := map[book.Form]*jsonschema.Schema{}
	for _, form := range forms() {
		schemas[form] = compiled(t, form)
	}
	for name, data := range realFiles(t) {
		if places := wrongs(t, schemas[book.FormOf(name)], valuesOf(t, name, data)); places != nil {
			t.Errorf("the schema refuses %s at %v", name, places)
		}
	}
}

const (
	goodEntry = `+++
title = "T"
name = "N"
code = "c"
http = 429
kind = "billing"
outage = "never"
meaning = "M"
causes = ["c"]
fixes = ["f"]
sources = ["https://a.example/"]
added = 2026-11-22
verified = 2026-09-01
[waiting]
helps = "no"
[[faq]]
q = "Q"
a = "A"
+++
`
	goodProvider = `+++
name = "N"
vendor = "V"
summary = "S"
homepage = "https://a.example/"
docs = "https://a.example/"
hosts = ["api.a.example"]
alternatives = []
[status]
platform = "azure-rss"
url = "https://status.a.example"
filter = { region = "x" }
[probe]
url = "https://api.a.example"
expect = [401]
+++
`
	goodSite = `title = "T"
tagline = "T"
description = "D"
base = "https://a.example/x"
[schedule]
every = "1h"
`
)

// What a schema finds is wrong for check as well, and both find nothing in the
// files that the mistakes are made in.
func TestSchemaFindsMistakes(t *testing.T) {
	for name, file := range map[string]struct {
		name, text string
		mistakes   map[string]string // old=>new, to the place
	}{
		"entry": {"acme/x.md", goodEntry, map[string]string{
			`name = "N"=>`:                                 "/",
			`name = "N"=>nmae = "N"`:                       "/",
			`title = "T"=>title = 1`:                       "/title",
			`title = "T"=>title = ""`:                      "/title",
			`code = "c"=>code = "two words"`:               "/code",
			`http = 429=>http = "429"`:                     "/http",
			`http = 429=>http = [429, 999]`:                "/http /http/1",
			`"billing"=>"money"`:                           "/kind",
			`"never"=>"Never"`:                             "/outage",
			`["c"]=>"c"`:                                   "/causes",
			`["c"]=>[]`:                                    "/causes",
			`["f"]=>["f", 2]`:                              "/fixes/1",
			`"https://a.=>"http://a.`:                      "/sources/0",
			`2026-09-01=>"soon"`:                           "/verified",
			`helps = "no"=>helps = "maybe"`:                "/waiting/helps",
			`helps = "no"=>`:                               "/waiting",
			`a = "A"=>`:                                    "/faq/0",
			`[waiting]=>related = ["A B"]` + "\n[waiting]": "/related/0",
		}},
		"provider": {"acme/_index.md", goodProvider, map[string]string{
			`vendor = "V"=>`: "/",
			`"api.a.example"=>"https://api.a.example"`:  "/hosts/0",
			`"azure-rss"=>"azure"`:                      "/status/platform",
			`region = "x"=>region = 1`:                  "/status/filter/region",
			`[401]=>[500]`:                              "/probe/expect /probe/expect/0",
			`alternatives = []=>alternatives = [ "A" ]`: "/alternatives/0",
		}},
		"site": {"site.toml", goodSite, map[string]string{
			`base = "=>base = "ftp:`:  "/base",
			`every = "1h"=>every = 1`: "/schedule/every",
			`[schedule]=>[shedule]`:   "/",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := compiled(t, book.FormOf(file.name))
			if places := wrongs(t, s, valuesOf(t, file.name, []byte(file.text))); places != nil {
				t.Errorf("the schema refuses the right example at %v", places)
			}
			if findings := book.Check(file.name, []byte(file.text)); len(findings) > 0 {
				t.Errorf("check finds %v in the right example", findings)
			}
			for edit, want := range file.mistakes {
				from, to, _ := strings.Cut(edit, "=>")
				text := strings.Replace(file.text, from, to, 1)
				if text == file.text {
					t.Fatalf("the right example has no %s", from)
				}
				got := strings.Join(wrongs(t, s, valuesOf(t, file.name, []byte(text))), " ")
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("with %s (-want +got):\n%s", edit, diff)
				}
				if len(book.Check(file.name, []byte(text))) == 0 {
					t.Errorf("check finds nothing with %s", edit)
				}
			}
		})
	}
}
