package frontmatter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const commented = `# head
title = "T" # behind

  # above
[[faq]] # at a header
q = '''
# of a text
''' # behind a text
slugs = ["a", # of an array
]
waiting = { helps = "no" }
# end
`

func TestComments(t *testing.T) {
	d, findings := ParseTOML("x.toml", []byte(commented))
	if findings != nil {
		t.Fatal(card(findings))
	}
	var got []string
	for at, text := range d.Comments() {
		got = append(got, short(at)+" "+text)
	}
	want := []string{"1:1 # head", "2:13 # behind", "4:3 # above", "8:5 # behind a text", "12:1 # end"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Comments (-want +got):\n%s", diff)
	}
	for range d.Comments() {
		break // leaves early
	}
}

func TestTexts(t *testing.T) {
	d, _ := ParseTOML("x.toml", []byte(commented))
	var got []string
	for path, text := range d.Texts() {
		got = append(got, fmt.Sprintf("%s=%s", PathName(path), strings.TrimSpace(text)))
	}
	want := []string{"faq[1].q=# of a text", "faq[1].slugs[1]=a", "faq[1].waiting.helps=no", "title=T"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Texts (-want +got):\n%s", diff)
	}
	for range d.Texts() {
		break // leaves early
	}
}
