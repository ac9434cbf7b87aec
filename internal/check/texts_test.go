package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the rules about texts find in an entry, and what they let be.
func TestTexts(t *testing.T) {
	fix := func(text string) []string { return swap(`["Add money."]`, `["Add money.", `+text+`]`) }
	cause := func(text string) []string { return swap(`"The card was declined."`, text) }
	question := func(text string) []string { return swap(`q = "Really?"`, "q = "+text) }
	message := func(text string) []string { return swap(`["The message of own."]`, "["+text+"]") }
	body := func(text string) []string { return swap("More about it.", text) }
	const key = "q7Rv2LmX9tKp4WzB8nYc3HdF" // no real one: typed at random
	for _, x := range []struct {
		name string
		swap []string
		rule string // "": nothing is found
	}{
		{"support alone", fix(here + `"Contact support."`), "filler"},
		{"support, politely", fix(here + `"Please reach out to their support team for assistance."`), "filler"},
		{"support of a name", fix(here + `"Contact **Acme Support**."`), "filler"},
		{"support with a condition that is none", fix(here + `"If the problem persists, contact the support team."`), "filler"},
		{"later", fix(here + `"Try again later."`), "filler"},
		{"patience", fix(here + `"Wait and retry in a few minutes."`), "filler"},
		{"the documentation", fix(here + `"Check the API documentation."`), "filler"},
		{"a cause that is none", cause(here + `"An unknown error occurred."`), "filler"},
		{"a problem on the server", cause(here + `"A problem on the server."`), "filler"},
		{"support with something to send", fix(`"Contact support with the request id from the response header."`), ""},
		{"support at a place", fix(`"Contact support through the form under [Billing](https://acme.example/billing)."`), ""},
		{"a pause with a length", fix(`"Wait 20 seconds, then retry once."`), ""},
		{"a setting with a name", fix(`"Check the setting **Default project** in the console."`), ""},
		{"a cause in few words", cause(`"An **incident** at Acme."`), ""},

		{"a cause in another order", cause(here + `"Zero is the balance: the account balance."`), ""}, // two words of three are new
		{"a fix in other words", swap(`["Add money."]`, `["Raise the spend limit under Limits.", `+here+`"Under Limits, raise your spend limit."]`), "said-twice"},
		{"a fix that adds something", swap(`["Add money."]`, `["Raise the spend limit under Limits.", "Raise the limit of the project, which is another one, under Projects."]`), ""},
		{"a cause and a fix alike", swap(`["Add money."]`, `["The card was declined."]`), ""},

		{"the name as a question", question(here + `"What is name of own?"`), "repeats-title"},
		{"the code as a question", question(here + `"What does code_of_own mean?"`), "repeats-title"},
		{"the fix as a question", question(here + `"How do I fix this error?"`), "repeats-title"},
		{"the title as a question", question(here + `"Title of own?"`), "repeats-title"},
		{"a question that goes on", question(`"What does code_of_own cost me?"`), ""},
		{"a short question", question(`"Why?"`), ""},
		{"a question about waiting", question(`"How long does it take until the money counts?"`), ""},

		{"a curly message", message(`"Key ` + here + `“prod” is unknown."`), "curly-quotes"},
		{"a curly sample", swap(`'''Error 429 (code_of_own): the message of own.'''`, `'''Error 429: `+here+`“the message of own.”'''`), "curly-quotes"},
		{"a curly apostrophe", message(`"It isn’t supported."`), ""},
		{"a message in curly quotes", body("It says " + here + "“The message of own.” and no more."), "curly-quotes"},
		{"part of a message in curly quotes", swap(`"The balance is zero."`, `"The API says `+here+`“message of own”."`), "curly-quotes"},
		{"a name in curly quotes", body("The page is called “Usage limits”."), ""},
		{"a quote that is not closed", body("It says “The message of own."), ""},

		{"a key in a sample", swap("the message of own.'''", "the message of own: "+here+"sk-proj-"+key+".'''"), "secret"},
		{"a key in a comment", swap("kind  ", "# "+here+"gsk_"+key+"\nkind  "), "secret"},
		{"a key in the body", body("Set `KEY=" + here + "sk-ant-api03-" + key + "`."), "secret"},
		{"a key of Amazon", body("See " + here + "AKIAQ7RV2LMX9TKP4WZB."), "secret"},
		{"a private key", body("```\n" + here + "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n```"), "secret"},
		{"stars", body("Set `KEY=sk-proj-********************" + "3HdF`."), ""},
		{"a dummy", body("Set `KEY=sk-your-key-goes-here-0000`."), ""},
		{"the same letter", body("Set `KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxx`."), ""},
		{"the example of Amazon", body("See AKIAIOSFODNN7EXAMPLE."), ""},
		{"a count", body("Set `KEY=gsk_1234567890abcdefghij`."), ""},
		{"words with hyphens", body("See [sk-compatible-endpoints-of-2026](https://acme.example/sk-compatible-endpoints-2026)."), ""},
		{"a short one", body("Set `KEY=hf_a1b2c3`."), ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			tree := good()
			tree["acme/own.md"] = swapped(filled(goodEntry, "own"), x.swap...)
			var want []string
			if text := tree["acme/own.md"]; x.rule != "" {
				before := text[:strings.Index(text, here)]
				want = []string{fmt.Sprintf("acme/own.md:%d:%d %s", 1+strings.Count(before, "\n"), 1+len([]rune(before[strings.LastIndexByte(before, '\n')+1:])), x.rule)}
			}
			if diff := cmp.Diff(want, places(findings(t, tree, nil, writings()["LF"]))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// Of several entries that say the same, each later one is found once.
func TestNearDuplicate(t *testing.T) {
	const said = "The prepaid balance of the organization is used up, so that every call is refused until money is added."
	for _, x := range []struct {
		name  string
		texts []string // meanings of entries a, b, c
		want  []string
	}{
		{"three alike", []string{said, said, said}, []string{"acme/b.md:10:1 near-duplicate", "acme/c.md:10:1 near-duplicate"}},
		{"the same behind other words", []string{said, "Here it is different. " + said}, []string{"acme/b.md:10:23 near-duplicate"}},
		{"a short text inside a long one", []string{said, said + " One two three four five six seven eight nine ten. " + strings.Repeat("Nothing of this is the same as it, as everybody sees who looks. ", 9)},
			[]string{"acme/b.md:10:1 near-duplicate"}},
		{"seven words", []string{"The prepaid balance of the organization is used up.", "The prepaid balance of the organization is too low."}, nil},
		{"other words", []string{said, "The card was declined by the bank, and the bank alone can say why that happened to you today."}, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			tree := good()
			for i, text := range x.texts {
				slug := string(rune('a' + i))
				tree["acme/"+slug+".md"] = swapped(filled(goodEntry, slug), "The account is empty.", text)
			}
			if diff := cmp.Diff(x.want, places(findings(t, tree, nil, writings()["LF"]))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A list that is long enough need not name everybody.
func TestOneWay(t *testing.T) {
	for _, x := range []struct {
		name, first, next string // related of two entries
		want              []string
	}{
		{"both ways", `["next"]`, `["first"]`, nil},
		{"one way", `["next"]`, `["base"]`, []string{"acme/first.md:14:13 one-way"}},
		{"in full", `["base", "acme/next"]`, `["base"]`, []string{"acme/first.md:14:21 one-way"}},
		{"back in full", `["next"]`, `["acme/first"]`, nil},
		{"a long list", `["next"]`, `["base", "other/two", "other/three"]`, nil},
		{"of another provider", `["other/two"]`, `["base"]`, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			tree := good()
			tree["acme/first.md"] = swapped(filled(goodEntry, "first"), `["base"]`, x.first)
			tree["acme/next.md"] = swapped(filled(goodEntry, "next"), `["base"]`, x.next)
			if diff := cmp.Diff(x.want, places(findings(t, tree, nil, writings()["LF"]))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
