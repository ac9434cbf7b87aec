package check_test

import (
	"slices"
	"strings"

	"faultbook/internal/diag"
)

func wrongCases() []wrong {
	return slices.Concat(wrongFiles(), wrongFences(), wrongTOML(), wrongKeys(), wrongValues(), wrongDates(),
		wrongReferences(), wrongAliases(), wrongMarkdown(), wrongLinks(), wrongProviders(), wrongSettings(), wrongExemptions(), wrongTwins())
}

// swap is pairs of what stands in a good file and what comes instead.
// Without pairs the file is as good as its name.
func swap(pairs ...string) []string { return append([]string{}, pairs...) }

func wrongFiles() []wrong {
	return []wrong{
		{name: "bad slug in a file name", file: "acme/insufficient_quota.md", swap: swap(),
			rule: "slug", message: `"insufficient_quota" is no slug`, hint: "name the file insufficient-quota.md"},
		{name: "upper-case file name", file: "acme/Rate-Limit.md", swap: swap(),
			rule: "slug", message: `"Rate-Limit" is no slug`, hint: "name the file rate-limit.md"},
		{name: "file name with a language", file: "acme/base.de.md", swap: swap(),
			rule: "slug", message: `"base.de" is no slug`, hint: "base-de.md"},
		{name: "bad provider folder", file: "Open_AI/_index.md", swap: swap(), place: "Open_AI",
			rule: "slug", message: `folder "Open_AI" is no slug`, hint: "name it open-ai"},
		{name: "reserved provider name", file: "status/_index.md", swap: swap(), place: "status",
			rule: "reserved", message: `a provider cannot be called "status"`, hint: "status-api"},
		{name: "no _index.md", file: "bare/alone.md", swap: swap(`["base"]`, `["acme/base"]`), place: "bare",
			rule: "missing-file", message: "there is no _index.md", hint: "names the provider"},
		{name: "no site.toml", file: "site.toml", alone: true,
			rule: "missing-file", message: "there is no site.toml", hint: "base address"},
		{name: "stray file in the content", file: "README.md", text: "Read me.",
			rule: "stray-file", message: "does not belong here", hint: "move it out"},
		{name: "stray file in a provider's folder", file: "acme/error.txt", text: "Error.",
			rule: "stray-file", message: "holds _index.md and <entry>.md files", hint: "move it out"},
		{name: "folder in a provider's folder", file: "acme/older/entry.md", swap: swap(), place: "acme/older",
			rule: "stray-file", message: "does not belong here", hint: "move it out"},
		{name: "folder with the name of an entry", file: "acme/folder.md/entry.md", swap: swap(), place: "acme/folder.md",
			rule: "stray-file", message: "does not belong here", hint: "move it out"},
		{name: "folder in the place of site.toml", file: "acme2/_index.md/entry.md", swap: swap(), place: "acme2/_index.md",
			rule: "stray-file", message: "this is no file", hint: "move it out"},
		{name: "file of 5 MB", text: strings.Repeat("x", 5<<20),
			rule: "too-large", message: "the file has 5120 KB; want at most 512 KB", hint: "link to what is longer"},
		{name: "symlink out of the content", file: "acme/passwd.md", link: map[string]string{"acme/passwd.md": "/etc/passwd"},
			rule: "symlink", message: "symbolic link; want a file", hint: "copy the file here"},
		{name: "symlink to a neighbour", file: "acme/twice.md", link: map[string]string{"acme/twice.md": "base.md"},
			rule: "symlink", message: "symbolic link; want a file", hint: "copy the file here"},
		{name: "symlinked folder", file: "acme3", link: map[string]string{"acme3": "acme"},
			rule: "symlink", message: "symbolic link; want a file", hint: "copy the file here"},
		{name: "invalid UTF-8", swap: swap("The account is empty.", "Das Konto für Ä ist l"+here+"\xe9r."),
			rule: "utf8", message: "byte 0xe9 is not UTF-8", hint: "save the file as UTF-8"},
		{name: "NUL", swap: swap("More about it.", "More "+here+"\x00about it."),
			rule: "utf8", message: "NUL byte", hint: "save the file as UTF-8"},
		{name: "lone CR", swap: swap("More about it.", "More"+here+"\rabout it."),
			rule: "utf8", message: "carriage return", hint: `end lines with \n`},
	}
}

func wrongFences() []wrong {
	return []wrong{
		{name: "empty file", text: here + "\n",
			rule: "frontmatter", message: "want +++ on the first line"},
		{name: "no fence", text: here + "title = \"x\"\n",
			rule: "frontmatter", message: "want +++ on the first line"},
		{name: "unclosed fence", swap: swap("+++\ntitle", here+"+++\ntitle", "\n+++\n\nMore", "\n\nMore"),
			rule: "frontmatter", message: "the front matter is not closed", hint: "write +++"},
		{name: "fences of another kind", text: here + "---\ntitle: x\n---\n\nText.\n",
			rule: "frontmatter", message: "opened by ---; want +++", hint: "TOML"},
		{name: "mixed fences", swap: swap("\n+++\n\nMore", "\n"+here+"---\n\nMore"),
			rule: "frontmatter", message: "opened by +++ and closed by ---"},
		{name: "empty line before the fence", text: here + "\n+++\ntitle = \"x\"\n+++\n",
			rule: "frontmatter", message: "want +++ on the first line", hint: "take the empty lines before it away"},
		{name: "blank behind the closing fence", swap: swap("\n+++\n\nMore", "\n"+here+"+++ \n\nMore"),
			rule: "frontmatter", message: "want +++ alone on its line", hint: "take the blanks around it away"},
	}
}

func wrongTOML() []wrong {
	return []wrong{
		{name: "duplicate key", swap: swap("outage   =", "outage = \"never\"\n"+here+"outage   ="),
			rule: "toml", message: `key "outage" is already set`, hint: "it is first set at 7:1"},
		{name: "duplicate table", swap: swap("[[faq]]", "["+here+"waiting]\nhelps = \"no\"\n\n[[faq]]"),
			rule: "toml", message: "table [waiting] is already there", hint: "the first one is at 19:2"},
		{name: "unclosed string", swap: swap(`outage   = "never"`, `outage   = `+here+`"never`),
			rule: "toml", message: `this string is not closed on its line; want "`, hint: "a text of several lines"},
		{name: "unclosed long string", swap: swap("The account is empty.\n\"\"\"\n", "The account is empty.\n", `meaning  = """`, `meaning  = `+here+`"""`),
			rule: "toml", message: `this string is not closed; want """`, hint: "+++"},
		{name: "unclosed array", swap: swap(`fixes    = ["Add money."]`+"\n", `fixes    = ["Add money."`+"\n", "related  =", here+"related  ="),
			rule: "toml", message: "want , or ] in the array, got related", hint: "the array begins at 13:12"},
		{name: "colon for =", swap: swap(`kind     = "billing"`, `kind`+here+`: "billing"`),
			rule: "toml", message: "want = after the key, got :", hint: "TOML writes key = value"},
		{name: "text without quotes", swap: swap(`kind     = "billing"`, `kind     = `+here+`billing`),
			rule: "toml", message: "want a value, got billing", hint: "put a text in quotes"},
		{name: "curly quotes", swap: swap(`kind     = "billing"`, `kind     = `+here+`“billing”`),
			rule: "toml", message: "want a value, got “", hint: "straight quotes"},
		{name: "quotes inside quotes", swap: swap(`"The balance is zero."`, `"The "`+here+`balance" is zero."`),
			rule: "toml", message: "want , or ] in the array, got balance", hint: "the array begins at 12:12"},
		{name: "bad escape", swap: swap(`"The balance is zero."`, `"The balance: C:`+here+`\zero"`),
			rule: "toml", message: `\z is no escape`, hint: `write \\`},
	}
}

func wrongKeys() []wrong {
	return []wrong{
		{name: "unknown key", swap: swap("kind     =", here+"knd = \"x\"\nkind     ="),
			rule: "unknown-key", message: `unknown key "knd"`, hint: `did you mean "kind"?`},
		{name: "unknown key far from any", swap: swap("kind     =", here+"severity = \"x\"\nkind     ="),
			rule: "unknown-key", message: `unknown key "severity"`, hint: "known keys: title, name"},
		{name: "unknown key in a table", swap: swap("advice =", here+"advise ="),
			rule: "unknown-key", message: `unknown key "advise" in waiting`, hint: `did you mean "advice"?`},
		{name: "unknown key in the second question", swap: swap("[[sample]]", "[[faq]]\nq = \"And?\"\na = \"So.\"\n"+here+"answer = \"x\"\n\n[[sample]]"),
			rule: "unknown-key", message: `unknown key "answer" in faq[2]`, hint: "known keys: q, a"},
		{name: "key of the file below a table", swap: swap("advice =", here+"aliases = []\nadvice ="),
			rule: "unknown-key", message: `unknown key "aliases" in waiting`, hint: "stands above the first [table]"},
		{name: "key of a table above it", swap: swap("kind     =", here+"helps = \"no\"\nkind     ="),
			rule: "unknown-key", message: `unknown key "helps"`, hint: "belongs below [waiting]"},
		{name: "missing key", swap: swap("+++\ntitle", here+"+++\ntitle", "kind     = \"billing\"\n", ""),
			rule: "missing-key", message: `missing key "kind"`, hint: `add kind = "…"`},
		{name: "missing date", swap: swap("+++\ntitle", here+"+++\ntitle", "verified = 2026-09-01\n", ""),
			rule: "missing-key", message: `missing key "verified"`},
		{name: "missing table", swap: swap("+++\ntitle", here+"+++\ntitle", "[waiting]\nhelps  = \"no\"\nadvice = \"It does not.\"\n", ""),
			rule: "missing-key", message: `missing key "waiting"`, hint: "add [waiting]"},
		{name: "missing key of a table", swap: swap("[waiting]\nhelps  = \"no\"\n", here+"[waiting]\n"),
			rule: "missing-key", message: `missing key "helps" in waiting`, hint: `add helps = "…"`},
		{name: "missing key of a question", swap: swap("[[faq]]", here+"[[faq]]", "a = \"Yes.\"\n", ""),
			rule: "missing-key", message: `missing key "a" in faq[1]`, hint: `add a = "…"`},
		{name: "number for a text", swap: swap(`title    = "Title of number-for-a-text"`, "title    = "+here+"429"),
			rule: "type", message: "title: want a string, got an integer", hint: "put it in quotes"},
		{name: "text for a list", swap: swap(`["Add money."]`, here+`"Add money."`),
			rule: "type", message: "fixes: want an array of strings, got a string", hint: `put it in brackets: ["…"]`},
		{name: "number in a list", swap: swap(`"The card was declined."`, here+"2"),
			rule: "type", message: "causes[2]: want a string, got an integer", hint: "put it in quotes"},
		{name: "table for a list of tables", swap: swap("[[faq]]", here+"[faq]"),
			rule: "type", message: "faq: want an array of tables, got a table"},
	}
}

func wrongValues() []wrong {
	return []wrong{
		{name: "unknown kind", swap: swap(`"billing"`, here+`"ratelimit"`),
			rule: "kind", message: `unknown kind "ratelimit"; want one of rate-limit, billing, auth, `, hint: `did you mean "rate-limit"?`},
		{name: "kind that is like no other", swap: swap(`"billing"`, here+`"weather"`),
			rule: "kind", message: `unknown kind "weather"`, hint: "take the one that comes nearest"},
		{name: "unknown outage", swap: swap(`"never"`, here+`"nevr"`),
			rule: "outage", message: `unknown outage "nevr"; want one of never, possible, typical`, hint: `did you mean "never"?`},
		{name: "unknown help of waiting", swap: swap(`helps  = "no"`, `helps  = `+here+`"sometime"`),
			rule: "waiting", message: `unknown helps "sometime"; want one of yes, sometimes, no`, hint: `did you mean "sometimes"?`},
		{name: "HTTP status 42900", swap: swap("= 429", "= "+here+"42900"),
			rule: "http", message: "HTTP status 42900 does not exist; want 100 to 599", hint: "leave http out"},
		{name: "HTTP status 42900 in a list", swap: swap("= 429", "= [429, "+here+"42900]"),
			rule: "http", message: "HTTP status 42900 does not exist; want 100 to 599", hint: "leave http out"},
		{name: "HTTP status alone in a list", swap: swap("= 429", "= ["+here+"42900]"),
			rule: "http", message: "HTTP status 42900 does not exist; want 100 to 599", hint: "leave http out"},
		{name: "HTTP status in quotes", swap: swap("= 429", "= [503, "+here+`"429"]`),
			rule: "type", message: "want an integer such as 429 or a list of them, got a string", hint: "without quotes"},
		{name: "code with a blank", swap: swap(`"code_of_code-with-a-blank"`, here+`"insufficient quota"`),
			rule: "code", message: `code "insufficient quota" is not one word`, hint: "as the API returns it"},
		{name: "number for a code", swap: swap(`"code_of_number-for-a-code"`, `["a", `+here+`1113]`),
			rule: "type", message: "want a word, got an integer", hint: "put it in quotes"},
		{name: "type with a blank", swap: swap("http ", "type = [\"fine\", "+here+"\"not fine\"]\nhttp "),
			rule: "code", message: `type "not fine" is not one word`, hint: "as the API returns it"},
		{name: "empty title", swap: swap(`"Title of empty-title"`, here+`" "`),
			rule: "empty", message: "title is empty", hint: "write it"},
		{name: "empty meaning", swap: swap("\"\"\"\nThe account is empty.\n\"\"\"", here+`""`),
			rule: "empty", message: "meaning is empty", hint: "write it"},
		{name: "empty list of causes", swap: swap(`["The balance is zero.", "The card was declined."]`, here+"[]"),
			rule: "empty", message: "causes is an empty list; want at least one", hint: `write causes = ["…"]`},
		{name: "empty item", swap: swap(`["Add money."]`, "[\n  \"Add money.\",\n  "+here+"\"\",\n]"),
			rule: "empty", message: "item 2 of fixes is empty", hint: "take the item away"},
		{name: "cause said twice", swap: swap(`"The card was declined."`, here+`"The balance is zero."`),
			rule: "duplicate", message: "item 2 of causes stands there already, as item 1", hint: "leave one of them out"},
		{name: "empty message", swap: swap(`["The message of empty-message."]`, `["x", `+here+`" "]`),
			rule: "message", message: "message is empty", hint: "exactly as the API returns it"},
		{name: "empty question", swap: swap(`q = "Really?"`, "q = "+here+`""`),
			rule: "empty", message: "q is empty", hint: "write it"},
		{name: "empty sample", swap: swap(`'''Error 429 (code_of_empty-sample): the message of empty-sample.'''`, here+`""`),
			rule: "empty", message: "sample is empty", hint: "realistic text"},
		{name: "source that is http", swap: swap(`"https://docs.acme.example/errors"`, here+`"http://docs.acme.example/errors"`),
			rule: "address", message: "is not https", hint: "https://"},
		{name: "source that is no address", swap: swap(`"https://docs.acme.example/errors"`, here+`"the manual"`),
			rule: "address", message: `"the manual" is no address`, hint: "https://"},
		{name: "source without a host", swap: swap(`"https://docs.acme.example/errors"`, `"https://docs.acme.example/errors", `+here+`"https://localhost/"`),
			rule: "address", message: "names no public host", hint: "https://"},
		{name: "empty source", swap: swap(`"https://docs.acme.example/errors"`, here+`""`),
			rule: "empty", message: "item 1 of sources is empty", hint: "take the item away"},
		{name: "bad duration", swap: swap("advice =", "typical = "+here+"\"5 minutes\"\nadvice ="),
			rule: "waiting", message: `"5 minutes" is no duration`, hint: "30s, 5m or 1h"},
		{name: "bad header name", swap: swap("advice =", "header = "+here+"\"retry-after: 5\"\nadvice ="),
			rule: "waiting", message: `"retry-after: 5" is no header name`, hint: "such as retry-after"},
	}
}

func wrongDates() []wrong {
	return []wrong{
		{name: "bad date", swap: swap("= 2026-09-01", "= "+here+"2026-9-1"),
			rule: "toml", message: "invalid", hint: "write a date as 2026-09-01"},
		{name: "date with slashes", swap: swap("= 2026-09-01", "= 2026"+here+"/09/01"),
			rule: "toml", message: "/"},
		{name: "date in quotes", swap: swap("= 2026-09-01", "= "+here+`"2026-09-01"`),
			rule: "type", message: "want a date, got a string", hint: "without quotes"},
		{name: "date with a time", swap: swap("= 2026-09-01", "= "+here+"2026-09-01T12:00:00Z"),
			rule: "type", message: "want a date, got a date and time", hint: "without a time"},
		{name: "impossible date", swap: swap("= 2026-09-01", "= "+here+"2026-02-30"),
			rule: "toml", message: "2026-02-30", hint: "write a date as 2026-09-01"},
		{name: "year 1926", swap: swap("= 2026-09-01", "= "+here+"1926-09-01"),
			rule: "date", message: "1926-09-01 cannot be meant; want a day from 2020-01-01", hint: "2026-11-22"},
	}
}

func wrongReferences() []wrong {
	related := func(items string) []string { return swap(`["base"]`, items) }
	alternatives := func(items string) []string { return swap("sources  =", "alternatives = "+items+"\nsources  =") }
	return []wrong{
		{name: "unknown related slug", swap: related(`["base", ` + here + `"bse"]`),
			rule: "related", message: `unknown entry "bse"; want an entry of acme, or "provider/entry"`, hint: `did you mean "base"?`},
		{name: "related slug of another provider", swap: related(`[` + here + `"only-there"]`),
			rule: "related", message: `unknown entry "only-there"`, hint: `did you mean "other/only-there"?`},
		{name: "related slug like one of another provider", swap: related(`["base", ` + here + `"other/onlythere"]`),
			rule: "related", message: `unknown entry "other/onlythere"`, hint: `did you mean "other/only-there"?`},
		{name: "related slug of an unknown provider", swap: related(`[` + here + `"othr/only-thre"]`),
			rule: "related", message: `unknown entry "othr/only-thre"`, hint: `did you mean "other/only-there"?`},
		{name: "related slug like no other", swap: related(`[` + here + `"zzzzzzzz"]`),
			rule: "related", message: `unknown entry "zzzzzzzz"`, hint: "an entry is named by its file"},
		{name: "related to itself", swap: related(`["base", ` + here + `"related-to-itself"]`),
			rule: "related", message: "an entry is not related to itself", hint: "leave it out"},
		{name: "related to itself in full", swap: related(`[` + here + `"acme/related-to-itself-in-full"]`),
			rule: "related", message: "an entry is not related to itself", hint: "leave it out"},
		{name: "related twice", swap: related(`["base", "other/only-there", ` + here + `"base"]`),
			rule: "duplicate", message: "item 3 of related stands there already, as item 1", hint: "leave one of them out"},
		{name: "related twice in two ways", swap: related(`["base", ` + here + `"acme/base"]`),
			rule: "related", message: "item 2 of related stands there already, as item 1", hint: "leave one of them out"},
		{name: "path traversal in related", swap: related(`[` + here + `"../../etc/passwd"]`),
			rule: "slug", message: `"../../etc/passwd" is no slug; want a slug such as`, hint: "single hyphens"},
		{name: "related in capitals", swap: related(`[` + here + `"Base"]`),
			rule: "slug", message: `"Base" is no slug`, hint: "lower-case"},
		{name: "unknown alternative", swap: alternatives(`["other", ` + here + `"othr"]`),
			rule: "alternatives", message: `unknown provider "othr"; want the slug of a provider`, hint: `did you mean "other"?`},
		{name: "alternative like no other", swap: alternatives(`[` + here + `"zzzzzzzz"]`),
			rule: "alternatives", message: `unknown provider "zzzzzzzz"`, hint: "the providers are acme, "},
		{name: "own provider as alternative", swap: alternatives(`[` + here + `"acme"]`),
			rule: "alternatives", message: "acme is no alternative to itself", hint: "leave it out"},
		{name: "entry as alternative", swap: alternatives(`[` + here + `"other/only-there"]`),
			rule: "slug", message: `"other/only-there" is no slug; want a slug such as openai`, hint: "single hyphens"},
	}
}

func wrongAliases() []wrong {
	aliases := func(items string) []string { return swap("sources  =", "aliases = "+items+"\nsources  =") }
	return []wrong{
		{name: "path traversal in an alias", swap: aliases(`[` + here + `"/acme/../../etc/"]`),
			rule: "alias", message: `alias "/acme/../../etc/" is no path of this site`, hint: "a slash at both ends"},
		{name: "alias without its slash", swap: aliases(`["/acme/older/", ` + here + `"/acme/oldest"]`),
			rule: "alias", message: `alias "/acme/oldest" is no path of this site`, hint: "a slash at both ends"},
		{name: "alias onto an entry", swap: aliases(`[` + here + `"/other/only-there/"]`),
			rule: "alias", message: `alias "/other/only-there/" is the address of another page`, hint: "once had"},
		{name: "alias onto a provider", swap: aliases(`[` + here + `"/other/"]`),
			rule: "alias", message: `alias "/other/" is the address of another page`, hint: "once had"},
		{name: "alias onto its own page", swap: aliases(`[` + here + `"/acme/alias-onto-its-own-page/"]`),
			rule: "alias", message: "is the address of this page itself", hint: "leave it out"},
		{name: "alias in the site's own folder", swap: aliases(`[` + here + `"/api/v1/"]`),
			rule: "alias", message: "lies in the site's own folder /api/", hint: "once had"},
		{name: "two aliases alike", swap: aliases(`[` + here + `"/acme/shared/"]`),
			also: map[string]string{"acme/alias-holder.md": swapped(filled(goodEntry, "alias-holder"), "sources  =", "aliases = [\"/acme/mine/\", \"/acme/shared/\"]\nsources  =")},
			rule: "alias", message: `alias "/acme/shared/" is already taken`, hint: "acme/alias-holder.md has it at 15:27"},
		{name: "alias twice in one entry", swap: aliases(`["/acme/twice/", ` + here + `"/acme/twice/"]`),
			rule: "alias", message: `alias "/acme/twice/" is already taken`, hint: "acme/alias-twice-in-one-entry.md has it at 15:12"},
	}
}

func wrongMarkdown() []wrong {
	return []wrong{
		{name: "script in the meaning", swap: swap("The account is empty.", "The account is empty.\n\n"+here+"<script>alert(1)</script>"),
			rule: "raw-html", message: "raw HTML is not allowed", hint: "backticks"},
		{name: "script in the body", swap: swap("More about it.", "More about it.\n\n"+here+"<script src=\"https://x.example/\"></script>"),
			rule: "raw-html", message: "raw HTML is not allowed", hint: "backticks"},
		{name: "HTML in a cause", swap: swap("The card was declined.", "Die Karte für Köln: "+here+"<blink>declined."),
			rule: "raw-html", message: "raw HTML is not allowed", hint: "backticks"},
		{name: "image", swap: swap(`a = "Yes."`, `a = "Yes: `+here+`![a chart](https://x.example/y.png)"`),
			rule: "image", message: "images are not allowed", hint: "describe it in words"},
		{name: "heading of level 1", swap: swap("More about it.", "More about it.\n\n"+here+"# Heading\n\nText."),
			rule: "heading", message: "heading of level 1; want ###", hint: "the page's own"},
		{name: "heading in the advice", swap: swap(`"It does not."`, "\"\"\"\nIt does not.\n\n"+here+"## Heading\n\"\"\""),
			rule: "heading", message: "heading of level 2; want ###", hint: "the page's own"},
		{name: "list in a cause", swap: swap(`"The balance is zero."`, "\"\"\"\n"+here+"- one\n- two\n\"\"\""),
			rule: "inline", message: "want one paragraph of text, got list", hint: "belong in the body"},
		{name: "two paragraphs in a fix", swap: swap(`"Add money."`, `"`+here+`Add money.\n\nThen wait."`),
			rule: "inline", message: "want one paragraph of text", hint: "belong in the body"},
		{name: "javascript link", swap: swap("Add money.", "Go "+here+"[there](javascript:alert(1))."),
			rule: "link", message: `address "javascript:alert(1)" is not allowed`, hint: "another scheme"},
		{name: "javascript link in capitals", swap: swap("More about it.", "Go "+here+"<JavaScript:alert(1)>."),
			rule: "link", message: `address "JavaScript:alert(1)" is not allowed`, hint: "another scheme"},
		{name: "data link", swap: swap("The account is empty.", "Go "+here+"[there](data:text/html,x)."),
			rule: "link", message: `address "data:text/html,x" is not allowed`, hint: "another scheme"},
		{name: "http link", swap: swap("Add money.", "Go "+here+"[there](http://x.example/)."),
			rule: "link", message: `address "http://x.example/" is not https`, hint: "use the https:// address"},
		{name: "protocol-relative link", swap: swap("More about it.", "Go "+here+"[there](//x.example/)."),
			rule: "link", message: `address "//x.example/" is not allowed`, hint: "with //"},
		{name: "relative link", swap: swap("More about it.", "Go "+here+"[there](other/only-there)."),
			rule: "link", message: `address "other/only-there" is not allowed`, hint: "without one"},
		{name: "link by reference", swap: swap("More about it.", "Go "+here+"[there][x].\n\n[x]: ftp://x.example/"),
			rule: "link", message: `address "ftp://x.example/" is not allowed`, hint: "another scheme"},
	}
}

func wrongLinks() []wrong {
	body := func(text string) []string { return swap("More about it.", text) }
	return []wrong{
		{name: "link to no page", swap: body("Sieh für " + here + "[mehr](/acme/bsae/)."),
			rule: "dead-link", message: `no page has the address "/acme/bsae/"`, hint: `did you mean "/acme/base/"?`},
		{name: "link to no page in a fix", swap: swap("Add money.", "Add money: "+here+"[here](/kind/biling/)."),
			rule: "dead-link", message: `no page has the address "/kind/biling/"`, hint: `did you mean "/kind/billing/"?`},
		{name: "link to no page in a question", swap: swap(`a = "Yes."`, "a = \"\"\"\nYes.\n\nSee "+here+"[here](/http/418/).\n\"\"\""),
			rule: "dead-link", message: `no page has the address "/http/418/"`, hint: "did you mean", alone: true}, // a broken entry could be the page's
		{name: "link to nothing like a page", swap: body("See " + here + "[this](/wp-admin/setup/)."),
			rule: "dead-link", message: `no page has the address "/wp-admin/setup/"`, hint: "pages are /provider/"},
		{name: "link without its slash", swap: body("See " + here + "[this](/other/only-there)."),
			rule: "dead-link", message: `no page has the address "/other/only-there"`, hint: `write "/other/only-there/"`},
		{name: "link with a query", swap: body("See " + here + "[this](/errors/?q=1)."),
			rule: "dead-link", message: `no page has the address "/errors/?q=1"`, hint: `write "/errors/"`},
		{name: "link out through dots", swap: body("See " + here + "[this](/acme/../../etc/)."),
			rule: "dead-link", message: `no page has the address "/acme/../../etc/"`, hint: "pages are /provider/"},
		{name: "link out through a backslash", swap: body(`See ` + here + `[this](/\/evil.example/).`),
			rule: "link", message: `address "//evil.example/" is not allowed`, hint: "can lead anywhere"},
		{name: "link to an old address", swap: body("See " + here + "[this](/acme/long-ago/)."),
			also: map[string]string{"acme/renamed.md": swapped(filled(goodEntry, "renamed"), "sources  =", "aliases = [\"/acme/long-ago/\"]\nsources  =")},
			rule: "dead-link", message: `no page has the address "/acme/long-ago/"`, hint: `that is an old address; write "/acme/renamed/"`},
		{name: "unknown part of this page", swap: body("See " + here + "[above](#cause)."),
			rule: "dead-link", message: `unknown part "#cause" of /acme/unknown-part-of-this-page/; want one of meaning, causes, `, hint: `did you mean "causes"?`},
		{name: "unknown part of another page", swap: body("See " + here + "[above](/other/only-there/#zzzzzzz)."),
			rule: "dead-link", message: `unknown part "#zzzzzzz" of /other/only-there/`, hint: "leave #zzzzzzz out"},
		{name: "part that this page leaves out", swap: swap("Add money.", "Add money, see "+here+"[below](#detail).", "More about it.\n", ""),
			rule: "dead-link", message: `unknown part "#detail" of /acme/part-that-this-page-leaves-out/`, hint: "leave #detail out"},
		{name: "part of a page that has none", swap: body("See " + here + "[above](/status/#acme)."),
			rule: "dead-link", message: "no part of /status/ can be linked to", hint: "leave #acme out"},
	}
}

func wrongProviders() []wrong {
	return []wrong{
		{name: "unknown platform", file: "p1/_index.md", swap: swap(`"none"`, here+`"statuspge"`),
			rule: "platform", message: `unknown platform "statuspge"; want one of `, hint: `did you mean "statuspage"?`},
		{name: "status address that is a script", file: "p2/_index.md", swap: swap(`"https://status.acme.example"`, here+`"javascript:alert(1)"`),
			rule: "address", message: `"javascript:alert(1)" is not https`, hint: "https://"},
		{name: "status address with a borrowed name", file: "p3/_index.md", swap: swap(`"https://status.acme.example"`, here+`"http://localhost:80@x.example/"`),
			rule: "address", message: "is not https", hint: "https://"},
		{name: "host with a scheme", file: "p4/_index.md", swap: swap(`"api.acme.example"`, `"api.acme.example", `+here+`"https://api.acme.example"`),
			rule: "host", message: `"https://api.acme.example" is no host name`, hint: "without https://"},
		{name: "empty homepage", file: "p5/_index.md", swap: swap(`"https://acme.example/"`, here+`""`),
			rule: "address", message: `"" is not https`, hint: "https://"},
		{name: "unknown alternative of a provider", file: "p6/_index.md", swap: swap("alternatives = []", "alternatives = ["+here+`"othr"]`),
			rule: "alternatives", message: `unknown provider "othr"`, hint: `did you mean "other"?`},
		{name: "provider that is its own alternative", file: "p7/_index.md", swap: swap("alternatives = []", `alternatives = ["acme", `+here+`"p7"]`),
			rule: "alternatives", message: "p7 is no alternative to itself", hint: "leave it out"},
		{name: "unknown upstream", file: "p8/_index.md", swap: swap("\n[status]", `upstream = ["acme", "Amazon Web Services", `+here+"\"azure\"]\n\n[status]"),
			rule: "upstream", message: `unknown provider "azure"; want the slug of a provider, or the name of a cloud`, hint: "called by its name"},
		{name: "provider that runs on itself", file: "p9/_index.md", swap: swap("\n[status]", "upstream = ["+here+"\"p9\"]\n\n[status]"),
			rule: "upstream", message: "p9 does not run on itself", hint: "leave it out"},
		{name: "unknown key of a status", file: "p10/_index.md", swap: swap("url ", here+"uri = \"x\"\nurl "),
			rule: "unknown-key", message: `unknown key "uri" in status`, hint: `did you mean "url"?`},
		{name: "filter for a platform that has none", file: "p15/_index.md", swap: swap(`"none"`, `"statuspage"`, "acme.example\"\n+++\n", "acme.example\"\nfilter   = { "+here+"region = \"x\" }\n+++\n"),
			rule: "filter", message: `platform "statuspage" takes no filter`, hint: "remove it"},
		{name: "filter key that the platform does not know", file: "p16/_index.md", swap: swap(`"none"`, `"google-cloud"`, "acme.example\"\n+++\n", "acme.example\"\nfilter   = { "+here+"produkt = \"x\" }\n+++\n"),
			rule: "filter", message: `platform "google-cloud" knows no filter "produkt"; want one of location, product`, hint: `did you mean "product"?`},
		{name: "platform without its filter", file: "p17/_index.md", swap: swap(`"none"`, here+`"aws-health"`),
			rule: "filter", message: `platform "aws-health" needs a filter; region is missing: `, hint: "write filter = { region = "},
		{name: "address for programs that is a script", file: "p18/_index.md", swap: swap("acme.example\"\n+++\n", "acme.example\"\napi = "+here+"\"javascript:alert(1)\"\n+++\n"),
			rule: "address", message: `"javascript:alert(1)" is not https`, hint: "want a full https:// address"},
		{name: "probe that expects nothing", file: "p19/_index.md", swap: swap("\n[status]", "\n[probe]\nurl = \"https://api.acme.example/v1/models\"\nexpect = "+here+"[]\n\n[status]"),
			rule: "probe", message: "expect is empty", hint: "[401]"},
		{name: "probe that expects trouble", file: "p20/_index.md", swap: swap("\n[status]", "\n[probe]\nurl = \"https://api.acme.example/v1/models\"\nexpect = [401, "+here+"503]\n\n[status]"),
			rule: "probe", message: "503 is no status of an API that works", hint: "401"},
		{name: "reason for no source of a source", file: "p21/_index.md", swap: swap(`"none"`, `"statuspage"`, "acme.example\"\n+++\n", "acme.example\"\nwhy = "+here+"\"It is closed.\"\n+++\n"),
			rule: "why", message: `why is for platform = "none" only`, hint: "remove it"},
		{name: "provider without a status", file: "p11/_index.md", swap: swap("+++\nname", here+"+++\nname", "[status]\nplatform = \"none\"\nurl      = \"https://status.acme.example\"\n", ""),
			rule: "missing-key", message: `missing key "status"`, hint: "add [status]"},
		{name: "dead link in a summary", file: "p12/_index.md", swap: swap("The API of Acme.", "The API of "+here+"[Acme](/acmee/)."),
			rule: "dead-link", message: `no page has the address "/acmee/"`, hint: `did you mean "/acme/"?`},
		{name: "part in the text of a provider", file: "p13/_index.md", swap: swap("example\"\n+++\n", "example\"\n+++\n\nSee "+here+"[below](#errors).\n"),
			rule: "dead-link", message: "no part of /p13/ can be linked to", hint: "leave #errors out"},
		{name: "mark without a letter", file: "p22/_index.md", swap: swap("\n[status]", "\n[marks]\nnames = [\"Acme\"]\nkeys = [\"ak-\", "+here+"\"--\"]\n\n[status]"),
			rule: "mark", message: `mark "--" has no letter`, hint: "as it stands in an error text"},
		{name: "unknown kind of marks", file: "p23/_index.md", swap: swap("\n[status]", "\n[marks]\n"+here+"model = [\"acme-\"]\n\n[status]"),
			rule: "unknown-key", message: `unknown key "model" in marks`, hint: `did you mean "models"?`},
		{name: "list in a summary", file: "p14/_index.md", swap: swap(`"The API of Acme."`, `"`+here+`- one\n- two"`),
			rule: "inline", message: "want one paragraph of text, got list", hint: "belong in the body"},
	}
}

func wrongSettings() []wrong {
	return []wrong{
		{name: "base without a scheme", file: "site.toml", swap: swap(`"https://errors.example.com"`, here+`"errors.example.com"`),
			rule: "address", message: `"errors.example.com" is no address`, hint: "such as https://"},
		{name: "base with a query", file: "site.toml", swap: swap(`"https://errors.example.com"`, here+`"https://errors.example.com/?x"`), alone: true,
			rule: "address", message: "holds more than a host and a path", hint: "such as https://"},
		{name: "unknown key in site.toml", file: "site.toml", swap: swap("\n[schedule]", here+"repo = \"x\"\n\n[schedule]"),
			rule: "unknown-key", message: `unknown key "repo"`, hint: `did you mean "repository"?`},
		{name: "schedule without a unit", file: "site.toml", swap: swap(`"1h"`, here+`"60"`),
			rule: "duration", message: `"60" is no duration of a minute or more`, hint: "such as 30m or 6h"},
		{name: "budget below nothing", file: "site.toml", swap: swap("description =", "budget.deploys = "+here+"-1\ndescription ="),
			rule: "budget", message: "-1 deploys a month; want 1 to 400, or 0 for no limit", hint: "merges included"},
		{name: "empty tagline", file: "site.toml", swap: swap(`"Them or me?"`, here+`""`),
			rule: "empty", message: "tagline is empty", hint: "write it"},
		{name: "severity of no rule", file: "site.toml", swap: swap("\n[schedule]", "\n[check]\n"+here+"same-nam = \"off\"\n\n[schedule]"), alone: true,
			rule: "severity", message: `unknown rule "same-nam"; want the name of one`, hint: `did you mean "same-name"?`},
		{name: "severity that is none", file: "site.toml", swap: swap("\n[schedule]", "\n[check]\nsame-name = "+here+"\"warn\"\n\n[schedule]"), alone: true,
			rule: "severity", message: `unknown severity "warn"; want one of error, notice, off, warning`, hint: `did you mean "warning"?`},
		{name: "severity of what makes a file unusable", file: "site.toml", swap: swap("\n[schedule]", "\n[check]\n"+here+"kind = \"off\"\n\n[schedule]"), alone: true,
			rule: "severity", message: "the rule kind cannot be switched off", hint: "mend what is found"},
		{name: "negative days", file: "site.toml", swap: swap("\n[schedule]", "\n[review]\ndays = "+here+"-1\n\n[schedule]"), alone: true,
			rule: "duration", message: "-1 is no number of days", hint: "such as 365"},
		{name: "wrapper without marks", file: "site.toml", swap: swap("\n[schedule]", "\n"+here+"[[wrapper]]\nname = \"Between\"\n\n[schedule]"), alone: true,
			rule: "missing-key", message: `missing key "marks" in wrapper[1]`, hint: "add marks = "},
		{name: "stranger without a name", file: "site.toml", swap: swap("\n[schedule]", "\n[[stranger]]\nname = "+here+"\"\"\nmarks = [\"elsewhere\"]\n\n[schedule]"), alone: true,
			rule: "empty", message: "name is empty", hint: "write it"},
		{name: "mark of a stranger without a letter", file: "site.toml", swap: swap("\n[schedule]", "\n[[stranger]]\nname = \"Elsewhere\"\nmarks = [\"elsewhere\", "+here+"\"429\"]\n\n[schedule]"), alone: true,
			rule: "mark", message: `mark "429" has no letter`, hint: "as it stands in an error text"},
		{name: "number for a setting", file: "site.toml", swap: swap(`"Acme errors"`, here+"5"),
			rule: "type", message: "title: want a string, got an integer", hint: "put it in quotes"},
	}
}

func wrongExemptions() []wrong {
	exempt := func(rule string) []string {
		return swap("[waiting]", "[[exempt]]\nrule = "+rule+"\nreason = \"It is so.\"\n\n[waiting]")
	}
	return []wrong{
		{name: "exemption from no rule", swap: exempt(here + `"same-nam"`),
			rule: "exempt", message: `unknown rule "same-nam"; want the name of one`, hint: `did you mean "same-name"?`},
		{name: "exemption from nothing like a rule", swap: exempt(here + `"everything"`),
			rule: "exempt", message: `unknown rule "everything"`, hint: "faultbook explain lists all rules"},
		{name: "exemption from what makes a file unusable", swap: exempt(here + `"missing-key"`),
			rule: "exempt", message: "the rule missing-key cannot be switched off", hint: "mend what is found"},
		{name: "exemption from needing exemptions", swap: exempt(here + `"needless"`),
			rule: "exempt", message: "an entry cannot be exempt from needing its exemptions", hint: "leave it out"},
		{name: "exemption that is not needed", swap: exempt(here + `"same-title"`), alone: true,
			rule: "needless", level: diag.Warning, message: "nothing here breaks the rule same-title any more", hint: "take the [[exempt]] table out"},
		{name: "exemption without a reason", swap: swap("[waiting]", "[[exempt]]\nrule = \"same-name\"\nreason = "+here+"\"\"\n\n[waiting]"),
			rule: "empty", message: "reason is empty", hint: "write it"},
		{name: "exemption said twice", swap: swap("[waiting]", "[[exempt]]\nrule = \"same-name\"\nreason = \"So.\"\n\n[[exempt]]\nrule = "+here+"\"same-name\"\nreason = \"So.\"\n\n[waiting]",
			`"name of exemption-said-twice"`, `"said twice"`), also: map[string]string{"acme/exemption-again.md": swapped(filled(goodEntry, "exemption-again"), `"name of exemption-again"`, `"said twice"`)},
			rule: "exempt", message: "item 1 of exempt names same-name already", hint: "leave one of them out"},
	}
}

func wrongTwins() []wrong {
	twin := func(slug string, pairs ...string) map[string]string {
		return map[string]string{"acme/" + slug + ".md": swapped(filled(goodEntry, slug), pairs...)}
	}
	return []wrong{
		{name: "same title", swap: swap(`"Title of same-title"`, here+`"One title"`), also: twin("a-title", `"Title of a-title"`, `"One title"`),
			rule: "same-title", level: diag.Warning, message: "the title is that of acme/a-title too", hint: "only this error"},
		{name: "same name", swap: swap(`"name of same-name"`, here+`"one name"`), also: twin("a-name", `"name of a-name"`, `"one name"`),
			rule: "same-name", level: diag.Warning, message: "the name is that of acme/a-name too", hint: "tells them apart"},
		{name: "same message and status", swap: swap(`["The message of same-message-and-status."]`, `["x", `+here+`"One message."]`, "= 429", "= [400, 429]"),
			also: twin("a-message", `"The message of a-message."`, `"One message."`),
			rule: "same-message", level: diag.Warning, message: "acme/a-message has this message too", hint: "join the two"},
		{name: "no sample", swap: swap("+++\ntitle", here+"+++\ntitle", "\n[[sample]]\ntext = '''Error 429 (code_of_no-sample): the message of no-sample.'''\n", ""),
			rule: "sample", level: diag.Warning, message: "missing [[sample]]", hint: "add [[sample]]"},
		{name: "nothing to know it by", swap: swap("+++\ntitle", here+"+++\ntitle", "\n[[sample]]\ntext = '''Error 429 (code_of_nothing-to-know-it-by): the message of nothing-to-know-it-by.'''\n", "",
			"code     = \"code_of_nothing-to-know-it-by\"\n", "", `["The message of nothing-to-know-it-by."]`, "[]"),
			rule: "evidence", level: diag.Warning, message: "nothing to know this error by", hint: "add messages"},
	}
}
