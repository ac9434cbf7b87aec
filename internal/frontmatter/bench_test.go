package frontmatter

import (
	"os"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

// model is an entry as the site has them.
type model struct {
	Title        string   `toml:"title,required"`
	Name         string   `toml:"name,required"`
	Code         string   `toml:"code"`
	HTTP         int      `toml:"http"`
	Kind         string   `toml:"kind,required"`
	Outage       string   `toml:"outage,required"`
	Messages     []string `toml:"messages"`
	Meaning      string   `toml:"meaning,required"`
	Causes       []string `toml:"causes,required"`
	Fixes        []string `toml:"fixes,required"`
	Related      []string `toml:"related"`
	Alternatives []string `toml:"alternatives"`
	Sources      []string `toml:"sources,required"`
	Added        day      `toml:"added,required"`
	Verified     day      `toml:"verified,required"`
	Aliases      []string `toml:"aliases"`
	Waiting      struct {
		Helps   string `toml:"helps,required"`
		Advice  string `toml:"advice"`
		Typical string `toml:"typical"`
		Header  string `toml:"header"`
	} `toml:"waiting,required"`
	FAQ []struct {
		Q string `toml:"q,required"`
		A string `toml:"a,required"`
	} `toml:"faq"`
	Sample []struct {
		Text string `toml:"text,required"`
	} `toml:"sample"`
}

type day struct{ time.Time }

func (d *day) UnmarshalTOML(v any) error {
	t, ok := Date(v)
	if !ok {
		return &Wrong{Message: "want a date such as 2026-09-01", Rule: "date"}
	}
	d.Time = t
	return nil
}

func readModel(tb testing.TB) []byte {
	data, err := os.ReadFile("testdata/insufficient-quota.md")
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// BenchmarkParse is the whole way from bytes to a struct.
func BenchmarkParse(b *testing.B) {
	data := readModel(b)
	form := FormOf[model]()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		d, findings := Parse("x.md", data)
		var m model
		findings = append(findings, form.Decode(d, &m)...)
		if len(findings) > 0 {
			b.Fatal(findings)
		}
	}
}

// BenchmarkFloor is the parser alone, for comparison.
func BenchmarkFloor(b *testing.B) {
	d, _ := Parse("x.md", readModel(b))
	b.ReportAllocs()
	for b.Loop() {
		var m model
		if _, err := toml.Decode(d.Front, &m); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlaces is what the first finding of a file costs.
func BenchmarkPlaces(b *testing.B) {
	data := readModel(b)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		d, _ := Parse("x.md", data)
		b.StartTimer()
		d.At("sample", 0, "text")
	}
}
