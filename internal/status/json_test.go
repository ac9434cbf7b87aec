package status

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// full is a snapshot that uses every field.
func full() Snapshot {
	incident := Incident{
		ID: "i1", Title: `Errors & "quotes" <b>`, Phase: "monitoring", Impact: "major", Level: PartialOutage,
		Components: []string{"API"}, Elsewhere: true, URL: "https://status.example.com/incidents/i1",
		Started: at(-60), Updated: at(-10), Updates: []Update{{Phase: "monitoring", Text: "Línea 1\nline 2", At: at(-10)}},
	}
	ended, window := incident, incident
	ended.ID, ended.Ended = "i0", at(-30)
	window.ID, window.Started, window.Ended = "m1", at(600), at(700)
	published := Published{Base: "https://errors.example.com", Content: "c0ffee", Pages: 18, Builds: []time.Time{at(0), at(-90)}, Asked: []time.Time{at(-30)}}
	return Snapshot{Version: Version, Sequence: 7, WrittenAt: at(0), Published: published, Providers: map[string]Record{
		"openai": {
			Report: Report{
				Level: PartialOutage, Page: "Example", Indicator: Indicator{Word: "major", Level: PartialOutage}, PageUpdated: at(-10),
				Components: []Component{{ID: "c1", Name: "API", Group: "APIs", Word: "partial_outage", Level: PartialOutage}},
				Incidents:  []Incident{incident}, Maintenance: []Incident{window},
			},
			URL: "https://status.example.com", Platform: "statuspage", CheckedAt: at(-1), ChangedAt: at(-50),
			Past: []Incident{ended}, Changes: []Change{{At: at(-50), From: Operational, To: PartialOutage}},
			Days: []Day{{"2026-11-22", PartialOutage, 3, 4}, {"2026-11-21", Unknown, 0, 2}}, Most: Most{Parts: 3, Since: at(-20)},
			Warnings: []string{"the page shows 1 components"},
			Probe:    Probe{URL: "https://api.example.com/v1/models", Status: 503, Took: 210, Reason: "503 instead of 401", At: at(0)},
			Fetch: Outcome{State: StateFailed, Reason: "no answer within 10 s", At: at(0), Since: at(0), Hint: "answers like Instatus now",
				Validators: &Validators{Of: "abc", FullAt: at(-1), Files: []Validator{{File: "summary", ETag: `W/"1"`, Modified: "Sun, 22 Nov 2026 11:00:00 GMT"}}}},
		},
		"deepseek": {Report: Report{Reason: "no API"}, URL: "https://status.example.cn", Platform: "none", Fetch: Outcome{State: StateNone, At: at(0)}},
	}}
}

func TestEncodeReadsBack(t *testing.T) {
	got, err := Decode(Encode(full()), at(1))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(full(), got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

func TestEncodeForm(t *testing.T) {
	s := Snapshot{Sequence: 1, WrittenAt: at(0).Add(999 * time.Millisecond).In(time.FixedZone("", 3600)), Providers: map[string]Record{
		"groq": {Report: Report{Level: Degraded, Components: []Component{}}, URL: "https://groqstatus.com", Platform: "incident.io",
			CheckedAt: at(0), Fetch: Outcome{State: StateOK, At: at(0)}},
	}}
	want := `{
 "version": 1,
 "sequence": 1,
 "written_at": "2026-11-22T12:00:00Z",
 "providers": {
  "groq": {
   "level": "degraded",
   "url": "https://groqstatus.com",
   "platform": "incident.io",
   "checked_at": "2026-11-22T12:00:00Z",
   "fetch": {
    "state": "ok",
    "at": "2026-11-22T12:00:00Z"
   }
  }
 }
}
`
	if diff := cmp.Diff(want, string(Encode(s))); diff != "" {
		t.Errorf("Encode (-want +got):\n%s", diff)
	}
	if got, err := Decode(Encode(Snapshot{}), at(0)); err != nil || len(got.Providers) != 0 {
		t.Errorf("an empty snapshot reads back as %v, %v", got, err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	edit := func(from, to string) string {
		good := string(Encode(full()))
		if strings.Count(good, from) == 0 {
			t.Fatalf("%q is not in the file", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	good := string(Encode(full()))
	tests := []struct {
		name, data, want string
	}{
		{"nothing", "", "the file is empty"},
		{"blanks", " \n", "the file is empty"},
		{"cut in the middle", good[:len(good)/2], "it ends in the middle"},
		{"cut before the last brace", good[:len(good)-2], "it ends in the middle"},
		{"HTML", "<!doctype html>", "line 1: invalid character '<'"},
		{"a list", "[]", "line 1: array where"},
		{"something behind it", good + "{}", "line "},
		{"no version", "{}", "no version; not a snapshot"},
		{"a newer version", edit(`"version": 1`, `"version": 2`), "version 2; want 1"},
		{"merge conflict", "{\n<<<<<<< HEAD\n \"version\": 1,\n=======\n", "line 2: merge conflict marker"},
		{"unknown key", edit(`"sequence": 7`, `"sequence": 7, "mood": 1`), `unknown field "mood"`},
		{"key in another case", edit(`"sequence"`, `"Sequence"`), "line 3: not as faultbook writes it"},
		{"key twice", edit(`"sequence": 7`, `"sequence": 7,
 "sequence": 7`), "line 4: not as faultbook writes it"},
		{"Windows line ends", strings.ReplaceAll(good, "\n", "\r\n"), "line 1: not as faultbook writes it"},
		{"unknown level", edit(`"level": "partial_outage"`, `"level": "on_fire"`), `unknown level "on_fire"; want one of`},
		{"level null", edit(`"level": "partial_outage"`, `"level": null`), "not as faultbook writes it"},
		{"level number", edit(`"level": "partial_outage"`, `"level": 1`), "number where"},
		{"negative sequence", edit(`"sequence": 7`, `"sequence": -7`), "sequence -7 is negative"},
		{"a negative number of pages", edit(`"pages": 18`, `"pages": -1`), "published: -1 pages"},
		{"a build in the future", edit(`"2026-11-22T12:00:00Z",
   "2026-11-22T10`, `"2026-12-22T12:00:00Z",
   "2026-11-22T10`), "a build is 2026-12-22T12:00:00Z, in the future"},
		{"builds in another order", edit(`"2026-11-22T10:30:00Z"`, `"2026-11-22T12:00:30Z"`), "not as faultbook writes it"},
		{"asked for in the future", edit(`"2026-11-22T11:30:00Z"`, `"2026-12-22T11:30:00Z"`), "a build is 2026-12-22T11:30:00Z, in the future"},
		{"a build twice", edit(`"2026-11-22T10:30:00Z"`, `"2026-11-22T12:00:00Z"`), "not as faultbook writes it"},
		{"a build of long ago", edit(`"2026-11-22T10:30:00Z"`, `"2026-10-22T10:30:00Z"`), "not as faultbook writes it"},
		{"slug with a path", edit(`"openai"`, `"../openai"`), `provider "../openai": not a slug`},
		{"slug in capitals", edit(`"openai"`, `"OpenAI"`), "not a slug"},
		{"empty slug", edit(`"openai"`, `""`), "not a slug"},
		{"written in the future", edit(`"written_at": "2026-11-22T12:00:00Z"`, `"written_at": "2026-11-22T12:03:01Z"`), "written_at is 2026-11-22T12:03:01Z, in the future; it is 2026-11-22T12:01:00Z now"},
		{"checked in the future", edit(`"checked_at": "2026-11-22T11:59:00Z"`, `"checked_at": "2027-01-01T00:00:00Z"`), `provider "openai": checked_at is 2027-01-01T00:00:00Z, in the future`},
		{"changed in the future", edit(`"changed_at": "2026-11-22T11:10:00Z"`, `"changed_at": "2027-01-01T00:00:00Z"`), "changed_at is"},
		{"page updated in the future", edit(`"page_updated": "2026`, `"page_updated": "2027`), "page_updated is"},
		{"a change in the future", edit(`"at": "2026-11-22T11:10:00Z"`, `"at": "2027-01-01T00:00:00Z"`), "a change is"},
		{"an update in the future", edit(`"at": "2026-11-22T11:50:00Z"`, `"at": "2027-01-01T00:00:00Z"`), "an update is"},
		{"an incident that began in the future", edit(`"started": "2026-11-22T11`, `"started": "2027-11-22T11`), "started is"},
		{"failing since the future", edit(`"since": "2026-11-22T12`, `"since": "2027-11-22T12`), "fetch.since is"},
		{"a day in the future", edit(`"2026-11-22 partial_outage`, `"2026-11-23 partial_outage`), "day 2026-11-23 is not in order"},
		{"days in another order", edit(`"2026-11-21 unknown`, `"2026-11-22 unknown`), "day 2026-11-22 is not in order"},
		{"a day that cannot be", edit(`partial_outage 3/4"`, `partial_outage 5/4"`), "says what cannot be"},
		{"a probe of the future", edit("instead of 401\",\n    \"at\": \"2026", "instead of 401\",\n    \"at\": \"2027"), "probe.at is"},
		{"fewer components since the future", edit(`"since": "2026-11-22T11:40:00Z"`, `"since": "2027-11-22T11:40:00Z"`), "most.since is"},
		{"time with an offset", edit(`"2026-11-22T11:10:00Z"`, `"2026-11-22T12:10:00+01:00"`), "not as faultbook writes it"},
		{"time that is none", edit(`"2026-11-22T11:10:00Z"`, `"yesterday"`), "cannot parse"},
		{"plain http page", edit(`"https://status.example.com"`, `"http://status.example.com"`), `address "http://status.example.com"; want https`},
		{"script as incident address", edit(`"https://status.example.com/incidents/i1"`, `"javascript:alert(1)"`), `address "javascript:alert(1)"; want https`},
		{"address with a user", edit(`"https://status.example.com/incidents/i1"`, `"https://a@status.example.com/"`), "want https"},
		{"unknown fetch state", edit(`"state": "failed"`, `"state": "fine"`), `unknown fetch state "fine"`},
		{"title over its limit", edit(`"title": "Errors`, `"title": "`+strings.Repeat("E", NameMax)), "not as faultbook writes it"},
		{"too many components", edit(`"name": "API"`, `"name":""`+strings.Repeat(`,"level":"unknown"},{"name":""`, ListMax)), "2001 components; at most 2000"},
		{"too large", strings.Repeat(" ", fileBytes+1), "at most 33554432 are read"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := Decode([]byte(test.data), at(1))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Decode says %v, want %q", err, test.want)
			}
			if diff := cmp.Diff(Snapshot{}, s); diff != "" {
				t.Errorf("Decode gave a part of it:\n%s", diff)
			}
		})
	}
}

func TestDecodeAllowsAPageOfTheOwnNetwork(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1:8080", "http://[::1]:8080", "http://10.0.0.7/status", "http://localhost:3001", "http://gatus:8080"} {
		s := full()
		r := s.Providers["openai"]
		r.URL = address
		s.Providers["openai"] = r
		got, err := Decode(Encode(s), at(1))
		if err != nil || got.Providers["openai"].URL != address {
			t.Errorf("Decode with page %s: %q, %v", address, got.Providers["openai"].URL, err)
		}
	}
}

func TestNextIsAlwaysReadable(t *testing.T) {
	// What the content or a page gets wrong must not make the file unreadable.
	r := read(0, Operational, func(r *Report) {
		r.Page = "bad \xff bytes"
		r.PageUpdated = time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("", -3600))
		r.Incidents = []Incident{{Title: strings.Repeat("é", 1000), URL: "javascript:alert(1)", Started: time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC)}}
		r.Maintenance = []Incident{{Title: "window", Started: time.Date(99999, 1, 1, 0, 0, 0, 0, time.UTC)}}
	})
	bad := r["openai"]
	bad.Source.URL = "http://status.example.com/?" + strings.Repeat("x", 5000)
	r["openai"] = bad
	s := Snapshot{}.Next(r, at(0))
	got, err := Decode(Encode(s), at(0))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
	record := got.Providers["openai"]
	if record.URL != "" || record.Incidents[0].URL != "" || len([]rune(record.Incidents[0].Title)) != NameMax {
		t.Errorf("kept %q, %q and a title of %d characters", record.URL, record.Incidents[0].URL, len([]rune(record.Incidents[0].Title)))
	}
}

func TestRecordIsBounded(t *testing.T) {
	text := strings.Repeat(`"\`, 20000)
	var incidents []Incident
	for i := range 2000 {
		incident := Incident{ID: fmt.Sprint(i, text), Title: text, Phase: text, Impact: text, Started: at(-i)}
		for range 100 {
			incident.Updates = append(incident.Updates, Update{Text: text})
			incident.Components = append(incident.Components, text)
		}
		incidents = append(incidents, incident)
	}
	s := Snapshot{}.Next(read(0, Operational, func(r *Report) {
		r.Incidents, r.Maintenance, r.Past = incidents, incidents, incidents
		for range 20000 {
			r.Components = append(r.Components, Component{Name: text, ID: text, Group: text, Word: text})
		}
	}), at(0))
	data := Encode(s)
	if len(data) > 1<<20 {
		t.Errorf("a hostile page makes a record of %d bytes", len(data))
	}
	if _, err := Decode(data, at(0)); err != nil {
		t.Error(err)
	}
}

// random is a snapshot of anything, built from seed.
func random(seed uint64) Snapshot {
	r := rand.New(rand.NewPCG(seed, 1))
	word := func() string {
		return []string{"", "API", "a\nb", "<b>&amp;", "\u2028", "\xff", "日本語", strings.Repeat("x", r.IntN(300)), "\x00\x01"}[r.IntN(9)]
	}
	when := func() time.Time {
		return []time.Time{{}, at(-r.IntN(1e6)), at(0).Add(-time.Duration(r.Int64N(1e12)))}[r.IntN(3)]
	}
	level := func() Level { return Levels()[r.IntN(6)] }
	list := func() (l []Incident) {
		for range r.IntN(60) {
			i := Incident{ID: word(), Title: word(), Phase: word(), Level: level(), URL: "https://x.example/" + word(), Started: when(), Ended: when()}
			for range r.IntN(30) {
				i.Updates = append(i.Updates, Update{Phase: word(), Text: word(), At: when()})
				i.Components = append(i.Components, word())
			}
			l = append(l, i)
		}
		return l
	}
	s := Snapshot{Sequence: r.IntN(1e9), WrittenAt: when(), Providers: map[string]Record{}}
	s.Published = Published{Base: word(), Content: word(), Pages: r.IntN(9)}
	for range r.IntN(500) {
		s.Published.Builds = append(s.Published.Builds, when())
		s.Published.Asked = append(s.Published.Asked, when())
	}
	for n := range r.IntN(4) {
		record := Record{Report: Report{Level: level(), Reason: word(), Incidents: list(), Maintenance: list()}, URL: "https://x.example", Past: list(), CheckedAt: when()}
		for range r.IntN(100) {
			record.Components = append(record.Components, Component{ID: word(), Name: word(), Word: word(), Level: level()})
			record.Changes = append(record.Changes, Change{At: when(), From: level(), To: level()})
		}
		for day := range r.IntN(100) {
			record.Days = append(record.Days, Day{at(-day * 24 * 60).Format(time.DateOnly), Unknown, 0, r.IntN(9)})
			record.Warnings = append(record.Warnings, word())
		}
		record.Most = Most{r.IntN(9), when()}
		record.Probe = Probe{URL: []string{"", "https://x.example", "javascript:"}[r.IntN(3)], Took: r.IntN(9), Reason: word(), At: when()}
		record.Fetch.Hint, record.Fetch.Validators = word(), &Validators{Of: word(), FullAt: when(), Files: []Validator{{word(), word(), word()}}}
		record.Fetch.State = []string{StateOK, StateNotModified, StateFailed, StateNone}[r.IntN(4)]
		s.Providers[fmt.Sprintf("p-%d", n)] = record
	}
	return s
}

func TestRandomSnapshotsReadBack(t *testing.T) {
	for seed := range uint64(30) {
		want := tidy(random(seed))
		if again := tidy(want); !reflect.DeepEqual(want, again) {
			t.Fatalf("seed %d: tidying again changed it:\n%s", seed, cmp.Diff(want, again))
		}
		got, err := Decode(Encode(random(seed)), at(0))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !reflect.DeepEqual(want, got) {
			t.Fatalf("seed %d: read back (-want +got):\n%s", seed, cmp.Diff(want, got))
		}
	}
}

// FuzzDecode holds that a file is taken whole or not at all: what is accepted
// is written again with the same bytes, what is refused gives no snapshot.
func FuzzDecode(f *testing.F) {
	f.Add(Encode(full()))
	f.Add(Encode(Snapshot{}))
	f.Add([]byte(`{"version":1,"sequence":0,"providers":{"a":{"level":"operational"}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Decode(data, at(0))
		if err != nil {
			if diff := cmp.Diff(Snapshot{}, s); diff != "" {
				t.Errorf("refused with %v, but gave:\n%s", err, diff)
			}
			return
		}
		if again := Encode(s); !bytes.Equal(again, data) {
			t.Errorf("accepted %q, written again as %q", data, again)
		}
	})
}
