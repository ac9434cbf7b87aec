package match

import "strings"

// masked stands where a secret stood.
const masked = "***"

// secretPrefixes are how keys and ids begin that must not be shown. What
// follows is hidden; the beginning tells whose key it is.
var secretPrefixes = [...]string{
	"sk-ant-", "sk-proj-", "sk-svcacct-", "sk-or-", "sk-", "sk_", "pk-", "pk_", "rk_", "gsk_", "hf_", "r8_", "fw_", "xai-", "pplx-", "tgp_",
	"AIza", "ya29", "AKIA", "ASIA", "ABSK", "eyJ", "ghp_", "gho_", "github_pat_", "glpat-", "xoxb-", "xoxp-",
	"org-", "proj_", "user-", "acct_", "key-", "api-key-", "req_", "msg_", "chatcmpl-", "resp_", "sess-", "session_",
}

// Mask hides keys, tokens, e-mail addresses and ids of accounts in a text, so
// that it may be shown, printed or put into an address. What is hidden hides
// again to the same text.
func Mask(text string) string {
	var out strings.Builder
	for at := 0; at < len(text); {
		c, end := text[at], at+1
		switch {
		case c == '\\' || c == '%' || c == 0x1b:
			end = escapeEnd(text, at)
			out.WriteString(text[at:end])
		case !secretByte(c):
			out.WriteByte(c)
		default:
			for end < len(text) && (secretByte(text[end]) || text[end] == '.' || text[end] == '+') {
				end++
			}
			if host := hostEnd(text, end); host > end {
				out.WriteString(masked)
				end = host
			} else {
				maskName(&out, text[at:end])
			}
		}
		at = end
	}
	return out.String()
}

// escapeEnd is the end of what an encoder or a terminal put at a place: a key
// begins behind \n, not at its n.
func escapeEnd(text string, at int) int {
	u := unescaper{text: text, at: at}
	u.next()
	if key := strings.TrimLeft(text[at:], `\`); len(key) < len(text)-at && secretPrefix(key) != "" {
		return len(text) - len(key)
	}
	return u.at
}

func secretByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '-'
}

// hostEnd is the end of the host of an e-mail address whose name ends at a
// place; that place itself when it is none.
func hostEnd(text string, at int) int {
	if at == len(text) || text[at] != '@' {
		return at
	}
	i, dots := at+1, 0
	for i < len(text) && (secretByte(text[i]) || text[i] == '.' && i > at+1 && i+1 < len(text) && secretByte(text[i+1])) {
		if text[i] == '.' {
			dots++
		}
		i++
	}
	if dots == 0 {
		return at
	}
	return i
}

// maskName hides what is secret in the runs between full stops.
func maskName(out *strings.Builder, name string) {
	for at := 0; at < len(name); {
		end := at
		for end < len(name) && secretByte(name[end]) {
			end++
		}
		out.WriteString(maskRun(name[at:end]))
		if end < len(name) {
			out.WriteByte(name[end])
		}
		at = end + 1
	}
}

// maskRun hides what is secret in a run of letters, digits, "_" and "-".
func maskRun(run string) string {
	for _, prefix := range secretPrefixes {
		if strings.HasPrefix(run, prefix) && secretTail(run[len(prefix):]) {
			return prefix + masked
		}
	}
	if isUUID(run) {
		return masked
	}
	var out strings.Builder
	for at := 0; at < len(run); {
		end := at
		for end < len(run) && run[end] != '-' && run[end] != '_' {
			end++
		}
		if part := run[at:end]; secretPart(part) {
			out.WriteString(masked)
		} else {
			out.WriteString(part)
		}
		if end < len(run) {
			out.WriteByte(run[end])
			end++
		}
		at = end
	}
	return out.String()
}

// isUUID tells whether a run is an id as RFC 9562 writes it: organizations and
// projects are named so.
func isUUID(run string) bool {
	if len(run) != 36 {
		return false
	}
	for i := range len(run) {
		c := run[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !(c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f') {
				return false
			}
		}
	}
	return true
}

// secretPart tells whether a part looks like chance: long, with digits among
// its letters, or a number as accounts and projects have it.
func secretPart(part string) bool {
	digits, lower, upper := 0, 0, 0
	for i := range len(part) {
		switch c := part[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a':
			lower++
		default:
			upper++
		}
	}
	switch {
	case digits == len(part):
		return digits >= 10
	case digits > 0:
		return len(part) >= 16
	}
	return len(part) >= 40 && lower > 0 && upper > 0
}

// secretPrefix is the first of the prefixes that a text begins with.
func secretPrefix(text string) string {
	for _, prefix := range secretPrefixes {
		if strings.HasPrefix(text, prefix) {
			return prefix
		}
	}
	return ""
}

// secretTail tells whether what stands behind a prefix is no word.
func secretTail(text string) bool {
	const longest = 20
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			return len(text) >= 8
		}
	}
	return len(text) >= longest && !strings.ContainsAny(text[:longest], "-_")
}
