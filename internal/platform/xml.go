package platform

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// decodeXML decodes an answer that should be XML into v, a pointer to a
// struct, after it was counted.
func decodeXML(body []byte, v any) error {
	if len(body) > maxXML {
		return fmt.Errorf("more than %d MiB of XML", maxXML>>20)
	}
	body, err := xmlInUTF8(body)
	if err != nil {
		return err
	}
	if err := countInUTF8(body); err != nil {
		return err
	}
	return newXML(body).Decode(v)
}

// newXML reads XML that xmlInUTF8 gave. The names of HTML's entities are
// known without a DOCTYPE, because feeds use them so.
func newXML(body []byte) *xml.Decoder {
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Entity = xml.HTMLEntity
	return dec
}

// xmlInUTF8 is the answer in UTF-8, without a byte order mark and without the
// declaration, which would name a charset that it is no longer in.
func xmlInUTF8(body []byte) ([]byte, error) {
	marked := hasMark(body)
	body, err := inUTF8(body)
	if err != nil {
		return nil, err
	}
	body = bytes.TrimLeft(body, " \t\r\n")
	found := xmlDeclaration.FindSubmatch(body)
	if found == nil {
		return body, nil
	}
	body = body[len(found[0]):]
	if marked {
		return body, nil // the mark is nearer to the bytes than what they say
	}
	return fromCharset(strings.ToLower(string(found[1])), body)
}

// hasMark tells whether body begins with a byte order mark.
func hasMark(body []byte) bool {
	return bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) || bytes.HasPrefix(body, []byte("\xfe\xff")) || bytes.HasPrefix(body, []byte("\xff\xfe"))
}

// xmlDeclaration is what XML may begin with, and the charset it names.
var xmlDeclaration = regexp.MustCompile(`^<\?xml\s(?:[^>?]*?\sencoding\s*=\s*["']([^"'>?]*)["'])?[^>?]*\?>`)

// fromCharset is text of a declared charset in UTF-8. Feeds that still declare
// another than UTF-8 declare one of these; others stay unread.
func fromCharset(name string, body []byte) ([]byte, error) {
	switch name {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return body, nil
	case "iso-8859-1", "latin1", "windows-1252", "cp1252":
		return fromWindows1252(body), nil
	}
	return nil, fmt.Errorf("written in %.40q, which is not read; want UTF-8", name)
}

// windows1252 are the characters of the bytes 0x80 to 0x9f. Who says Latin-1
// means this (https://encoding.spec.whatwg.org/#names-and-labels), the other
// bytes are the same in both.
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

func fromWindows1252(body []byte) []byte {
	special := []rune(windows1252)
	out := make([]byte, 0, len(body)+len(body)/8)
	for _, b := range body {
		r := rune(b)
		if 0x80 <= b && b <= 0x9f {
			r = special[b-0x80]
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// sniffXML looks at the beginning of an answer in UTF-8, its declaration taken
// away.
func sniffXML(body []byte) error {
	start, err := beginning(body)
	switch {
	case err != nil:
		return err
	case start[0] == '{' || start[0] == '[':
		return errors.New("answered JSON, not XML")
	case start[0] != '<':
		return errors.New("answered plain text, not XML")
	case isHTML(start):
		return errors.New("answered HTML, not XML")
	}
	return nil
}

func isHTML(start []byte) bool {
	head := strings.ToLower(string(start[:min(len(start), 14)]))
	return head == "<!doctype html" || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<head") || strings.HasPrefix(head, "<body")
}

// maxXML is how many bytes of XML are read: converting and decoding cost a
// multiple of them. The largest feed seen has 120 KB.
const maxXML = 2 << 20

// countXML refuses an answer that is too much to decode or is no XML, before
// it is decoded. It reads the tokens one by one and keeps none of them. A
// DOCTYPE is refused, and with it every entity of the answer's own.
func countXML(body []byte) error {
	if len(body) > maxXML {
		return fmt.Errorf("more than %d MiB of XML", maxXML>>20)
	}
	body, err := xmlInUTF8(body)
	if err != nil {
		return err
	}
	return countInUTF8(body)
}

func countInUTF8(body []byte) error {
	if err := sniffXML(body); err != nil {
		return err
	}
	dec := newXML(body)
	c := xmlCounter{}
	for {
		// All attributes of a tag come in one token, so they are counted ahead.
		if err := c.value(attributes(body[dec.InputOffset():])); err != nil {
			return err
		}
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return c.end()
		}
		if err != nil {
			return fmt.Errorf("not XML: %w", err)
		}
		if err := c.add(token); err != nil {
			return err
		}
	}
}

// attributes is how many attributes the tag has that rest begins with: each
// has one "=" outside of quotes.
func attributes(rest []byte) int {
	if len(rest) < 2 || rest[0] != '<' || rest[1] == '!' || rest[1] == '?' {
		return 0
	}
	n, quote := 0, byte(0)
	for _, b := range rest {
		switch {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '=':
			n++
		case b == '>':
			return n
		}
	}
	return n
}

// xmlCounter follows the tokens of an XML text.
type xmlCounter struct {
	values int
	roots  int
	open   []map[xml.Name]int // the elements that have not ended yet: how often each name stands in them
}

func (c *xmlCounter) add(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return c.start(token.Name)
	case xml.EndElement:
		c.open = c.open[:len(c.open)-1]
	case xml.CharData:
		if len(bytes.TrimSpace(token)) == 0 {
			return nil
		}
		if len(c.open) == 0 {
			return errors.New("not XML: a text outside of all elements")
		}
		return c.value(1)
	case xml.Directive:
		return errors.New("the XML has a DOCTYPE, which is not read")
	}
	return nil
}

func (c *xmlCounter) start(name xml.Name) error {
	if n := len(c.open); n == 0 {
		if c.roots++; c.roots > 1 {
			return errors.New("something follows the end of the XML")
		}
	} else {
		in := c.open[n-1]
		if in == nil {
			in = map[xml.Name]int{}
			c.open[n-1] = in
		}
		if in[name]++; in[name] > maxItems {
			return fmt.Errorf("more than %d of <%.40s> in one element", maxItems, name.Local)
		}
	}
	if c.open = append(c.open, nil); len(c.open) > maxDepth {
		return fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	return c.value(1)
}

// value notes n elements, attributes or texts.
func (c *xmlCounter) value(n int) error {
	if c.values += n; c.values > maxValues {
		return fmt.Errorf("more than %d values", maxValues)
	}
	return nil
}

// end tells whether there was any element. The decoder itself tells of one
// that does not end.
func (c *xmlCounter) end() error {
	if c.roots == 0 {
		return errors.New("the XML has no element")
	}
	return nil
}
