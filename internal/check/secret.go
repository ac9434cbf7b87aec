package check

import (
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/diag"
)

// secret: no file holds what looks like a real key. Whoever pastes an error of
// their own easily pastes the key in it, and a public repository is read by
// programs that look for keys, within minutes. Comments count too, so the file
// is searched as it stands.
var secret = rule{"secret", diag.Error, func(g *graph, r *report) {
	for _, file := range g.files() {
		text, err := g.book.Source(file)
		if err != nil {
			continue // book has said so
		}
		for _, at := range keyForm.FindAllStringSubmatchIndex(text, -1) {
			start, end := at[2], at[3]
			if start < 0 {
				start, end = at[4], at[5]
			}
			if random(text[start:end]) {
				r.atByte(file, at[0], "this looks like a real key; want stars or a short dummy",
					"if it is real, revoke it now: it stands in the history of the repository, too; then write it as sk-*** or sk-YOUR-KEY")
			}
		}
	}
}}

// keyForm are the published beginnings of the keys of providers and of the
// hosts of code, each with the part behind it that is random; and private keys.
var keyForm = regexp.MustCompile(`\b(?:` + strings.Join([]string{
	`sk-(?:proj-|svcacct-|admin-|ant-(?:api|admin|oat)\d\d-|or-v1-)?`, // OpenAI, Anthropic, OpenRouter, DeepSeek and others
	`gsk_`, `xai-`, `pplx-`, `hf_`, `r8_`, `fw_`, `tgp_v1_`, `csk-`, `nvapi-`, // Groq, xAI, Perplexity, Hugging Face, Replicate, Fireworks, Together, Cerebras, NVIDIA
	`AIza`, `ya29\.`, `AKIA`, `ASIA`, `ABSK`, // Google, Amazon, Bedrock
	`gh[opsur]_`, `github_pat_`, `glpat-`, `xox[abprs]-`, // GitHub, GitLab, Slack
}, "|") + `)([A-Za-z0-9_-]{16,})|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+([A-Za-z0-9+/=]{16,})`)

// Randomness shows in a long piece that mixes letters and digits and repeats
// little. Words with hyphens between them have no such piece.
const (
	lengthOfKey   = 12
	digitsOfKey   = 2
	varietyOfKey  = 8 // different characters
	longestRepeat = 4 // times the same character in a row
)

// random tells a key from a dummy: "xxxxxxxxxxxxxxxx", "your-key-goes-here",
// "1234567890abcdef", the EXAMPLE of Amazon's documentation.
func random(text string) bool {
	lower := strings.ToLower(text)
	for _, word := range []string{"example", "your", "dummy", "fake", "sample", "placeholder", "redacted", "secret", "1234", "abcd", "test"} {
		if strings.Contains(lower, word) {
			return false
		}
	}
	return slices.ContainsFunc(strings.FieldsFunc(text, func(c rune) bool { return c == '-' || c == '_' }), mixed)
}

func mixed(piece string) bool {
	seen := map[rune]bool{}
	digits, repeat, last := 0, 0, rune(0)
	for _, c := range piece {
		seen[c] = true
		if '0' <= c && c <= '9' {
			digits++
		}
		if repeat++; c != last {
			repeat = 1
		}
		if last = c; repeat >= longestRepeat {
			return false
		}
	}
	return len(piece) >= lengthOfKey && len(seen) >= varietyOfKey && digits >= digitsOfKey && digits < len(piece)
}

// files are all files that were read, whole or broken.
func (g *graph) files() []string {
	files := []string{"site.toml"}
	for _, p := range g.providers {
		if p.File != "" {
			files = append(files, p.File)
		}
	}
	for _, e := range g.entries {
		files = append(files, e.File)
	}
	return files
}
