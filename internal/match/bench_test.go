package match

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"faultbook/internal/bench"
	"faultbook/internal/book"
	"faultbook/internal/cache"
)

// largeMatcher is opened with 10,000 entries of 100 providers, made up.
func largeMatcher(b *testing.B) *Matcher {
	b.Helper()
	dir := b.TempDir()
	if err := bench.Corpus(dir, 10000, 100, 1); err != nil {
		b.Fatal(err)
	}
	all, findings, err := book.Load(os.DirFS(dir), cache.New(&cache.Memory{}))
	if err != nil || len(findings) > 0 {
		b.Fatal(err, findings)
	}
	return Open(Compile(all, kindName))
}

// ask measures finding in texts, in turn, and a byte's share.
func ask(b *testing.B, m *Matcher, texts ...string) {
	b.Helper()
	b.ReportAllocs()
	n, bytes := 0, 0
	for b.Loop() {
		text := texts[n%len(texts)]
		m.Find(text)
		n++
		bytes += len(text)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(bytes), "ns/byte")
}

// logs are logs of so many bytes, each with one of the errors in its middle.
func logs(errors []string, size int) []string {
	const line = "2026-03-04T05:06:07Z INFO worker[17] request 4711 to model server done in 812 ms, status 200, 3 retries left\n"
	var list []string
	for _, text := range errors {
		text = text[:min(len(text), size)]
		around := strings.Repeat(line, size/len(line)+1)
		half := (size - len(text)) / 2
		list = append(list, around[:half]+text+around[:size-len(text)-half])
	}
	return list
}

// BenchmarkFind2KB measures what a reader waits for after a paste. Bars: 0.3 ms
// over the real book, 3 ms over 10,000 entries.
func BenchmarkFind2KB(b *testing.B) {
	b.Run("real", func(b *testing.B) {
		_, m := realMatcher(b)
		ask(b, m, logs(pastedTexts(b), 2<<10)...)
	})
	b.Run("10000", func(b *testing.B) {
		m := largeMatcher(b)
		var errors []string
		for i := 0; i < len(m.index.Entries); i += 97 {
			errors = append(errors, strings.Join(m.index.Entries[i].Messages, "\n"))
		}
		ask(b, m, logs(errors, 2<<10)...)
	})
}

func pastedTexts(b *testing.B) []string {
	var list []string
	for _, c := range readCases(b, "testdata/pasted.txt") {
		list = append(list, c.text)
	}
	return list
}

// hostile are texts that would take long if anything in the walk were worse than
// linear.
func hostile(m *Matcher) []struct{ name, text string } {
	var messages, codes, statuses strings.Builder
	hosts := map[string]bool{}
	for _, e := range m.index.Entries {
		messages.WriteString(strings.Join(e.Messages, "\n") + "\n")
		fmt.Fprintf(&codes, "code: %s;", strings.Join(slices.Concat(e.Codes, e.Types), ": "))
	}
	for i := range 200 {
		fmt.Fprintf(&statuses, "status %d ", 400+i)
	}
	marks := ""
	for _, p := range m.index.Providers {
		for _, host := range slices.Concat(p.Marks.Hosts, p.Marks.Names) {
			if !hosts[host] {
				hosts[host] = true
				marks += host + " "
			}
		}
	}
	return []struct{ name, text string }{
		{"one word", "error "},
		{"no blanks", "x"},
		{"digits", "9"},
		{"brackets", "{[("},
		{"open brackets", "{"},
		{"base64", "QmFzZTY0aXNub3dvcmQ"},
		{"known pairs", messages.String()},
		{"a message", slices.MaxFunc(m.index.Entries, func(x, y Entry) int { return len(x.Messages) - len(y.Messages) }).Messages[0] + " "},
		{"codes", codes.String()},
		{"statuses", statuses.String()},
		{"marks", marks},
		{"backslashes", `\`},
		{"escapes", `\\\"\n\u0041\x1b[31m%20&quot;`},
		{"colours without an end", "\x1b[1;2;3"},
		{"broken words", "er\nror\n"},
		{"names of an e-mail", "a.b+"},
		{"hosts of an e-mail", "a@b"},
		{"ideographs", "错误"},
		{"not UTF-8", "\xff"},
	}
}

// BenchmarkFind64KBHostile measures texts of as many bytes as are read. The bar:
// a byte costs no more than one of a text a quarter as long, but for what a
// fixed book has to say.
func BenchmarkFind64KBHostile(b *testing.B) {
	_, m := realMatcher(b)
	for _, c := range hostile(m) {
		for _, size := range []int{MaxText / 4, MaxText} {
			text := strings.Repeat(c.text, size/len(c.text)+1)[:size]
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(c.name, " ", "-"), size>>10), func(b *testing.B) { ask(b, m, text) })
		}
	}
}

// BenchmarkMaskHostile is the same for what hides keys, which reads all of a
// text.
func BenchmarkMaskHostile(b *testing.B) {
	_, m := realMatcher(b)
	for _, c := range hostile(m) {
		for _, size := range []int{MaxText / 4, MaxText} {
			text := strings.Repeat(c.text, size/len(c.text)+1)[:size]
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(c.name, " ", "-"), size>>10), func(b *testing.B) {
				for b.Loop() {
					Mask(text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(size)/float64(b.N), "ns/byte")
			})
		}
	}
}

func BenchmarkLog(b *testing.B) {
	_, m := realMatcher(b)
	for _, c := range []struct{ name, text string }{
		{"lines", strings.Join(logs(pastedTexts(b), 8<<10), "\n")},
		{"one-line", strings.ReplaceAll(strings.Join(logs(pastedTexts(b), 8<<10), " "), "\n", " ")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				m.Log(c.text)
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	_, real := realMatcher(b)
	large := largeMatcher(b)
	for _, m := range []*Matcher{real, large} {
		b.Run(fmt.Sprint(len(m.index.Entries)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Open(m.index)
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	_, real := realMatcher(b)
	large := largeMatcher(b)
	for _, m := range []*Matcher{real, large} {
		for _, text := range []string{"rate limit", "overloded", "openai 429 quota", "a b c d e f g h"} {
			b.Run(fmt.Sprintf("%d/%s", len(m.index.Entries), strings.ReplaceAll(text, " ", "-")), func(b *testing.B) {
				m.Search(text)
				b.ReportAllocs()
				for b.Loop() {
					m.Search(text)
				}
			})
		}
	}
}
