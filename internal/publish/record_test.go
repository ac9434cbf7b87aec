package publish

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const wholeRecord = `{"version":1,"output":"../public","pages":1,"key":"AAAAAAAAAAAAAAAAAAAAAA==",` +
	`"files":["1f 20 1763826000123456789 index.html","ffffffffffffffff 0 -1 with blanks/a b.txt"],"pending":["old/index.html"]}`

func TestParseRecord(t *testing.T) {
	got, err := parseRecord([]byte(wholeRecord))
	if err != nil {
		t.Fatalf("parseRecord = %v, want nil", err)
	}
	want := record{
		output: "../public", pages: 1, key: make([]byte, keySize),
		files: []entry{
			{path: "index.html", size: 20, time: 1763826000123456789, sum: 0x1f},
			{path: "with blanks/a b.txt", size: 0, time: -1, sum: 0xffffffffffffffff},
		},
		pending: []string{"old/index.html"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(record{}, entry{})); diff != "" {
		t.Errorf("parseRecord (-want +got):\n%s", diff)
	}
}

func TestParseRecordRefuses(t *testing.T) {
	tests := []struct{ name, old, new, wrong string }{
		{"another version", `"version":1`, `"version":2`, "version 2, want 1"},
		{"no version", `"version":1,`, ``, "version 0, want 1"},
		{"a short key", `AAAAAAAAAAAAAAAAAAAAAA==`, `AAAA`, "key of 3 bytes"},
		{"cut off", `"pending":["old/index.html"]}`, ``, "unexpected end"},
		{"marks of a merge", `{"version"`, "<<<<<<< ours\n{\"version\"", "invalid character"},
		{"something behind", `]}`, `]}{}`, "invalid character"},
		{"a file outside", `with blanks/a b.txt`, `z/../../x`, "not allowed"},
		{"a pending file outside", `old/index.html`, `/etc/passwd`, "want names"},
		{"a file twice", `with blanks/a b.txt`, `index.html`, "out of order"},
		{"out of order", `with blanks/a b.txt`, `a.txt`, "out of order"},
		{"a file without time", ` 1763826000123456789`, ``, "fingerprint size time path"},
		{"a size that is none", ` 20 `, ` x20 `, "invalid syntax"},
		{"a fingerprint that is none", `1f 20`, `1g 20`, "invalid syntax"},
		{"a time that is none", `1763826000123456789`, `99999999999999999999`, "out of range"},
		{"another form", `["old/index.html"]`, `{"old":1}`, "cannot unmarshal"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(wholeRecord, tt.old, tt.new, 1)
			if text == wholeRecord {
				t.Fatalf("the case changes nothing: %q is not in the record", tt.old)
			}
			if _, err := parseRecord([]byte(text)); err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("parseRecord = %v, want an error with %q", err, tt.wrong)
			}
		})
	}
}

// FuzzParseRecord: a record that is accepted names only files inside the
// output folder, and says the same when it is written again.
func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(wholeRecord))
	f.Add([]byte(`{"version":1,"key":"AAAAAAAAAAAAAAAAAAAAAA==","files":["0 0 0 ../x"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		rec, err := parseRecord(data)
		if err != nil {
			return
		}
		for path := range newHistory(rec).entries {
			if !filepath.IsLocal(filepath.FromSlash(path)) {
				t.Errorf("parseRecord(%q) names %q", data, path)
			}
		}
		again, err := json.Marshal(rec.form())
		if err != nil {
			t.Fatalf("Marshal: %v", err)
		}
		got, err := parseRecord(again)
		if err != nil {
			t.Fatalf("parseRecord(%s) = %v, want nil", again, err)
		}
		if diff := cmp.Diff(rec.form(), got.form(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("read, written and read again (-first +second):\n%s", diff)
		}
	})
}
