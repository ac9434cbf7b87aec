package match

import (
	"slices"
	"testing"
)

func TestFold(t *testing.T) {
	for _, c := range []struct {
		name  string
		r     rune
		want  rune
		class class
	}{
		{"small letter", 'z', 'z', letter},
		{"capital", 'Z', 'z', letter},
		{"digit", '9', '9', letter},
		{"before the capitals", '@', ' ', separator},
		{"behind the capitals", '[', ' ', separator},
		{"behind the small letters", '{', ' ', separator},
		{"delete", 0x7f, ' ', separator},
		{"hard blank", 0xa0, ' ', separator},
		{"soft hyphen", 0xad, 0xad, nothing},
		{"first accent", 'À', 'a', letter},
		{"times", '×', ' ', separator},
		{"divided by", '÷', ' ', separator},
		{"sharp s", 'ß', 's', letter},
		{"thorn", 'Þ', 'p', letter},
		{"Turkish capital i", 'İ', 'i', letter},
		{"Polish l", 'Ł', 'l', letter},
		{"last l of the table", 'ł', 'l', letter},
		{"Czech s", 'š', 's', letter},
		{"Turkish s", 'Ş', 's', letter},
		{"Welsh w", 'Ŵ', 'w', letter},
		{"Polish z", 'ż', 'z', letter},
		{"long s, the last of the table", 'ſ', 's', letter},
		{"behind the table", 'ƀ', 'ƀ', letter},
		{"combining mark", 0x301, 0x301, nothing},
		{"Greek capital", 'Σ', 'σ', letter},
		{"Cyrillic capital", 'Ж', 'ж', letter},
		{"Cyrillic capital io", 'Ё', 'ё', letter},
		{"zero-width space", 0x200b, 0x200b, nothing},
		{"right-to-left override", 0x202e, 0x202e, nothing},
		{"thin space", 0x2009, ' ', separator},
		{"frame of a terminal", '│', ' ', separator},
		{"ideographic space", 0x3000, ' ', separator},
		{"Kana", 'か', 'か', ideograph},
		{"Han", '中', '中', ideograph},
		{"Hangul puts blanks between words", '한', '한', letter},
		{"private use", 0xe000, ' ', separator},
		{"ligature", 'ﬁ', 'ﬁ', letter},
		{"variation selector", 0xfe0f, 0xfe0f, nothing},
		{"byte order mark", 0xfeff, 0xfeff, nothing},
		{"full-width capital", 'Ａ', 'a', letter},
		{"full-width digit", '９', '9', letter},
		{"full-width colon", '：', ' ', separator},
		{"half-width kana are none of ours", 'ｶ', ' ', separator},
		{"no character", 0xfffd, ' ', separator},
		{"emoji", '🚀', ' ', separator},
	} {
		if got, class := fold(c.r); got != c.want || class != c.class {
			t.Errorf("%s: fold(%q) = %q, %d, want %q, %d", c.name, c.r, got, class, c.want, c.class)
		}
	}
}

// TestFoldTwice holds that what is folded stays as it is, or an index could not
// be compared with a text.
func TestFoldTwice(t *testing.T) {
	for r := rune(0); r <= 0x20000; r++ {
		folded, class := fold(r)
		if class == separator {
			continue
		}
		if again, same := fold(folded); again != folded || same != class {
			t.Fatalf("fold(fold(%U)) = %U, %d, want %U, %d", r, again, same, folded, class)
		}
	}
}

func TestPlainWords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"composed and decomposed are the same", "Clé cle\u0301", []string{"cle", "cle"}},
		{"full-width", "ＡＰＩ　４２９", []string{"api", "429"}},
		{"zero-width inside a word", "rate\u200blimit\ufeff", []string{"ratelimit"}},
		{"no blanks between ideographs", "错误API中", []string{"错", "误", "api", "中"}},
		{"ideograph with a variation", "中\ufe0f文", []string{"中", "文"}},
		{"capitals of other scripts", "ОШИБКА Σφάλμα", []string{"ошибка", "σφάλμα"}},
		{"numbers as they stand", "0 429 1000000", []string{"0", "429", "1000000"}},
		{"nothing but marks", "... -- \u200b 🚀", nil},
		{"not UTF-8", "bad\xffbytes\xc3", []string{"bad", "bytes"}},
	} {
		if got := plainWords(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: plainWords(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}
