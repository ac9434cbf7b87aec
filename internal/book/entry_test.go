package book

import "testing"

func TestFirstSentence(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"two sentences", "Add credits. Then wait.", "Add credits."},
		{"a version is no end", "Update to 2.5 or newer. Then retry.", "Update to 2.5 or newer."},
		{"a colon is no end", "Ask the model in code: GET /v1/models lists it.", "Ask the model in code: GET /v1/models lists it."},
		{"a path is no end", "Open platform.openai.com and look. Or ask.", "Open platform.openai.com and look."},
		{"one sentence", "Wait", "Wait"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := firstSentence(c.text); got != c.want {
				t.Errorf("firstSentence(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestCutEndsAtAWord(t *testing.T) {
	if got := cut("one two three four", 12); got != "one two…" {
		t.Errorf("cut = %q, want %q", got, "one two…")
	}
}
