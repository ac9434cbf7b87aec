package links

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// some is a memory with a record of each state.
func some() Memory {
	at, since := noon.Add(-time.Hour), noon.Add(-100*time.Hour)
	return Memory{
		"https://a.example/":  {State: There, Runs: 1, Since: at, At: at, MovedTo: "https://b.example/<&>", Parts: map[string]Part{"x": Found, "y": Missing, "z": Unclear}},
		"https://b.example/":  {State: Gone, Why: "404 Not Found", Runs: 1, Since: at, At: at},
		"https://c.example/é": {State: Shut, Why: "403 Forbidden", Runs: 2, Since: since, At: at},
		"https://d.example/":  {State: Silent, Why: "no such host: d.example", Runs: 9, Since: since, At: at},
	}
}

func TestMemoryIsRefused(t *testing.T) {
	good := string(Encode(some()))
	tests := []struct{ name, old, new, want string }{
		{"nothing", good, "", "not a memory of links"},
		{"no JSON", good, "<html>", "not a memory of links"},
		{"another file", good, `{"providers": {}}`, "not a memory of links"},
		{"another version", `"version": 1`, `"version": 2`, "version 2; want 1"},
		{"cut off", good[len(good)/2:], "", "not a memory of links"},
		{"more behind", good, good + "{}", "not a memory of links"},
		{"an unknown key", `"why": "404`, `"who": "404`, `unknown field "who"`},
		{"no address", "https://b.example/\": {", "b.example\": {", `"b.example" is no address of a page`},
		{"a part in the address", "https://b.example/\": {", "https://b.example/#x\": {", "is no address of a page"},
		{"an unknown state", `"gone"`, `"lost"`, `https://b.example/: unknown state "lost"`},
		{"an unknown word", `"missing"`, `"lost"`, `https://a.example/: unknown word "lost" for #y`},
		{"no time", `"at": "2026-11-22T11:00:00Z"`, `"at": "0001-01-01T00:00:00Z"`, "https://a.example/: its times cannot be"},
		{"no run", `"runs": 9`, `"runs": 0`, "https://d.example/: its times cannot be"},
		{"from the future", `"at": "2026-11-22T11:00:00Z"`, `"at": "2027-11-22T11:00:00Z"`, "https://a.example/: asked on 2027-11-22T11:00:00Z, which lies ahead"},
		{"too large", good, good + strings.Repeat(" ", maxMemory), "at most 16777216 are read"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := Decode([]byte(strings.Replace(good, test.old, test.new, 1)), noon)
			if m != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Decode = %d records, %v; want %q", len(m), err, test.want)
			}
		})
	}
}

// FuzzMemory holds that what is read is written the same, and that nothing is
// believed for longer than an answer of our own would be.
func FuzzMemory(f *testing.F) {
	f.Add(Encode(some()))
	f.Add(Encode(nil))
	f.Add([]byte(`{"version":1,"pages":{"https://a.example/":{"state":"silent","runs":3,"since":"2026-01-01T00:00:00Z","at":"2026-11-22T12:09:00Z"}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(data, noon)
		if err != nil {
			return
		}
		written := Encode(m)
		again, err := Decode(written, noon)
		if err != nil || !bytes.Equal(Encode(again), written) {
			t.Errorf("written and read again: %v\n%s", err, written)
		}
		for address, r := range m {
			if !r.due(nil, noon.Add(ahead+settledFor)) {
				t.Errorf("%s is believed for ever: %+v", address, r)
			}
			if !strings.HasPrefix(address, "https://") {
				t.Errorf("%q would be asked", address)
			}
		}
	})
}
