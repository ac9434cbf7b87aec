package match

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ranking is a text and what the program finds in it. The browser's walker has
// to find the same: internal/audit/walkers.mjs compares both.
type ranking struct {
	Text   string  `json:"text"`
	Found  []found `json:"found"`
	Words  []int   `json:"words"`
	Masked string  `json:"masked"`
}

type found struct {
	Entry      int         `json:"entry"`
	Confidence int         `json:"confidence"`
	Line       int         `json:"line"`
	Instead    int         `json:"instead"`
	Reasons    [][2]string `json:"reasons"`
}

func (m *Matcher) ranking(text string) ranking {
	r := ranking{Text: text, Found: []found{}, Words: []int{}, Masked: Mask(text)}
	for _, x := range m.Find(text) {
		f := found{x.Entry, x.Confidence, x.Line, x.Instead, [][2]string{}}
		for _, reason := range x.Reasons {
			f.Reasons = append(f.Reasons, [2]string{string(reason.Why), reason.Text})
		}
		r.Found = append(r.Found, f)
	}
	r.Words = append(r.Words, m.Search(text)...)
	return r
}

// TestRankings finds the same twice, for all cases, all literals and samples of
// the real book, and texts made of their pieces and of what makes walkers
// stumble. With FAULTBOOK_RANKINGS set to a file it writes the index and the
// rankings there, of many more texts, for the browser's walker.
func TestRankings(t *testing.T) {
	made, name := 300, filepath.Join(t.TempDir(), "rankings.jsonl")
	if kept := os.Getenv("FAULTBOOK_RANKINGS"); kept != "" {
		made, name = 10000, kept
	}
	b, m := realMatcher(t)
	again := Open(m.index)
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	enc := json.NewEncoder(out)
	write := func(value any) {
		if err := enc.Encode(value); err != nil {
			t.Fatal(err)
		}
	}
	write(m.index)
	var texts []string
	for _, f := range caseFiles {
		for _, c := range readCases(t, f) {
			texts = append(texts, c.text)
		}
	}
	for _, e := range b.Entries() {
		text, err := b.Text(e)
		if err != nil {
			t.Fatal(err)
		}
		texts = slices.Concat(texts, e.Messages, text.Samples, []string{e.Title, e.Name})
	}
	r := rand.New(rand.NewPCG(4, 2026))
	pieces := slices.Clone(texts)
	for range made {
		texts = append(texts, patchwork(r, pieces))
	}
	for _, before := range []string{"", "中\n", "é", "🚀\n\n"} { // longer than what is read
		texts = append(texts, strings.ToValidUTF8(before+strings.Join(pieces, "\n")[:MaxText-1], "")+pieces[0])
	}
	for _, text := range texts {
		one, other := m.ranking(text), again.ranking(text)
		if a, b := mustJSON(t, one), mustJSON(t, other); a != b {
			t.Fatalf("%q is found as %s and as %s", text, a, b)
		}
		write(one)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
}

func mustJSON(t *testing.T, value any) string {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// stumbles are what walkers stumble over.
var stumbles = []string{
	"\\n", "\\\"", "\\\\\\\"", "\n", "\r\n", "\x1b[31m", "\x1b[", "\x1b", "\\u001b[0m", "\\033[1m", "\\x1b[0m", "%20", "%22", "%zz", "&quot;", "&amp;quot;",
	"é", "ß", "İ", "ﬁ", "Ａ", "中文", "한국", "🚀", "\u200b", "a\u0301", "\u202e", "\\u00e9", "\\ud83d\\ude80", "\\u12", "│", "Ж", "Σ",
	"š", "ſ", "ż", "\x1b[\n", "\x1b[31\"", "\x1b[中文中文中文中文中文中文A", "\x1b[0 q", "\\u000a", "0\u200b" + strings.Repeat("9", 70), "429\u200b" + strings.Repeat("9", 70),
	" ", "_", "-", "=", "==", ":", "(", "'", "\u201c", "0", "429", "\"code\":\"404\"", "sk-proj-abcDEF123456789", "a.b+c@d.example", "550e8400-e29b-41d4-a716-446655440000",
	"a@.b", "a@b.c", "a.b+", "@c.d..e", `\r8_abcdefghijklmnopqrst`, `\\nsk-ant-ab1-cdefg`, "%20sk-ant-ab1-cdefg", "\x1b[1msk-aaaa1111", `\x1B[0mkey-aaaaaaaaaaaaaaaaaaaa`, "user-aaaaaaaaaaaaaaaaaaa_a",
	strings.Repeat("x", 70), strings.Repeat("9", 12), "https://", "http://api.openai.com/v1",
}

// patchwork is a text of pieces of others and of stumbles.
func patchwork(r *rand.Rand, texts []string) string {
	var out strings.Builder
	for range 1 + r.IntN(8) {
		runes := []rune(texts[r.IntN(len(texts))])
		if len(runes) == 0 {
			continue
		}
		from := r.IntN(len(runes))
		out.WriteString(string(runes[from:min(len(runes), from+r.IntN(200))]))
		out.WriteString(stumbles[r.IntN(len(stumbles))])
	}
	return strings.ToValidUTF8(out.String(), "\ufffd")
}
