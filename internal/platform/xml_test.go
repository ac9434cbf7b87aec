package platform

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCountXMLRefuses(t *testing.T) {
	tests := []struct {
		name, body, want string
	}{
		{"nothing", "", "the answer is empty"},
		{"blanks", " \r\n\t", "the answer is empty"},
		{"a declaration alone", `<?xml version="1.0"?>`, "the answer is empty"},
		{"a comment alone", "<!-- nothing -->", "the XML has no element"},
		{"HTML", "\n<!DOCTYPE HTML><title>Status</title>", "answered HTML, not XML"},
		{"HTML without a type", "<html lang=en>", "answered HTML, not XML"},
		{"XHTML", `<?xml version="1.0"?><!DOCTYPE html><html/>`, "answered HTML, not XML"},
		{"JSON", ` {"a":1}`, "answered JSON, not XML"},
		{"a list of JSON", "[]", "answered JSON, not XML"},
		{"text", "Forbidden", "answered plain text, not XML"},
		{"one byte", "<", "not XML: XML syntax error on line 1: unexpected EOF"},
		{"cut in an element", "<rss><channel>", "not XML: XML syntax error on line 1: unexpected EOF"},
		{"cut in a tag", `<rss version="2.0`, "unexpected EOF"},
		{"the wrong end", "<rss></feed>", "element <rss> closed by </feed>"},
		{"two roots", "<rss/><rss/>", "something follows the end of the XML"},
		{"text behind it", "<rss/>x", "a text outside of all elements"},
		{"a DOCTYPE", `<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>`, "the XML has a DOCTYPE, which is not read"},
		{"a DOCTYPE inside", `<rss><!DOCTYPE rss></rss>`, "the XML has a DOCTYPE"},
		{"an entity of its own", "<rss>&lol;</rss>", "invalid character entity &lol;"},
		{"a lone ampersand", "<rss>a & b</rss>", "invalid character entity"},
		{"an attribute without quotes", "<rss a=b/>", "unquoted or missing attribute value"},
		{"NUL", "<rss>\x00</rss>", "illegal character code U+0000"},
		{"invalid UTF-8", "<rss>\xff</rss>", "the answer is not valid UTF-8"},
		{"invalid UTF-8 that says UTF-8", `<?xml version="1.0" encoding="utf-8"?>` + "<rss>\xe9</rss>", "the answer is not valid UTF-8"},
		{"a charset that is not read", `<?xml version="1.0" encoding="Shift_JIS"?><rss/>`, `written in "shift_jis", which is not read; want UTF-8`},
		{"UTF-16 without a mark", `<?xml version="1.0" encoding="utf-16"?><rss/>`, `written in "utf-16", which is not read`},
		{"a second declaration", `<rss><?xml version="1.0" encoding="x"?></rss>`, `not XML: xml: encoding "x" declared`},
		{"half a character of UTF-16", "\xfe\xff\x00<\x00", "ends in the middle of a UTF-16 character"},
		{"2,001 items", "<a>" + strings.Repeat("<b/>", 2001) + "</a>", "more than 2000 of <b> in one element"},
		{"much too many items", "<a>" + strings.Repeat("<b/>", 1<<18) + "</a>", "more than 2000 of <b> in one element"},
		{"65 levels", strings.Repeat("<a>", 65) + strings.Repeat("</a>", 65), "nested deeper than 64 levels"},
		{"100,000 levels", strings.Repeat("<a>", 100_000), "nested deeper than 64 levels"},
		{"20,001 elements", "<a>" + lists(11, "<b/>", 1900) + "</a>", "more than 20000 values"},
		{"20,001 texts", "<a>" + strings.Repeat("x<!---->", 20001) + "</a>", "more than 20000 values"},
		{"20,001 attributes", "<a " + strings.Repeat(`a="" `, 20001) + "/>", "more than 20000 values"},
		{"more than 2 MiB", "<a>" + strings.Repeat(" ", 2<<20) + "</a>", "more than 2 MiB of XML"},
		{"much too many attributes", "<a " + strings.Repeat("a='' ", 1<<20/5), "more than 20000 values"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := countXML([]byte(test.body))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("countXML = %v, want an error with %q", err, test.want)
			}
		})
	}
}

// lists is n elements of different names, each with m items.
func lists(n int, item string, m int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<l%d>%s</l%d>", i, strings.Repeat(item, m), i)
	}
	return b.String()
}

func TestDecodeXML(t *testing.T) {
	const declared = `<?xml version='1.0' encoding='%s' standalone="yes"?>`
	tests := []struct {
		name, body, want string
	}{
		{"plain", "<a><b>x</b></a>", "x"},
		{"declared", fmt.Sprintf(declared, "utf-8") + "<a><b>é</b></a>", "é"},
		{"declared without a charset", `<?xml version="1.0"?>` + "\r\n<a><b>é</b></a>", "é"},
		{"blanks and a mark first", "\ufeff\n" + fmt.Sprintf(declared, "UTF-8") + "<a><b>x</b></a>", "x"},
		{"Latin-1", fmt.Sprintf(declared, "ISO-8859-1") + "<a><b>caf\xe9 \x93x\x94</b></a>", "café “x”"},
		{"UTF-16", "\xfe\xff" + wide(fmt.Sprintf(declared, "utf-16")+"<a><b>é</b></a>"), "é"},
		{"CDATA", "<a><b><![CDATA[<p>x & y]]></b></a>", "<p>x & y"},
		{"entities of HTML", "<a><b>a&nbsp;b &amp;c &#8238;</b></a>", "a\u00a0b &c \u202e"},
		{"instructions and comments", "<?xml-stylesheet href='x'?><!-- a --><a><b>x</b></a><!-- b -->\n", "x"},
		{"a greater in an attribute", `<a x="=>=" y='"='><b>x</b></a>`, "x"},
		{"2,000 items", "<a>" + strings.Repeat("<c/>", 2000) + "<b>x</b></a>", "x"},
		{"64 levels", "<a><b>x</b>" + strings.Repeat("<c>", 63) + strings.Repeat("</c>", 63) + "</a>", "x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got struct {
				XMLName xml.Name
				B       string `xml:"b"`
			}
			if err := decodeXML([]byte(test.body), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got.B); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// wide is text of the first 256 characters in UTF-16BE.
func wide(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteByte(0)
		b.WriteByte(byte(r))
	}
	return b.String()
}

// FuzzXML holds that what is counted can be decoded, and what cannot be is
// refused.
func FuzzXML(f *testing.F) {
	for _, seed := range []string{
		"<a><b x='1'>y</b></a>", "<?xml version='1.0' encoding='latin1'?><a>\xe9</a>", "<!DOCTYPE a><a/>",
		"<a xmlns:b='c'><b:d e=\"f>\"/><![CDATA[g]]>&lt;</a>", "<a><!-- b --><?c d?></a>", "\xfe\xff\x00<\x00a\x00/\x00>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		counted := countXML(body)
		var any struct {
			XMLName xml.Name
			Text    string `xml:",innerxml"`
		}
		if err := decodeXML(body, &any); (err == nil) != (counted == nil) {
			t.Errorf("countXML says %v, decodeXML %v", counted, err)
		}
	})
}
