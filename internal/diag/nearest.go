package diag

import "strings"

// Nearest is the word of among that somebody who typed word most likely meant;
// false when none is near. Case is ignored. Of equally near words the first
// one wins, so that the answer depends on the order of among alone.
func Nearest(word string, among []string) (string, bool) {
	best, distance := "", -1
	for _, candidate := range among {
		d, ok := distanceTo(word, candidate)
		if ok && (distance < 0 || d < distance) {
			best, distance = candidate, d
		}
	}
	return best, distance >= 0
}

// shortestStem is the number of characters from which the beginning of a word
// stands for the word: "bill" for "billing".
const shortestStem = 3

// distanceTo says how far candidate is from word, and whether that is near.
// Every third character may be wrong; of a longer text one would guess blindly.
func distanceTo(word, candidate string) (int, bool) {
	a, b := []rune(strings.ToLower(word)), []rune(strings.ToLower(candidate))
	longer, shorter := max(len(a), len(b)), min(len(a), len(b))
	limit := longer / 3
	if longer-shorter <= limit {
		if d := edits(a, b); d <= limit {
			return d, true
		}
	}
	if len(a) >= shortestStem && len(a) < len(b) && string(b[:len(a)]) == string(a) {
		return limit + 1, true // behind every word that is near by edits
	}
	return 0, false
}

// edits counts the insertions, deletions, replacements and swaps of neighbours
// that make a into b (the "optimal string alignment" distance).
func edits(a, b []rune) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range now {
		now[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, now = last, now, before
		now[0] = i
		for j := 1; j <= len(b); j++ {
			replace := last[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			now[j] = min(replace, last[j]+1, now[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
	}
	return now[len(b)]
}
