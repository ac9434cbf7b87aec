package publish

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest name, in bytes, that the usual file systems take.
const maxName = 255

// checkPath refuses a path that could leave the output folder, or that cannot
// be a file on one of the systems people build and serve on. The same rules
// hold everywhere, so that a site that builds here builds there.
func checkPath(path string) error {
	for name := range strings.SplitSeq(path, "/") {
		if why := badName(name); why != "" {
			return fmt.Errorf("cannot publish a file named %q: %s", path, why)
		}
	}
	if first, _, _ := strings.Cut(path, "/"); strings.HasPrefix(fold(first), ownPrefix) {
		return fmt.Errorf("cannot publish a file named %q: names beginning with %q are for unfinished files", path, ownPrefix)
	}
	return nil
}

// badName says what is wrong with one name of a path, or nothing.
func badName(name string) string {
	switch {
	case name == "":
		return `want names joined by single "/", none at the beginning or the end`
	case name == "." || name == "..":
		return `"." and ".." are not allowed`
	case len(name) > maxName:
		return fmt.Sprintf("a name is longer than %d bytes", maxName)
	case !utf8.ValidString(name):
		return "want UTF-8"
	case strings.ContainsFunc(name, badRune):
		return `control characters and \ : * ? " < > | are not allowed`
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return "a name must not end with a dot or a space: Windows drops it"
	case reserved(name):
		return "a name is reserved on Windows"
	case strings.EqualFold(name, ".git"):
		return "the output may be a checkout, and .git is not part of a site"
	}
	return ""
}

func badRune(r rune) bool {
	switch r {
	case '\\', ':', '*', '?', '"', '<', '>', '|':
		return true
	}
	return unicode.IsControl(r)
}

// reserved reports whether Windows takes name for a device, whatever follows
// its first dot.
// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
func reserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.TrimRight(stem, " ")
	if len(stem) < 3 || len(stem) > 5 { // nearly every name ends here
		return false
	}
	switch device, port := strings.ToLower(stem[:3]), stem[3:]; device {
	case "con", "prn", "aux", "nul":
		return port == ""
	case "com", "lpt":
		return utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
	}
	return false
}

// fold returns the form in which two paths are the same file on a system that
// does not tell capitals from small letters. A path of small letters is
// returned as it is.
func fold(path string) string {
	for i := range len(path) {
		if c := path[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.ToLower(strings.ToUpper(path))
		}
	}
	return path
}

// split cuts a path into its folder ("" for the output itself) and its name.
func split(path string) (dir, name string) {
	i := strings.LastIndexByte(path, '/')
	return path[:max(i, 0)], path[i+1:]
}

// parents yields the folders a path is in, the nearest first, without the
// output itself.
func parents(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir, _ := split(path); dir != ""; dir, _ = split(dir) {
			if !yield(dir) {
				return
			}
		}
	}
}
