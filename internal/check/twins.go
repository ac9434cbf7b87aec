package check

import "faultbook/internal/book"

// twins hands every entry that says the same as an earlier one to found. An
// entry that says nothing has no twin.
func twins(entries []*book.Entry, say func(*book.Entry) string, found func(e, first *book.Entry)) {
	earlier := make(map[string]*book.Entry, len(entries))
	for _, e := range entries {
		text := say(e)
		if text == "" {
			continue
		}
		if first := earlier[text]; first != nil {
			found(e, first)
			continue
		}
		earlier[text] = e
	}
}
