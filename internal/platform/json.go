package platform

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// What one answer may hold, counted before it is decoded: a few megabytes of
// "{}," decode into a hundred times their size. The largest honest answers
// seen have 64 components and some 5,000 values.
const (
	maxItems  = 2000  // of one list
	maxDepth  = 64    // of lists and objects inside each other
	maxValues = 20000 // of all kinds together
)

// decodeJSON decodes an answer that should be JSON into v, a pointer to a
// struct or to a slice. The error tells the operator what the answer is
// instead.
func decodeJSON(body []byte, v any) error {
	body, err := inUTF8(body)
	if err != nil {
		return err
	}
	if err := sniff(body); err != nil {
		return err
	}
	if err := count(body); err != nil {
		return err
	}
	err = json.Unmarshal(body, v)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s is a JSON %s, which it should not be", place(wrong.Field), wrong.Value)
	}
	return err
}

func place(field string) string {
	if field == "" {
		return "the answer"
	}
	return field
}

// decodeObjects decodes an answer that should be a bare list of objects, as
// the platform called sender sends it.
func decodeObjects[T any](body []byte, sender string) ([]T, error) {
	var whole json.RawMessage
	if err := decodeJSON(body, &whole); err != nil {
		return nil, err
	}
	var entries []json.RawMessage
	if json.Unmarshal(whole, &entries) != nil {
		return nil, fmt.Errorf("not the shape of %s: an object, not a list", sender)
	}
	objects := make([]T, len(entries))
	for n, entry := range entries {
		if entry[0] != '{' {
			return nil, fmt.Errorf("not the shape of %s: a list, but not of objects", sender)
		}
		if err := decodeJSON(entry, &objects[n]); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

// inUTF8 takes a byte order mark away and turns UTF-16, in which AWS answers,
// into UTF-8. Without a mark the answer is taken for UTF-8.
func inUTF8(body []byte) ([]byte, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return body[3:], nil
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		order = binary.BigEndian
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		order = binary.LittleEndian
	default:
		return body, nil
	}
	body = body[2:]
	if len(body)%2 != 0 {
		return nil, errors.New("the answer ends in the middle of a UTF-16 character")
	}
	out := make([]byte, 0, len(body))
	for ; len(body) > 0; body = body[2:] {
		r := rune(order.Uint16(body))
		if utf16.IsSurrogate(r) {
			if len(body) < 4 {
				return nil, errors.New("the answer is not valid UTF-16")
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(body[2:]))); r == utf8.RuneError {
				return nil, errors.New("the answer is not valid UTF-16")
			}
			body = body[2:]
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}

// sniff looks at the beginning of an answer, because wrong addresses are
// answered with a page and the status 200 more often than with an error.
func sniff(body []byte) error {
	start, err := beginning(body)
	switch {
	case err != nil:
		return err
	case start[0] == '<' && isXML(start):
		return errors.New("answered XML, not JSON")
	case start[0] == '<':
		return errors.New("answered HTML, not JSON")
	case start[0] != '{' && start[0] != '[':
		return errors.New("answered plain text, not JSON")
	}
	return nil
}

// beginning is an answer from its first character on that is no blank.
func beginning(body []byte) ([]byte, error) {
	start := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case len(start) == 0:
		return nil, errors.New("the answer is empty")
	case !utf8.Valid(body):
		return nil, errors.New("the answer is not valid UTF-8")
	}
	return start, nil
}

func isXML(start []byte) bool {
	head := strings.ToLower(string(start[:min(len(start), 5)]))
	return head == "<?xml" || head == "<feed" || strings.HasPrefix(head, "<rss")
}

// count refuses an answer that is too much to decode, is no JSON, or says
// something twice: decoders differ in which of two equal keys they believe.
func count(body []byte) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	c := counter{}
	for {
		token, err := dec.Token()
		if err != nil {
			return notJSON(err, c)
		}
		if err := c.add(token); err != nil {
			return err
		}
		if len(c.open) == 0 {
			break
		}
	}
	if len(bytes.TrimSpace(body[dec.InputOffset():])) > 0 {
		return errors.New("something follows the end of the JSON")
	}
	return nil
}

// notJSON is the reason for an error of the JSON decoder. Its own io.EOF says
// only that the bytes came to an end.
func notJSON(err error, c counter) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("not JSON: %w", syntax)
	}
	return fmt.Errorf("the JSON ends in the middle, after %d values", c.values)
}

// counter follows the tokens of a JSON text.
type counter struct {
	values int
	open   []container
}

// container is a list or an object that has not ended yet.
type container struct {
	items int
	keys  map[string]bool // of an object; nil for a list
	value bool            // in an object: the next token is a value, not a key
}

func (c *counter) add(token json.Token) error {
	if token == json.Delim('}') || token == json.Delim(']') {
		c.open = c.open[:len(c.open)-1]
		return nil
	}
	if n := len(c.open); n > 0 {
		if isKey, err := c.open[n-1].add(token); isKey || err != nil {
			return err
		}
	}
	if c.values++; c.values > maxValues {
		return fmt.Errorf("more than %d values", maxValues)
	}
	switch token {
	case json.Delim('['):
		c.open = append(c.open, container{})
	case json.Delim('{'):
		c.open = append(c.open, container{keys: map[string]bool{}})
	}
	if len(c.open) > maxDepth {
		return fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	return nil
}

// add notes one token directly inside the container.
func (in *container) add(token json.Token) (isKey bool, err error) {
	if in.keys == nil {
		if in.items++; in.items > maxItems {
			return false, fmt.Errorf("a list of more than %d items", maxItems)
		}
		return false, nil
	}
	in.value = !in.value
	if !in.value {
		return false, nil
	}
	// encoding/json takes keys that differ only in case for the same.
	key := strings.ToLower(strings.ToUpper(token.(string)))
	if in.keys[key] {
		return true, fmt.Errorf("the key %.40q stands twice in one object", token)
	}
	in.keys[key] = true
	return true, nil
}

// text is a JSON value that should be a string. A number keeps its digits, so
// that ids may be either; anything else keeps its JSON form and thereby stays
// a word that nobody lists.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var s string
	if json.Unmarshal(data, &s) == nil {
		*t = text(s)
		return nil
	}
	*t = text(data)
	return nil
}

// yes is true only for the JSON value true.
type yes bool

func (y *yes) UnmarshalJSON(data []byte) error {
	*y = string(data) == "true"
	return nil
}
