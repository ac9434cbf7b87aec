package match

import (
	"fmt"
	"strings"
	"testing"
)

func TestLog(t *testing.T) {
	m := Open(smallIndex())
	lines := func(n int) string { return strings.Repeat("12:00:01 INFO all is well here\n", n) }
	const blanks = "............................................................................"
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"short", "a\n" + quotaText, "acme/quota@2 said"},
		{"nothing in much", lines(5000), ""},
		{"far apart", lines(3) + quotaText + "\n" + lines(4000) + expiredText, "acme/quota@4 said; acme/expired@4005 said"},
		{"at the very end", lines(2000) + quotaText, "acme/quota@2001 said"},
		{"many times", strings.Repeat(lines(20)+quotaText+"\n", 200), "acme/quota@21 said"},
		{"better later on", quotaText[:70] + "\n" + lines(2000) + quotaText, "acme/quota@2002 said"},
		{"a mark far away does not count", "bolt.test\n" + lines(2000) + overText, "acme/overloaded@2002 said shared=bolt; or bolt/overloaded@2002 said shared=acme"},
		{"a mark near by does", lines(2000) + "bolt.test\n" + overText, "bolt/overloaded@2002 said mark=bolt.test; or acme/overloaded@2002 said"},
		{"one line longer than a piece", strings.Repeat(blanks, 1000) + quotaText + strings.Repeat(blanks, 1000), "acme/quota said"},
		{"cut where a piece of one long line ends", strings.Repeat(".", pieceLength-40) + quotaText + strings.Repeat(".", pieceLength), "acme/quota said"},
		{"lines behind one long line", strings.Repeat(blanks, 1000) + "\n" + lines(2) + quotaText, "acme/quota@4 said"},
	} {
		if got := answer(m, m.Log(c.text)); got != c.want {
			t.Errorf("%s: Log finds\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestLogEverywhere holds that an error is found wherever it stands: pieces
// share their ends.
func TestLogEverywhere(t *testing.T) {
	m := Open(smallIndex())
	for n := 500; n < 560; n++ {
		text := strings.Repeat("12:00:01 INFO all is well here\n", n) + "Your account has used up the quota\nof this month; add credits on the\nbilling page to go on.\n" + strings.Repeat("all is well\n", 3000)
		if got, want := answer(m, m.Log(text)), fmt.Sprintf("acme/quota@%d said", n+1); got != want {
			t.Errorf("behind %d lines: Log finds %q, want %q", n, got, want)
		}
	}
}

// TestLogInstead holds that an error is told once as its own, though elsewhere
// its entry only may stand for a likelier one.
func TestLogInstead(t *testing.T) {
	m := Open(smallIndex())
	text := `Acme {"code":"invalid_key"}` + "\n" + strings.Repeat("all is well\n", 3000) + `api.acme.test {"code":"invalid_key"} ` + quotaText
	const want = "acme/quota@3002 said mark=api.acme.test; acme/wrong-key code=invalid_key mark=Acme"
	if got := answer(m, m.Log(text)); got != want {
		t.Errorf("Log finds\n got %s\nwant %s", got, want)
	}
}
