package match

import (
	"fmt"
	"strings"
)

// smallIndex is a book that is made up: two providers, one of which has more
// entries, a gateway, a program that passes errors on, and a stranger.
func smallIndex() Index {
	const acme, bolt, gate = 0, 1, 2
	return Index{
		Version: Version,
		Providers: []Provider{
			{Slug: "acme", Name: "Acme", Marks: Marks{
				Hosts: []string{"api.acme.test"}, Links: []string{"console.acme.test"}, Headers: []string{"acme-request-id"}, Keys: []string{"ak-"},
				Env: []string{"ACME_KEY"}, SDK: []string{"acme.RateLimitError"}, Clients: []string{"openclient"}, Names: []string{"Acme", "Acme Cloud"}, Models: []string{"acme-large"},
			}},
			{Slug: "bolt", Name: "Bolt", Marks: Marks{Hosts: []string{"bolt.test"}, Names: []string{"Bolt"}, Clients: []string{"openclient"}}},
			{Slug: "gate", Name: "Gate", Gateway: true, Marks: Marks{Hosts: []string{"gate.test"}, Phrases: []string{"gate_provider"}, Names: []string{"Gate"}}},
		},
		Wrappers:  []Wrapper{{Name: "Chainer", Marks: []string{"chainer.errors"}}},
		Strangers: []Wrapper{{Name: "another service", Marks: []string{"Stripe::"}}},
		Kinds:     map[string]string{"auth": "key or login", "billing": "money", "rate-limit": "too fast", "capacity": "no room", "request": "bad request"},
		Entries: []Entry{
			{Provider: acme, Slug: "expired", Name: "expired key", HTTP: []int{401}, Codes: []string{"key_expired"}, Kind: "auth", Messages: []string{"The key that was sent has expired on {date} and opens nothing any more."}},
			{Provider: acme, Slug: "overloaded", Name: "overloaded", HTTP: []int{529}, Codes: []string{"engine_overloaded"}, Types: []string{"server_error"}, Kind: "capacity", Messages: []string{"The engine is currently overloaded with other requests, please try again later."}},
			{Provider: acme, Slug: "quota", Name: "quota used up", HTTP: []int{429}, Codes: []string{"quota_used_up"}, Types: []string{"billing_error"}, Kind: "billing", Messages: []string{"Your account has used up the quota of this month; add credits on the billing page to go on."}, Also: "money plan"},
			{Provider: acme, Slug: "slow-down", Name: "Slow down", HTTP: []int{503}, Kind: "request", Messages: []string{"Slow down"}},
			{Provider: acme, Slug: "too-fast", Name: "rate limit", HTTP: []int{429}, Codes: []string{"rate_limit"}, Types: []string{"throttled"}, Kind: "rate-limit", Messages: []string{"Rate limit reached for {model} in organization {org}: {n} used of {n}. Wait for {time}.", "Rate limit exceeded"}},
			{Provider: acme, Slug: "wrong-key", Name: "invalid_key", HTTP: []int{401}, Codes: []string{"invalid_key", "1001", "401"}, Kind: "auth", Messages: []string{`Incorrect key provided: {key}. You find yours at https://console.acme.test/keys.`, `{"reason": "no key"}`}},
			{Provider: bolt, Slug: "overloaded", Name: "overloaded", HTTP: []int{503}, Kind: "capacity", Messages: []string{"The engine is currently overloaded with other requests, please try again later."}},
			{Provider: bolt, Slug: "too-fast", Name: "throttled", HTTP: []int{429}, Codes: []string{"throttled"}, Kind: "rate-limit", Messages: []string{"Bolt takes no more than {n} calls in a minute from one caller, and yours were {n}."}},
			{Provider: bolt, Slug: "wrong-key", Name: "wrong key", HTTP: []int{403}, Codes: []string{"invalid_key"}, Kind: "auth", Messages: []string{"No caller is known by the key that came with this call."}},
			{Provider: gate, Slug: "no-credits", Name: "no credits", HTTP: []int{402}, Kind: "billing", Messages: []string{"This call would cost more credits than the wallet of this workspace holds."}},
			{Provider: gate, Slug: "upstream", Name: "upstream error", HTTP: []int{502}, Kind: "capacity", Messages: []string{"The provider behind this gateway returned an error."}},
			{Provider: gate, Slug: "wrong-key", Name: "wrong key", HTTP: []int{403}, Kind: "auth", Messages: []string{"No caller is known by the key that came with this call."}},
		},
	}
}

// answer is what is found in a text, in words: "acme/quota@2 said code=x", a
// stand-in as "or bolt/x". What is said is not repeated.
func answer(m *Matcher, found []Match) string {
	var lines []string
	for _, x := range found {
		var line strings.Builder
		if x.Instead >= 0 {
			fmt.Fprintf(&line, "or ")
		}
		line.WriteString(m.index.Key(x.Entry))
		if x.Line > 1 {
			fmt.Fprintf(&line, "@%d", x.Line)
		}
		for _, r := range x.Reasons {
			fmt.Fprintf(&line, " %s", r.Why)
			if r.Why != Words && r.Why != Part {
				fmt.Fprintf(&line, "=%s", r.Text)
			}
		}
		lines = append(lines, line.String())
	}
	return strings.Join(lines, "; ")
}
