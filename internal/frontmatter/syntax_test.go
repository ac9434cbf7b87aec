package frontmatter

import (
	"strings"
	"testing"
)

// TestSyntaxFindings has one case for each way in which the parser points
// elsewhere, or says it worse than we can. Line 1 of each input is line 2 of
// the file.
func TestSyntaxFindings(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"duplicate key in column 1": {"a = 1\na = 2\n", `
3:1: key "a" is already set [toml]
  hint: it is first set at 2:1; leave one of the two out`},
		"duplicate key in a repeated table": {"[[faq]]\nq = '1'\n[[faq]]\nq = '2'\n  q = '3'\n", `
6:3: key "q" is already set [toml]
  hint: it is first set at 5:1; leave one of the two out`},
		"duplicate after values of several lines": {"x = \"\"\"\na\nb\"\"\"\ny = [\n1,\n2,\n]\ny = 3\n", `
9:1: key "y" is already set [toml]
  hint: it is first set at 5:1; leave one of the two out`},
		"duplicate in quotes": {"\"a\" = 1\n'a' = 2\n", `
3:1: key "a" is already set [toml]
  hint: it is first set at 2:1; leave one of the two out`},
		"duplicate by an escape": {"\"\\u0061\" = 1\na = 2\n", `
3:1: key "a" is already set [toml]
  hint: it is first set at 2:1; leave one of the two out`},
		"duplicate dotted key": {"a.b = 1\na . b = 2\n", `
3:5: key "b" is already set [toml]
  hint: it is first set at 2:3; leave one of the two out`},
		"duplicate in an inline table": {"a = {b = 1, b = 2}\n", `
2:13: key "b" is already set [toml]
  hint: it is first set at 2:6; leave one of the two out`},
		"duplicate table": {"[a]\nb = 1\n[a]\nc = 1\n", `
4:2: table [a] is already there [toml]
  hint: the first one is at 2:2; leave one of the two out`},
		"table and array of tables": {"[a]\n[[a]]\n", `
3:3: a is already there and no array of tables [toml]
  hint: it is at 2:2; leave one of the two out`},
		"a value is no table": {"a = 1\n[a.b]\n", `
3:2: "a" is already set, and no table [toml]
  hint: it is set at 2:1; leave one of the two out`},
		"a value is no table, dotted": {"a.b = 1\na.b.c = 1\n", `
3:3: "b" is already set, and no table [toml]
  hint: it is set at 2:3; leave one of the two out`},
		"text without quotes": {"kind = billing\n", `
2:8: want a value, got billing [toml]
  hint: put a text in quotes`},
		"bent quotes": {"kind = “billing”\n", `
2:8: want a value, got “ [toml]
  hint: TOML knows only the straight quotes "…" and '…'`},
		"quote in a basic string": {"t = \"say \"hi\" now\"\n", `
2:11: want the end of the line, got hi [toml]
  hint: a " inside "…" is written \"; inside '…' it needs nothing`},
		"quote in a literal string": {"t = 'don't'\n", `
2:10: want the end of the line, got t [toml]
  hint: a ' inside '…' ends it; write the text inside "…" or """…"""`},
		"quote in a string in an array": {"t = [\n  \"ü \"b\" c\",\n]\n", `
3:7: want , or ] in the array, got b [toml]
  hint: the array begins at 2:5; close it with ], part its items by commas, and write \" for a quote inside "…"`},
		"unclosed string of one line": {"x = 1\nt = \"abc\nu = 1\n", `
3:5: this string is not closed on its line; want " [toml]
  hint: a text of several lines stands between """ and """`},
		"unclosed string with a backslash last": {"t = \"abc\\\nu = 1\n", `
2:5: this string is not closed on its line; want " [toml]
  hint: a text of several lines stands between """ and """`},
		"unclosed array": {"t = [\n \"a\"\n", `
2:5: this array is not closed; want ] [toml]`},
		"unclosed array before a key": {"t = [\n \"a\",\nu = 1\n", `
4:1: want a value or ], got the key u [toml]
  hint: the array begins at 2:5; close it with ], part its items by commas, and write \" for a quote inside "…"`},
		"missing comma": {"t = [\n \"a\"\n \"b\",\n]\n", `
4:2: want , or ] in the array, got " [toml]
  hint: the array begins at 2:5; close it with ], part its items by commas, and write \" for a quote inside "…"`},
		"two commas": {"t = [1,,2]\n", `
2:8: want a value, got , [toml]`},
		"unclosed inline table": {"t = {a = 1\n", `
2:5: this table is not closed; want } [toml]`},
		"no value": {"t =\nu = 1\n", `
2:4: want a value, got the end of the line [toml]`},
		"no equals sign": {"t\nu = 1\n", `
2:2: want = after the key, got the end of the line [toml]`},
		"a colon": {"t: 1\n", `
2:2: want = after the key, got : [toml]
  hint: TOML writes key = value`},
		"no key": {"= 1\n", `
2:1: want a key, got = [toml]`},
		"empty part of a key": {"a..b = 1\n", `
2:3: want a key, got . [toml]`},
		"empty table name": {"[]\n", `
2:2: want a key, got ] [toml]`},
		"unclosed table name": {"[t\n", `
2:3: want ] to close the table name, got the end of the line [toml]`},
		"unclosed array table name": {"[[t]\n", `
2:4: want ]] to close the table name, got ] [toml]`},
		"text behind a table": {"[a] b\n", `
2:5: want the end of the line, got b [toml]
  hint: write one key on a line`},
		"two values": {"t = 1 2\n", `
2:7: want the end of the line, got 2 [toml]
  hint: write one key on a line`},
		"markdown in front": {"a = 1\n# Title\nSome text.\n", `
4:6: want = after the key, got text [toml]`},
		"unknown escape": {"t = \"é\\q\"\n", `
2:7: \q is no escape [toml]
  hint: inside "…" write \\ for a backslash, or use '…', where it stands for itself`},
		"windows path": {"t = \"C:\\Users\"\n", `
2:8: \U wants 8 hexadecimal digits that name a character [toml]
  hint: inside "…" write \\ for a backslash, or use '…', where it stands for itself`},
		"bad escape in a string of several lines": {"x = 1\nt = \"\"\"\nfoo\n  é \\u12 \"\"\"\n", `
5:5: \u wants 4 hexadecimal digits that name a character [toml]
  hint: inside "…" write \\ for a backslash, or use '…', where it stands for itself`},
		"surrogate": {"t = \"\\uD800\"\n", `
2:6: \u wants 4 hexadecimal digits that name a character [toml]
  hint: inside "…" write \\ for a backslash, or use '…', where it stands for itself`},
		"backslash before a blank": {"t = \"\"\"a \\ b\"\"\"\n", `
2:10: \ is no escape [toml]
  hint: inside "…" write \\ for a backslash, or use '…', where it stands for itself`},
		"escape character": {"t = \"é\x1b[31m\"\n", `
2:7: TOML allows no control character 0x1b [toml]
  hint: inside "…" write \u001B`},
		"no such day": {"x = \"\"\"\n\n\"\"\"\nd = 2026-13-01\n", `
5:5: invalid datetime: "2026-13-01" [toml]
  hint: write a date as 2026-09-01`},
		"short date": {"d = 2026-9-1\n", `
2:5: invalid datetime: "2026-9-1" [toml]
  hint: write a date as 2026-09-01`},
		"leading zero": {"[[a]]\n[[a]]\nd = [1,\n 0429]\n", `
5:2: invalid integer "0429": cannot have leading zeroes [toml]
  hint: put it in quotes if it is a text`},
		"large number": {"d = 99999999999999999999\n", `
2:5: 99999999999999999999 is too large for an integer [toml]`},
		"half a float": {"d = 1.\n", `
2:5: invalid float "1.": '.' must be followed by one or more digits [toml]`},
		"deep brackets": {"d = " + strings.Repeat("[", 100_000) + "\n", `
2:21: values are nested deeper than 16 levels [toml]`},
		"deep inline tables": {"d = " + strings.Repeat("{a = ", 100_000) + "\n", `
2:85: values are nested deeper than 16 levels [toml]`},
		"key of many parts": {"[a]\n" + strings.Repeat("a.", 100_000) + "b = 1\n", `
3:1: this key has more than 16 parts [toml]`},
	} {
		t.Run(name, func(t *testing.T) { compare(t, "+++\n"+c.in+"+++\n", c.want) })
	}
}
