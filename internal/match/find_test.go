package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const (
	quotaText   = "Your account has used up the quota of this month; add credits on the billing page to go on."
	overText    = "The engine is currently overloaded with other requests, please try again later."
	expiredText = "The key that was sent has expired on 2026-03-04 and opens nothing any more."
)

func TestFind(t *testing.T) {
	m := Open(smallIndex())
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"blanks", " \n\t ", ""},
		{"about something else", "segmentation fault (core dumped)\nmake: *** [all] Error 2", ""},
		{"prose that has the words", "We were slow this month, so the account page has credits to go on with.", ""},

		{"word for word", quotaText, "acme/quota said"},
		{"in a log", "2026-03-04 12:00:01 worker[3] ERROR call failed\n  " + quotaText + "\n  at run (main.js:3)\n", "acme/quota@2 said"},
		{"cut at the beginning", quotaText[34:], "acme/quota part"},
		{"cut at the end", quotaText[:60], "acme/quota part"},
		{"cut at both ends", quotaText[20:70], "acme/quota part"},
		{"cut in the middle of words", quotaText[15:77], "acme/quota part"},
		{"middle left out", "Your account has used up the quota of this month; [...] on the billing page to go on.", "acme/quota part"},
		{"two words of it", "the quota", ""},
		{"broken in the middle of words", "Your account has used up the quo\n    ta of this month; add cre\n    dits on the billing page to go on.", "acme/quota said"},

		{"placeholder filled with a word", "Rate limit reached for large-2 in organization o-1: 5 used of 4. Wait for 2s.", "acme/too-fast said"},
		{"placeholder filled with a sentence", "Rate limit reached for the large model (that of last year, for all callers) in organization of mine: 5 used of 4. Wait for a while.", "acme/too-fast said"},
		{"placeholder as it stands", "Rate limit reached for {model} in organization {org}: {n} used of {n}. Wait for {time}.", "acme/too-fast said"},
		{"braces that are no placeholder", `HTTP 401 {"reason": "no key"} from api.acme.test`, "acme/wrong-key said status=401 mark=api.acme.test"},

		{"short and by itself", "Slow down", "acme/slow-down said"},
		{"short, with its provider", "api.acme.test: Slow down!", "acme/slow-down said mark=api.acme.test"},
		{"short, in a sentence", "api.acme.test was asked to slow down by the operator", ""},
		{"short, with nothing beside it", "retrying the job. Slow down. Next job. The queue holds three of them; all is well here.", ""},
		{"behind a label", `{"error": {"message": "Rate limit exceeded"}}`, "acme/too-fast said"},
		{"common words in passing", "the docs say that rate limit exceeded errors are common in all services of this kind, so we plan for them", ""},

		{"code as value", `{"error":{"code":"quota_used_up"}}`, "acme/quota code=quota_used_up"},
		{"code in the source of a program", "x = 1\nif e.code == quota_used_up or e.kind == other_thing {\n  retry(job, 3, wait)\n}\nreturn done(x, y, z)", ""},
		{"code in a longer name", `File "lib/quota_used_up_handler.py", line 3, in my.quota_used_up.check`, ""},
		{"type as the whole body", `{"type":"server_error"}`, "acme/overloaded code=server_error"},
		{"type in a log tells nothing", "job 3 of 9 took 20 s on host b17\nlast state: {type: server_error}\nnext job in 20 s, queue is 3 deep", ""},
		{"number as a code", `{"error":{"code":"401","at":"api.acme.test"}}`, "acme/wrong-key code=401 status=401 mark=api.acme.test"},
		{"number that is no code", `{"count":"401","at":"api.acme.test"}`, ""},
		{"status agrees", "HTTP 429: " + quotaText, "acme/quota said status=429"},
		{"status does not", "HTTP 503: " + quotaText, "acme/quota said"},

		{"host", overText + " (bolt.test)", "bolt/overloaded said mark=bolt.test; or acme/overloaded said"},
		{"the other host", "POST https://api.acme.test/v1: " + overText, "acme/overloaded said mark=api.acme.test; or bolt/overloaded said"},
		{"longest mark wins", "Acme Cloud: " + quotaText, "acme/quota said mark=Acme Cloud"},
		{"name inside a host", "https://console.acme.test/: " + quotaText, "acme/quota said mark=console.acme.test"},
		{"client of compatible interfaces speaks for all", "openclient: " + overText, "acme/overloaded said mark=openclient shared=bolt; or bolt/overloaded said mark=openclient shared=acme"},
		{"shared words: the likelier provider first", overText, "acme/overloaded said shared=bolt; or bolt/overloaded said shared=acme"},
		{"shared words: the status tells", "503 " + overText, "bolt/overloaded said status=503 shared=acme; or acme/overloaded said shared=bolt"},

		{"shared words: a gateway comes last", "No caller is known by the key that came with this call.", "bolt/wrong-key said shared=gate; or gate/wrong-key said shared=bolt"},

		{"foreign address, words that are common", "GET https://api.elsewhere.test/v2 failed with: Rate limit exceeded", ""},
		{"foreign address, words that are not", "GET https://api.elsewhere.test/v2 failed with: " + quotaText, "acme/quota said"},
		{"stranger", "Stripe::RateLimitError: " + quotaText, ""},
		{"stranger beside a certain mark", "Stripe::RateLimitError: " + quotaText + " acme-request-id: 1", "acme/quota said mark=acme-request-id"},
		{"common words, another provider named", "Bolt said: something. Later on: Slow down!", ""},
		{"common words, another provider named, which says so too in its own", "Bolt: Rate limit exceeded", "bolt/too-fast kin=acme/too-fast mark=Bolt"},

		{"program that passes on", "chainer.errors.ChainError: " + quotaText, "acme/quota said via=Chainer"},
		{"gateway around an error", "gate.test HTTP 502: The provider behind this gateway returned an error. raw: " + quotaText, "acme/quota said via=Gate; gate/upstream said status=502 mark=gate.test"},
		{"gateway with an error of its own", "gate.test: This call would cost more credits than the wallet of this workspace holds.", "gate/no-credits said mark=gate.test"},

		{"two errors", quotaText + "\n\n" + expiredText, "acme/quota said; acme/expired@3 said"},
		{"same error twice", quotaText + "\n" + quotaText, "acme/quota said"},
	} {
		if got := answer(m, m.Find(c.text)); got != c.want {
			t.Errorf("%s: Find(%q)\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func confidenceOf(m *Matcher, key, text string) int {
	for _, x := range m.Find(text) {
		if m.index.Key(x.Entry) == key {
			return x.Confidence
		}
	}
	return 0
}

// TestConfidence holds what makes an answer surer than another.
func TestConfidence(t *testing.T) {
	m := Open(smallIndex())
	for _, c := range []struct{ name, key, less, more string }{
		{"a rival", "acme/overloaded", overText, overText + " api.acme.test"},
		{"cut off", "acme/quota", quotaText[:60], quotaText},
		{"the status of another", "acme/quota", "HTTP 503: " + quotaText, "HTTP 429: " + quotaText},
		{"no mark", "acme/quota", quotaText, quotaText + " api.acme.test"},
		{"a name and no host", "acme/quota", quotaText + " Acme", quotaText + " api.acme.test"},
		{"the host of another", "acme/quota", quotaText + " bolt.test", quotaText},
		{"a code and no words", "acme/quota", `{"code":"quota_used_up"}`, `{"code":"quota_used_up","message":"` + quotaText + `"}`},
		{"in a long text", "acme/quota", quotaText + strings.Repeat(" and then something else", 20), quotaText},
	} {
		less, more := confidenceOf(m, c.key, c.less), confidenceOf(m, c.key, c.more)
		if less == 0 || less >= more || more > 1000 {
			t.Errorf("%s: confidence of %s is %d, and %d without, want less", c.name, c.key, less, more)
		}
	}
}

// TestLongMessage holds that a message may have more words than a word has
// characters, and that some of them are enough where the text ends.
func TestLongMessage(t *testing.T) {
	var list []string
	for i := range 90 {
		list = append(list, fmt.Sprintf("w%c%c", 'a'+i/10, 'a'+i%10))
	}
	index := smallIndex()
	index.Entries[2].Messages = []string{strings.Join(list, " ")}
	m := Open(index)
	other := strings.Repeat("something else; ", 20)
	for _, c := range []struct{ name, text, want string }{
		{"all", strings.Join(list, " "), "acme/quota said"},
		{"first third", strings.Join(list[:30], " "), "acme/quota part"},
		{"last third", strings.Join(list[60:], " "), "acme/quota part"},
		{"last third, more behind it", strings.Join(list[60:], " ") + other, "acme/quota part"},
		{"last third, more before it", other + strings.Join(list[60:], " "), ""},
		{"some of the middle, more around it", other + strings.Join(list[40:50], " ") + other, ""},
		{"all, broken by a log's prefixes", strings.Join(list[:30], " ") + "\n2026-03-04 worker[1]: " + strings.Join(list[30:], " "), "acme/quota part"},
		{"backwards", strings.Join(reversed(list), " "), ""},
	} {
		if got := answer(m, m.Find(c.text)); got != c.want {
			t.Errorf("%s: Find = %q, want %q", c.name, got, c.want)
		}
	}
}

func reversed(list []string) []string {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// TestMostMatches holds that an answer can be read: no more than twelve entries
// are named, however many have the words.
func TestMostMatches(t *testing.T) {
	index := smallIndex()
	for i := range index.Entries {
		index.Entries[i].Messages = []string{overText}
	}
	index.Entries = slices.Concat(index.Entries, index.Entries)
	if got := Open(index).Find(overText); len(got) != mostMatches {
		t.Errorf("Find names %d entries, want %d", len(got), mostMatches)
	}
}

// TestLineOfTail holds that lines are counted from the beginning of a text of
// which only the end is read.
func TestLineOfTail(t *testing.T) {
	m := Open(smallIndex())
	text := strings.Repeat("all is well\n", MaxText/8) + quotaText
	if got, want := answer(m, m.Find(text)), fmt.Sprintf("acme/quota@%d said", MaxText/8+1); got != want {
		t.Errorf("Find = %q, want %q", got, want)
	}
}
