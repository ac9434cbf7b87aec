package bench

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
)

//go:embed prose.txt
var proseSource string

//go:embed code.txt
var codeSource string

// pool is what entries are made of: sentences with $slots by section, and code
// blocks.
type pool struct {
	sections map[string][]string
	code     []string
}

func readPool() *pool {
	p := &pool{sections: map[string][]string{}, code: strings.Split(strings.TrimSpace(codeSource), "\n---\n")}
	section := ""
	for line := range strings.Lines(proseSource) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "# "); ok {
			section = name
		} else if line != "" {
			p.sections[section] = append(p.sections[section], line)
		}
	}
	return p
}

// writer draws text for one provider and error.
type writer struct {
	r        *rand.Rand
	pool     *pool
	provider *provider
	object   string // what the error is about, in words
	code     string
	status   int
}

// one is a sentence of a section.
func (w *writer) one(section string) string { return w.expand(pick(w.r, w.pool.sections[section])) }

// some are n different sentences of a section.
func (w *writer) some(n int, section string) []string {
	all := w.pool.sections[section]
	var list []string
	for _, i := range w.r.Perm(len(all))[:n] {
		list = append(list, w.expand(all[i]))
	}
	return list
}

// mixed are n different sentences, each with even chances of holding Markdown.
func (w *writer) mixed(n int, section string) []string {
	marked, list := w.some(n, section+" marked"), w.some(n, section+" plain")
	for i := range list {
		if w.r.IntN(2) == 0 {
			list[i] = marked[i]
		}
	}
	return list
}

// table is a Markdown table of codes.
func (w *writer) table() string {
	var b strings.Builder
	b.WriteString("| `error.code` | status | what to do |\n|---|---|---|\n")
	for _, cell := range w.some(3+w.r.IntN(3), "cell") {
		fmt.Fprintf(&b, "| `%s_%s` | %s | %s |\n", pick(w.r, objectCodes), pick(w.r, troubleCodes), w.slot("status"), cell)
	}
	return b.String()
}

var (
	objectCodes  = underscored(objects)
	troubleCodes = underscored(troubles)
)

func underscored(list []string) []string {
	codes := make([]string, len(list))
	for i, s := range list {
		codes[i] = strings.ReplaceAll(s, "-", "_")
	}
	return codes
}

// expand fills the slots of a text.
func (w *writer) expand(text string) string { return os.Expand(text, w.slot) }

// The words that slots choose from.
var words = map[string][]string{
	"class":     strings.Fields("APIError BadRequestError ConflictError OverloadedError PermissionDenied RateLimitError RefusedError UpstreamError"),
	"component": components,
	"digit":     strings.Fields("2 3 4 5 6 8"),
	"field":     strings.Fields("max_tokens max_output_tokens temperature top_p tool_call_id response_format stream_options metadata purpose user_id stop_sequences parallel_calls reasoning_effort service_tier"),
	"header":    strings.Fields("retry-after x-request-id x-ratelimit-remaining x-ratelimit-reset idempotency-key api-version authorization x-project-id"),
	"month":     strings.Fields("January February March April May June July August September October November"),
	"n":         strings.Fields("10 15 20 25 30 40 45 50 60 75 80 90 100 120 150 200 250 300 400 500 600 750 900"),
	"path":      strings.Fields("/v1/batches /v1/files /v1/models /v1/responses /v1/sessions /v1/tokens/count /v1/uploads /v2/jobs"),
	"plan":      strings.Fields("free starter team growth business enterprise"),
	"region":    strings.Fields("us-east-1 us-west-2 eu-central-1 eu-west-1 ap-northeast-1 ap-southeast-2 sa-east-1"),
	"status":    strings.Fields("400 401 403 404 409 413 422 429 500 502 503 504"),
	"type":      strings.Fields("invalid_request_error permission_error quota_error rate_limit_error server_error conflict_error"),
	"window":    strings.Fields("minute day week month"),
}

func (w *writer) slot(name string) string {
	p := w.provider
	switch name {
	case "$":
		return "$"
	case "billing":
		return p.billing()
	case "code":
		return w.code
	case "env":
		return strings.ToUpper(p.slug) + pick(w.r, []string{"_API_KEY", "_PROJECT", "_REGION", "_BASE_URL"})
	case "limits":
		return p.limits()
	case "model":
		return pick(w.r, p.models)
	case "module":
		return p.slug
	case "object":
		return w.object
	case "sdk":
		return p.slug + pick(w.r, []string{"-python", "-node", "-go", "-java"})
	case "site":
		return p.site()
	case "vendor":
		return p.vendor
	}
	return pick(w.r, words[name])
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
