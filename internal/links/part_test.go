package links

import (
	"strings"
	"testing"
)

func TestLook(t *testing.T) {
	const head = `<h2 id="first">First</h2>`
	tests := []struct {
		name, page, part string
		want             Part
	}{
		{"there", head, "first", Found},
		{"missing", head, "second", Missing},
		{"letters count", head, "First", Missing},
		{"on anything", head + `<p id=second>`, "second", Found},
		{"an old anchor", head + `<a name='second'></a>`, "second", Found},
		{"the name of a field", head + `<input name="second">`, "second", Missing},
		{"escaped in HTML", head + `<p id="a&amp;b">`, "a&b", Found},
		{"escaped in the address", head + `<p id="größe">`, "gr%C3%B6%C3%9Fe", Found},
		{"escaped in both", head + `<p id="a%20b">`, "a%20b", Found},
		{"wrongly escaped", head, "100%", Missing},
		{"as GitHub names it", `<h2>A</h2><a id="user-content-first" href="#first">`, "First", Found},
		{"in a comment", head + `<!-- <p id="second"> -->`, "second", Missing},
		{"in a script", head + `<script>s = '<p id="second">'</script>`, "second", Missing},
		{"an anchor in a heading", `<h3><a id="first"></a>First</h3>`, "second", Missing},
		{"headings without names", `<h2>First</h2><div id="root">`, "second", Unclear},
		{"no page", "", "second", Unclear},
		{"cut off in a tag", head + `<p id="sec`, "second", Missing},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := look([]byte(test.page), []string{test.part})[test.part]; got != test.want {
				t.Errorf("look(%q, %q) = %q, want %q", test.page, test.part, got, test.want)
			}
		})
	}
}

func TestJudged(t *testing.T) {
	for part, want := range map[string]bool{
		"limits": true, "a-b_c.d": true, "L": true, "long-requests": true, "region-endpoints": true, "1": true,
		"": false, "top": false, "TOP": false, "/api-keys": false, "!x": false, ":~:text=a%20word": false, "view/Microsoft_Azure": false,
		"L12": false, "L12-L20": false, "L1C2-L3C4": false, "issuecomment-1234567": false, "discussion_r123": false,
		"discussioncomment-99": false, "pullrequestreview-5": false, "issue-123": false, "note_77": false, "diff-0a1b": false,
	} {
		if got := judged(part); got != want {
			t.Errorf("judged(%q) = %v, want %v", part, got, want)
		}
	}
}

// FuzzLook holds that a page which is not wrong about a part never has it
// missing: what stands in it as plain HTML is found.
func FuzzLook(f *testing.F) {
	f.Add("limits", "<p>text")
	f.Add("a", `<!-- -->`)
	f.Fuzz(func(t *testing.T, part, behind string) {
		if part == "" || strings.ContainsAny(part, "\"&<>\x00\r") {
			return
		}
		page := `<h2 id="` + part + `">Here</h2>` + behind
		if got := look([]byte(page), []string{part})[part]; got != Found {
			t.Errorf("look(%q, %q) = %q, want %q", page, part, got, Found)
		}
	})
}
