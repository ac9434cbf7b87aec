package match_test

import (
	"fmt"

	"faultbook/internal/match"
)

func exampleIndex() match.Index {
	return match.Index{
		Version: match.Version,
		Providers: []match.Provider{
			{Slug: "acme", Name: "Acme", Marks: match.Marks{Hosts: []string{"api.acme.test"}}},
			{Slug: "bolt", Name: "Bolt", Marks: match.Marks{Hosts: []string{"api.bolt.test"}}},
		},
		Entries: []match.Entry{
			{Provider: 0, Slug: "quota", Name: "quota used up", HTTP: []int{429}, Codes: []string{"quota_used_up"}, Messages: []string{"You have used up the quota of {month}: add credits to go on."}},
			{Provider: 0, Slug: "too-fast", Name: "too fast", HTTP: []int{429}, Messages: []string{"Too many requests in one minute, please slow down."}},
			{Provider: 1, Slug: "too-fast", Name: "too fast", HTTP: []int{429}, Messages: []string{"Too many requests in one minute, please slow down."}},
		},
	}
}

// What an error is about, and why. The text went through a logger that put the
// body into JSON once more.
func ExampleMatcher_Find() {
	m := match.Open(exampleIndex())
	for _, x := range m.Find(`ERROR 429 {"body":"{\"code\":\"quota_used_up\",\"message\":\"You have used up the quota of May: add credits to go on.\"}"}`) {
		fmt.Println(m.Index().Key(x.Entry))
		for _, r := range x.Reasons {
			fmt.Printf("  %s: %s\n", r.Why, r.Text)
		}
	}
	// Output:
	// acme/quota
	//   said: You have used up the quota of {month}: add credits to go on.
	//   code: quota_used_up
	//   status: 429
}

// Two providers say the same. Without a mark of one of them both are named, and
// with one the other may still be meant.
func ExampleMatcher_Find_shared() {
	m := match.Open(exampleIndex())
	text := "Too many requests in one minute, please slow down."
	for _, x := range m.Find(text) {
		fmt.Println(m.Index().Key(x.Entry), x.Confidence > 500)
	}
	for _, x := range m.Find("POST https://api.bolt.test/v1: " + text) {
		fmt.Println(m.Index().Key(x.Entry), x.Confidence > 500)
	}
	// Output:
	// acme/too-fast false
	// bolt/too-fast false
	// bolt/too-fast true
	// acme/too-fast false
}

func ExampleMatcher_Search() {
	m := match.Open(exampleIndex())
	for _, i := range m.Search("bolt too fsat") {
		fmt.Println(m.Index().Key(i))
	}
	// Output:
	// bolt/too-fast
}

func ExampleMask() {
	fmt.Println(match.Mask("key sk-proj-aB3dEfGhIj012345 of jane@example.com in org-AbCdEfGh12345, model gpt-4o-2024-08-06"))
	// Output:
	// key sk-proj-*** of *** in org-***, model gpt-4o-2024-08-06
}
