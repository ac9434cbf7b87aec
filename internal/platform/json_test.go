package platform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/status"
)

// small is a summary with more keys of the page's object.
func small(more string) string {
	return `{"page":{"id":"abc"` + more + `},"status":{"indicator":"none"},"components":[{"id":"1","name":"API","status":"operational"}]}`
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, body, want string
	}{
		{"nothing", "", "the answer is empty"},
		{"blanks", " \r\n\t", "the answer is empty"},
		{"a byte order mark alone", "\ufeff", "the answer is empty"},
		{"HTML", "  <html>", "answered HTML, not JSON"},
		{"HTML of one byte", "<", "answered HTML, not JSON"},
		{"XHTML or a feed", `<?xml version="1.0"?>`, "answered XML, not JSON"},
		{"RSS", "<rss>", "answered XML, not JSON"},
		{"Atom", "<feed>", "answered XML, not JSON"},
		{"text", "Forbidden", "answered plain text, not JSON"},
		{"a JSON string", `"operational"`, "answered plain text, not JSON"},
		{"a list", "[]", "the answer is a JSON array, which it should not be"},
		{"half a character of UTF-16", "\xff\xfe{\x00}", "ends in the middle of a UTF-16 character"},
		{"half a pair of UTF-16", "\xfe\xff\xd8\x3d\x00{", "not valid UTF-16"},
		{"invalid UTF-8 in a name", small(`,"name":"` + "\xff" + `"`), "the answer is not valid UTF-8"},
		{"NUL in a name", small(`,"name":"` + "\x00" + `"`), "not JSON: invalid character '\\x00' in string literal"},
		{"cut in the middle", small("")[:60], "the JSON ends in the middle, after"},
		{"cut in a name", small("")[:90], "the JSON ends in the middle, after"},
		{"cut in a word", `{"page":tru`, "the JSON ends in the middle, after"},
		{"something behind it", small("") + " {}", "something follows the end of the JSON"},
		{"not quite JSON", `{"page":{id:1}}`, "not JSON: invalid character 'i'"},
		{"a comma too many", `{"page":[1,]}`, "not JSON: invalid character ']'"},
		{"a key twice", small(`,"id":"def"`), `the key "id" stands twice in one object`},
		{"a key twice in another case", small(`,"ID":"def"`), `the key "ID" stands twice`},
		{"a key twice with a letter that folds to s", `{"statu` + "\u017f" + `":1,"status":2}`, `stands twice`},
		{"2,001 items", small(`,"x":[` + strings.Repeat("1,", 2000) + `1]`), "a list of more than 2000 items"},
		{"4 MiB of {},", `{"components":[` + strings.Repeat("{},", 4<<20/3) + `{}]}`, "a list of more than 2000 items"},
		{"20,001 values", small(`,"x":[` + strings.Repeat(`[`+strings.Repeat("1,", 1900)+`1],`, 11) + `1]`), "more than 20000 values"},
		{"20,001 keys", small(`,"x":{` + manyKeys(20001) + `}`), "more than 20000 values"},
		{"65 levels", small(`,"x":` + strings.Repeat("[", 63) + strings.Repeat("]", 63)), "nested deeper than 64 levels"},
		{"100,000 levels", strings.Repeat(`{"a":`, 100_000), "nested deeper than 64 levels"},
		{"4 MiB of open brackets", strings.Repeat("[", 4<<20), "nested deeper than 64 levels"},
		{"page as a list", `{"page":[],"components":[]}`, "page is a JSON array, which it should not be"},
		{"a component as a word", `{"page":{"id":1},"components":["API"]}`, "components is a JSON string, which it should not be"},
		{"incidents as a number", small("")[:len(small(""))-1] + `,"incidents":7}`, "incidents is a JSON number, which it should not be"},
		{"an empty id", `{"page":{"id":""},"components":[{}]}`, "not the shape of a Statuspage summary: no page.id"},
		{"components null", `{"page":{"id":"a"},"components":null}`, "not the shape of a Statuspage summary: no component list"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, p := range []Platform{incidentIO(), statuspage()} {
				r, err := p.Parse(status.Source{}, map[string][]byte{summaryFile: []byte(test.body)})
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%s.Parse says %v, want %q", p.Name, err, test.want)
				}
				if diff := cmp.Diff(status.Report{}, r); diff != "" {
					t.Errorf("%s.Parse gave a report:\n%s", p.Name, diff)
				}
			}
		})
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"k%d":0,`, i)
	}
	return b.String() + `"last":0`
}

func TestParseReadsAtTheLimits(t *testing.T) {
	tests := []struct {
		name, body string
	}{
		{"a byte order mark", "\ufeff" + small("")},
		{"blanks around it", "\r\n " + small("") + "\n\n"},
		{"2,000 items", small(`,"x":[` + strings.Repeat("1,", 1999) + `1]`)},
		{"64 levels", small(`,"x":` + strings.Repeat("[", 62) + strings.Repeat("]", 62))},
		{"a page id as a number", strings.Replace(small(""), `"abc"`, `17`, 1)},
		{"unknown keys", small(`,"mood":{"a":[1.5e3,true,null]}`)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, p := range []Platform{incidentIO(), statuspage()} {
				if _, err := p.Parse(status.Source{}, map[string][]byte{summaryFile: []byte(test.body)}); err != nil {
					t.Errorf("%s.Parse: %v", p.Name, err)
				}
			}
		})
	}
}
