package platform

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"faultbook/internal/status"
)

// readFeed is what the platform makes of one feed.
func readFeed(body string) (status.Report, error) {
	return parseFeed(status.Source{}, map[string][]byte{feedFile: []byte(body)})
}

// oneItem is a feed of one item with that text.
func oneItem(text string) string {
	return `<rss version="2.0"><channel><title>Acme</title><item><title>[Resolved] API errors</title><description><![CDATA[` +
		text + `]]></description></item></channel></rss>`
}

func TestFeedRefusesWhatCostsTooMuch(t *testing.T) {
	atom := func(content string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><entry><content type="html">` + content + `</content></entry></feed>`
	}
	tests := []struct {
		name, body, want string
	}{
		{"4 MiB of elements", "<rss>" + strings.Repeat("<a/>", 1<<20) + "</rss>", "a feed of 4194315 bytes"},
		{"1 MiB of elements", "<rss>" + strings.Repeat("<a/>", 1<<18) + "</rss>", "more than 2000 of <a>"},
		{"2,001 items", "<rss><channel>" + strings.Repeat("<item/>", 2001) + "</channel></rss>", "more than 2000 of <item>"},
		{"100,000 levels", strings.Repeat("<rss>", 100_000), "nested deeper than 64 levels"},
		{"entities in entities", `<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>`, "DOCTYPE"},
		{"2,001 comments in HTML", atom(strings.Repeat("<!---->", 2001)), "more than 2000 comments"},
		{"2,001 instructions in HTML", atom(strings.Repeat("<?b?>", 2001)), "more than 2000 comments"},
		{"a base of links", strings.Replace(atom(""), "<feed", `<feed xmlns:b="http://www.w3.org/XML/1998/namespace" b:base="https://acme.example"`, 1), "xml:base"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readFeed(test.body); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("refused with %.200v, want %q", err, test.want)
			}
		})
	}
}

// A text that is not read may say that the thing is open, so its title does not
// decide.
func TestFeedLeavesLongTextsUnread(t *testing.T) {
	tests := []struct {
		name, text string
		want       status.Level
	}{
		{"short", "x", status.Operational},
		{"long", strings.Repeat("<p>text</p>\n", feedTextMax/12), status.Operational},
		{"too long", strings.Repeat("<p>text</p>\n", feedTextMax/12+1), status.Unknown},
		{"a short script", "<SCRIPT>x</script>", status.Operational},
		{"long, with a script", strings.Repeat("text ", rawMax/5) + "<Script>", status.Unknown},
		{"long, with a style in disguise", "&lt;strong&gt;" + strings.Repeat("text ", rawMax/5) + "&lt;style&gt;", status.Unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := readFeed(oneItem(test.text))
			if err != nil || r.Components[0].Level != test.want {
				t.Errorf("level %v, %v; want %v", r.Components, err, test.want)
			}
		})
	}
}

// TestFeedCutOff cuts the feeds of the cases off, here and there: what is left
// of one is no report.
func TestFeedCutOff(t *testing.T) {
	files, err := filepath.Glob("testdata/feed/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		if strings.HasPrefix(filepath.Base(file), "refused-") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(data).Files {
			if f.Name != feedFile {
				continue
			}
			whole := strings.TrimRight(string(f.Data), "\n")
			for n := 0; n < len(whole); n += 5 {
				if r, err := readFeed(whole[:n]); err == nil {
					t.Errorf("%s, its first %d bytes: a report, %v", file, n, r.Components)
				}
			}
		}
	}
}
