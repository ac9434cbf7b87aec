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
		if !secretByte(text[at]) {
			out.WriteByte(text[at])
			at++
			continue
		}
		end := at
		for end < len(text) && secretByte(text[end]) {
			end++
		}
		if mail := mailEnd(text, at, end); mail > end {
			out.WriteString(masked)
			at = mail
			continue
		}
		out.WriteString(maskRun(text[at:end]))
		at = end
	}
	return out.String()
}

func secretByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '-'
}

// mailEnd is the end of the e-mail address whose first word stands from at to
// end; end itself when it is none.
func mailEnd(text string, at, end int) int {
	i := end
	for i < len(text) && (secretByte(text[i]) || text[i] == '.' || text[i] == '+') {
		i++
	}
	if i == len(text) || text[i] != '@' {
		return end
	}
	host := i + 1
	dot := false
	for i = host; i < len(text) && (secretByte(text[i]) || text[i] == '.' && i+1 < len(text) && secretByte(text[i+1])); i++ {
		dot = dot || text[i] == '.'
	}
	if !dot || i == host {
		return end
	}
	return i
}

// maskRun hides what is secret in a run of letters, digits, "_" and "-".
func maskRun(run string) string {
	for _, prefix := range secretPrefixes {
		if len(run) >= len(prefix)+8 && run[:len(prefix)] == prefix && hasDigitOrCapital(run[len(prefix):]) {
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

func hasDigitOrCapital(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			return true
		}
	}
	return false
}
