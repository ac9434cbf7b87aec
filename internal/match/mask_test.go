package match

import (
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"OpenAI", "Incorrect API key provided: sk-abcdEFGH1234567890", "Incorrect API key provided: sk-***"},
		{"OpenAI project", "sk-proj-aB3_dE-fG9hIjKlMn", "sk-proj-***"},
		{"OpenAI service account", "sk-svcacct-aB3dEfG9hI", "sk-svcacct-***"},
		{"Anthropic", "x-api-key: sk-ant-api03-AbC-dEf_123", "x-api-key: sk-ant-***"},
		{"OpenRouter", "sk-or-v1-0123456789abcdef", "sk-or-***"},
		{"Gemini", "key=AIzaSyA-1234567890_abcdefgh", "key=AIza***"},
		{"Groq", "gsk_abcDEF0123456789", "gsk_***"},
		{"Hugging Face", "hf_abcdefGHIJKL", "hf_***"},
		{"Replicate", "r8_abcDEF1234567", "r8_***"},
		{"Fireworks", "fw_3ZabcDEF123", "fw_***"},
		{"xAI", "xai-AbCdEf123456", "xai-***"},
		{"Perplexity", "pplx-0123456789abcdef", "pplx-***"},
		{"Together", "tgp_v1_AbCdEf123456", "tgp_***"},
		{"AWS", "AKIAIOSFODNN7EXAMPLE ASIAIOSFODNN7EXAMPLE", "AKIA*** ASIA***"},
		{"Bedrock", "ABSKQmVkcm9ja0FQSUtleQ", "ABSK***"},
		{"Google token", "Bearer ya29.a0AfH6SMBx1234567890abcd", "Bearer ya29.***"},
		{"web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0", "eyJ***.eyJ***"},
		{"GitHub", "ghp_abcdEF123456 github_pat_11ABCDEFG0_x", "ghp_*** github_pat_***"},
		{"of letters alone", "key-" + strings.Repeat("a", 20), "key-***"},
		{"key without a prefix", "Token 0123456789abcdef0123456789abcdef", "Token ***"},
		{"key of letters of both cases", strings.Repeat("aB", 20), "***"},
		{"key in an address", "?key=Bearer%20sk-ant-ab1-cdefg&a=1", "?key=Bearer%20sk-ant-***&a=1"},
		{"key behind an escaped line break", `key:\nsk-ant-ab1-cdefg`, `key:\nsk-ant-***`},
		{"key behind an escaped quote", `{\u0022key\u0022:\u0022sk-ant-ab1-cdefg\u0022}`, `{\u0022key\u0022:\u0022sk-ant-***\u0022}`},
		{"key behind a colour", `\x1b[31msk-ant-ab1-cdefg`, `\x1b[31msk-ant-***`},
		{"key behind a backslash that escapes nothing", `C:\r8_abcdefghijklmnopqrst`, `C:\r8_***`},
		{"key that the service has masked", "sk-proj-********************abcd", "sk-proj-********************abcd"},

		{"e-mail", "a.b+c@mail.example.com, thanks", "***, thanks"},
		{"e-mail at the end of a sentence", "Ask me@example.com.", "Ask ***."},
		{"e-mail in an address", "user%3Dme@example.com", "user%3D***"},
		{"no host", "me@example and @example.com", "me@example and @example.com"},
		{"host that begins with a dot", "me@.example.com", "me@.example.com"},
		{"decorator", "@app.route('/')", "@app.route('/')"},
		{"version of a package, which reads like one", "openai@4.20.1", "***"},
		{"UUID", "org 550e8400-E29B-41d4-a716-446655440000", "org ***"},
		{"one digit short of a UUID", "550e8400-e29b-41d4-a716-44665544000", "550e8400-e29b-41d4-a716-***"},
		{"organization", "org-AbCdEfGh12345", "org-***"},
		{"request", "req_011CSHoEeqs5C35K2UUqR7Fy", "req_***"},
		{"account", "arn:aws:iam::123456789012:user/x", "arn:aws:iam::***:user/x"},
		{"project number", "project_number:1234567890", "project_number:***"},

		{"model of Anthropic", "claude-3-5-sonnet-20241022", "claude-3-5-sonnet-20241022"},
		{"model of OpenAI", "gpt-4o-mini-2024-07-18", "gpt-4o-mini-2024-07-18"},
		{"model with a path", "meta-llama/Llama-3.3-70B-Instruct-Turbo", "meta-llama/Llama-3.3-70B-Instruct-Turbo"},
		{"model of Bedrock", "anthropic.claude-3-sonnet-20240229-v1:0", "anthropic.claude-3-sonnet-20240229-v1:0"},
		{"time", "2026-03-04T05:06:07.123456Z", "2026-03-04T05:06:07.123456Z"},
		{"seconds", "took 123456789 ns", "took 123456789 ns"},
		{"name of a quota", "GenerateContentInputTokensPerModel-FreeTier", "GenerateContentInputTokensPerModel-FreeTier"},
		{"words behind a prefix", "user-agent, key-value, msg_type", "user-agent, key-value, msg_type"},
		{"other scripts", "ключ 中文 é", "ключ 中文 é"},
		{"nothing", "", ""},
	} {
		got := Mask(c.text)
		if got != c.want {
			t.Errorf("%s: Mask(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
		if again := Mask(got); again != got {
			t.Errorf("%s: Mask(%q) = %q, want it unchanged", c.name, got, again)
		}
	}
}

// TestMaskKeys holds that the beginning of every key in the book is known.
func TestMaskKeys(t *testing.T) {
	b, _ := realMatcher(t)
	for _, p := range b.Providers {
		for _, prefix := range p.Marks.Keys {
			key := prefix + "aB3dEfGhIj0123456789"
			if got := Mask("the key " + key + " is wrong"); strings.Contains(got, "aB3d") {
				t.Errorf("%s: Mask shows %q of a key %q", p.Slug, got, key)
			}
		}
	}
}

// TestMaskedFinds holds that a text may be shared masked: it is about the same.
func TestMaskedFinds(t *testing.T) {
	_, m := realMatcher(t)
	for _, file := range caseFiles {
		for _, c := range readCases(t, file) {
			want, got := keys(m, m.Find(c.text)), keys(m, m.Find(Mask(c.text)))
			if len(got) > 0 != (len(want) > 0) || len(got) > 0 && got[0] != want[0] {
				t.Errorf("%s: masked, Find = %v, want %v", c.name, got, want)
			}
		}
	}
}
