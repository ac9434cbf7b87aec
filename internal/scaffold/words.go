package scaffold

import (
	"strings"

	"faultbook/internal/book"
)

// word is what there is to say about a key, in a new file, in a question at the
// terminal and in the schema.
type word struct {
	key     string // with its table: waiting.helps
	about   string
	flag    string   // of `faultbook new`; empty: it is not asked for
	wanted  bool     // a new file has it although it is optional
	rare    bool     // a new file does not even speak of it
	quotes  string   // around a text that has lines
	oneOf   []string // the only values
	pattern string   // of each text
	some    bool     // a list that may not be empty
	least   int      // the smallest and the largest number
	most    int
}

const (
	wordPattern    = `^[^ \t\n]+$`
	slugPattern    = `^[a-z0-9]+(-[a-z0-9]+)*$`
	addressPattern = `^https://[^\s<>"'` + "`" + `\\]+$`
	hostPattern    = `^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`
)

func entryWords() []word {
	var kinds []string
	for _, k := range book.Kinds() {
		kinds = append(kinds, string(k))
	}
	return []word{
		{key: "code", flag: "code", wanted: true, about: "the code that the API returns, exactly; a word or a list of words", pattern: wordPattern},
		{key: "type", flag: "type", about: "the type that the API returns, where it differs from the code; a word or a list of words", pattern: wordPattern},
		{key: "messages", flag: "message", wanted: true, about: "the literal texts, byte for byte; {name} marks a part that varies"},
		{key: "http", flag: "http", wanted: true, least: 100, most: 599, about: "the HTTP status, or a list of them; take the line away where no answer comes"},
		{key: "kind", flag: "kind", about: "one of " + strings.Join(kinds, ", "), oneOf: kinds},
		{key: "outage", flag: "outage", about: "never, possible or typical: can an outage of the provider cause it? The verdict on the page follows from this", oneOf: book.Outages()},
		{key: "name", flag: "name", about: `a short name, for lists and for "What is …?"`},
		{key: "title", flag: "title", about: `as in: OpenAI API "some_code / The message": causes and fixes (billing)`},
		{key: "meaning", quotes: `"""`, about: "two to four sentences: what happened, on whose side, what sets it apart"},
		{key: "causes", some: true, about: "one paragraph for each cause, the likeliest first"},
		{key: "fixes", some: true, about: "one paragraph for each fix, in the order to try; the first names the exact page, parameter, header or command"},
		{key: "related", wanted: true, about: "entries of this provider that it is taken for, or provider/entry; [] where there are none", pattern: `^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$`},
		{key: "alternatives", about: "providers to use meanwhile; left out: the provider's own list", pattern: slugPattern},
		{key: "sources", flag: "source", some: true, about: "https addresses that every claim rests on: documentation first, then public threads", pattern: addressPattern},
		{key: "added", about: "the day of the pull request"},
		{key: "verified", flag: "verified", about: "the date of the newest evidence used, as 2026-11-22 without quotes"},
		{key: "aliases", about: "old addresses that lead here, such as /openai/old-name/", pattern: `^/([a-z0-9][a-z0-9_-]*/)+$`},
		{key: "waiting", about: "whether waiting helps"},
		{key: "waiting.helps", flag: "helps", about: "yes, sometimes or no: does waiting help?", oneOf: book.Helps()},
		{key: "waiting.advice", wanted: true, quotes: `"""`, about: "when waiting helps, how long, and what to do instead"},
		{key: "waiting.typical", about: "how long it usually takes, such as 5m", pattern: `^[0-9.]+(ms|s|m|h)`},
		{key: "waiting.header", about: "the response header that says how long, such as retry-after", pattern: `^[A-Za-z0-9-]+$`},
		{key: "faq", about: "a real further question, after the two that every page has"},
		{key: "faq.q", about: "the question"},
		{key: "faq.a", about: "the answer"},
		{key: "exempt", rare: true, about: "a rule of check that does not hold here; faultbook explain lists them"},
		{key: "exempt.rule", about: "the name of the rule, as findings show it in brackets"},
		{key: "exempt.reason", about: "why it does not hold here"},
		{key: "sample", wanted: true, about: "a text as a reader would paste it"},
		{key: "sample.text", quotes: `'''`, about: "a realistic full text with the error in it, with dummy ids and never a real key"},
	}
}

func providerWords() []word {
	return []word{
		{key: "name", flag: "name", about: "the API as readers know it, such as OpenAI API"},
		{key: "vendor", flag: "vendor", about: "who runs it, such as OpenAI"},
		{key: "summary", about: "one or two sentences: what the API is, and where to look first in its errors"},
		{key: "homepage", flag: "homepage", about: "the https address of the API's page", pattern: addressPattern},
		{key: "docs", flag: "docs", about: "the https address of the documentation of its errors", pattern: addressPattern},
		{key: "keys", wanted: true, about: "the console page of keys; take the line away where there is none", pattern: addressPattern},
		{key: "billing", wanted: true, about: "the console page of billing; take the line away where there is none", pattern: addressPattern},
		{key: "limits", wanted: true, about: "the console page of limits; take the line away where there is none", pattern: addressPattern},
		{key: "hosts", flag: "host", about: "the hosts of the API, such as api.example.com", pattern: hostPattern},
		{key: "alternatives", flag: "alternative", about: "slugs of providers to use meanwhile", pattern: slugPattern},
		{key: "upstream", about: "slugs of providers, or names of clouds, that it runs on"},
		{key: "marks", about: "what tells in an error text that it is this provider's"},
		{key: "marks.names", about: "of the provider and its products: OpenAI"},
		{key: "marks.sdk", about: "modules and exception classes: anthropic., ChatAnthropic"},
		{key: "marks.clients", about: "the same, and names, that users of compatible APIs have in their errors too: openai., ChatOpenAI"},
		{key: "marks.env", about: "environment variables: OPENAI_API_KEY"},
		{key: "marks.headers", about: "response headers and the beginnings of request ids"},
		{key: "marks.models", about: "beginnings of model names: gpt-"},
		{key: "marks.keys", about: "beginnings of keys: sk-proj-"},
		{key: "marks.phrases", about: "rows of words that no other provider writes"},
		{key: "status", about: "where the truth about outages comes from; faultbook source writes this table"},
		{key: "status.platform", about: `what faultbook source says of the status page, or "none" with why`, oneOf: book.Platforms()},
		{key: "status.url", flag: "status", about: "the address of the official status page that a person opens"},
		{key: "status.api", about: "the address that is asked, where it is not below url"},
		{key: "status.components", about: "the parts of the page that speak for this API; left out: the page as a whole"},
		{key: "status.filter", about: "what some platforms need beside"},
		{key: "status.hosts", about: "further hosts that a redirect of the page may lead to", pattern: hostPattern},
		{key: "status.why", about: "with none: why no program may read the page"},
		{key: "probe", about: "a call without a key that the API answers as long as it works"},
		{key: "probe.url", about: "the address to call"},
		{key: "probe.expect", some: true, least: 200, most: 499, about: "the status that is answered then, such as 401"},
	}
}

func siteWords() []word {
	return []word{
		{key: "title", about: "the name of the site"},
		{key: "tagline", about: "one short sentence under the name on the start page"},
		{key: "description", about: "one sentence for search engines, at most 155 characters"},
		{key: "base", about: "where the site is served, without a slash at the end; a path is allowed", pattern: `^https?://[^\s<>"'` + "`" + `\\?#]+$`},
		{key: "language", about: "the language of the pages and of templates/words/<language>.toml"},
		{key: "repository", about: "the public source repository, for the links to edit a page"},
		{key: "license", about: "the licence of the texts, as the footer names it"},
		{key: "license_url", about: "the address of the licence"},
		{key: "contact", about: "where to report a security problem: an https address or mailto:"},
		{key: "faq_jsonld", about: "pages carry their questions as FAQPage data too"},
		{key: "hsts_preload", about: "ask browsers to ship this domain as https only; see hstspreload.org"},
		{key: "schedule", about: "how often the site is rebuilt"},
		{key: "schedule.every", about: "how often the scheduled job fetches and builds, such as 1h"},
		{key: "schedule.valid_for", about: "how long a reading is believed; left out: twice every"},
		{key: "schedule.age_cap", about: "how old a shown time of check may be; left out: half of valid_for"},
		{key: "budget", about: "what publishing may cost"},
		{key: "budget.deploys", about: "how often the site may be published in 31 days, merges included; 0: as often as need be"},
		{key: "check", about: "how grave this site finds a rule of check: error, warning, notice or off"},
		{key: "review", about: "when somebody should look at an entry again"},
		{key: "review.days", about: "how old the evidence of an entry may be, in days; 0: for ever"},
		{key: "live", about: "where fresh states are kept between deploys"},
		{key: "live.url", about: "the https address that holds now/<provider>.json"},
		{key: "wrapper", about: "a program that passes on errors of providers in words of its own"},
		{key: "wrapper.name", about: "the name of the program"},
		{key: "wrapper.marks", about: "what an error text holds that came through it"},
		{key: "stranger", about: "a service whose errors read like a provider's and are none"},
		{key: "stranger.name", about: "what the service is called, as in: another AWS service"},
		{key: "stranger.marks", about: "what an error text of that service holds"},
	}
}

func wordsOf(form book.Form) []word {
	switch form {
	case book.SiteForm:
		return siteWords()
	case book.ProviderForm:
		return providerWords()
	}
	return entryWords()
}

// wordFor is the word for a key; the zero word where there is none.
func wordFor(words []word, key string) word {
	for _, w := range words {
		if w.key == key {
			return w
		}
	}
	return word{}
}
