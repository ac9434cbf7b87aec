package render

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"faultbook/internal/match"
	"faultbook/internal/site"
)

// TestFindIndex reads the index as the box does, line by line, and as a whole.
func TestFindIndex(t *testing.T) {
	all := []match.Entry{
		{Slug: "a", Name: "one", Messages: []string{"first\nsecond"}},
		{Slug: "b", Name: `]}`, HTTP: []int{429}},
		{Slug: "c", Name: "</script>, {x}"},
	}
	for n := range len(all) + 1 {
		want := site.FindIndex{Index: match.Index{Version: match.Version}, Entries: all[:n]}
		out := string(FindIndex(want))
		var whole site.FindIndex
		if err := json.Unmarshal([]byte(out), &whole); err != nil {
			t.Fatalf("%d entries: %v\n%s", n, err, out)
		}
		if !reflect.DeepEqual(whole, want) {
			t.Errorf("%d entries: read %+v, want %+v", n, whole, want)
		}
		lines := strings.Split(out, "\n")
		if len(lines) != n+3 || lines[n+1] != "]}" || lines[n+2] != "" {
			t.Fatalf("%d entries stand in %d lines:\n%s", n, len(lines), out)
		}
		if head := lines[0] + "]}"; !json.Valid([]byte(head)) {
			t.Errorf("the first line does not open by itself: %s", head)
		}
		for i, e := range all[:n] {
			var got match.Entry
			if err := json.Unmarshal([]byte(strings.TrimSuffix(lines[i+1], ",")), &got); err != nil || !reflect.DeepEqual(got, e) {
				t.Errorf("line %d is %s, want %+v (%v)", i+2, lines[i+1], e, err)
			}
		}
	}
}
