package match

// class is what a character is to a word.
type class uint8

const (
	separator class = iota // ends a word
	letter                 // belongs to a word
	ideograph              // is a word: scripts that put no blanks between words
	nothing                // stands in a word and is none of it: combining and zero-width marks
)

// latin are the letters from U+00C0 to U+017F as the ones they are typed for.
// The signs × and ÷ among them end a word.
const latin = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// fold gives a character as it is compared, and what it is to a word. The
// table is fixed, not that of a Unicode version: the program and a browser must
// fold alike for ever.
func fold(r rune) (rune, class) {
	switch {
	case r < 0x80:
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r, letter
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A', letter
		}
		return ' ', separator
	case r == 0xad, r >= 0x300 && r <= 0x36f, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff:
		return r, nothing
	case r < 0xc0:
		return ' ', separator
	case r < 0x180:
		if l := rune(latin[r-0xc0]); l != ' ' {
			return l, letter
		}
		return ' ', separator
	case r >= 0x391 && r <= 0x3a9, r >= 0x410 && r <= 0x42f: // Greek and Cyrillic capitals
		return r + 0x20, letter
	case r >= 0x400 && r <= 0x40f:
		return r + 0x50, letter
	case r >= 0x2000 && r < 0x2c00, r >= 0x3000 && r < 0x3040, r >= 0xe000 && r < 0xf900, r == 0xfffd, r >= 0x1f000:
		return ' ', separator
	case r >= 0x3040 && r < 0xa000:
		return r, ideograph
	case r >= 0xff01 && r <= 0xff5e: // full-width forms of ASCII
		return fold(r - 0xfee0)
	case r >= 0xff00:
		return ' ', separator
	}
	return r, letter
}
