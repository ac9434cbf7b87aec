package platform

import "faultbook/internal/status"

// worstPart stands for the word that the page's own form does not have.
func worstPart(parts []status.Component) status.Indicator {
	worst := parts[0]
	for _, part := range parts {
		if status.Worse(worst.Level, part.Level) != worst.Level {
			worst = part
		}
	}
	return status.Indicator{Word: worst.Word, Level: worst.Level}
}

// worsen makes part at least as bad as level, which the source calls word.
func worsen(part *status.Component, word string, level status.Level) {
	if status.Worse(part.Level, level) != part.Level {
		part.Word, part.Level = word, level
	}
}
