package fetch

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
)

// What a server says of the kind of its answer is often wrong: status pages
// send JSON as text/plain or as application/octet-stream, or say nothing. So
// the answer itself tells, and two things only are believed: that it is
// something to look at, listen to or unpack; and that it is HTML, unless it
// could be XML.

// unreadable is the refusal that a content type means before the answer is
// read, or nil.
func unreadable(header http.Header) error {
	kind := contentType(header)
	for _, family := range []string{"image/", "audio/", "video/", "font/", "application/font-", "application/x-font-"} {
		if strings.HasPrefix(kind, family) {
			return errKind(kind)
		}
	}
	switch kind {
	case "application/pdf", "application/zip", "application/x-zip-compressed", "application/vnd.ms-fontobject":
		return errKind(kind)
	}
	return nil
}

func errKind(kind string) error {
	return &refusal{reason: fmt.Sprintf("answered %s, which is no status", printable(kind)), strange: true}
}

// notHTML is the refusal of what says that it is HTML and does not begin like
// it, or nil. What does begin so is left to the platform, which can tell HTML
// from XML.
func notHTML(header http.Header, body []byte) error {
	if contentType(header) != "text/html" || len(body) == 0 || begins(body, '<') {
		return nil
	}
	return &refusal{reason: "says it is text/html, not JSON", strange: true}
}

// begins tells whether text begins with that character, after blanks and a byte
// order mark.
func begins(text []byte, with byte) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(start) > 0 && start[0] == with
}

// contentType is the type without its parameters; malformed ones do not matter.
func contentType(header http.Header) string {
	kind, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(kind))
}
