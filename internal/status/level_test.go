package status

import (
	"encoding/json"
	"testing"
)

func TestLevelWordsReadBack(t *testing.T) {
	for _, level := range Levels() {
		got, err := ParseLevel(level.String())
		if err != nil || got != level {
			t.Errorf("ParseLevel(%q) = %v, %v, want %v", level.String(), got, err, level)
		}
		text, err := json.Marshal(level)
		if err != nil || string(text) != `"`+level.String()+`"` {
			t.Errorf("json.Marshal(%v) = %s, %v", level, text, err)
		}
	}
}

func TestLevelRefusesOtherWords(t *testing.T) {
	for _, word := range []string{"", "Operational", "ok", "operational ", "Level(9)"} {
		level := MajorOutage
		if err := level.UnmarshalText([]byte(word)); err == nil {
			t.Errorf("UnmarshalText(%q) gave %v, want an error", word, level)
		}
		if level != MajorOutage {
			t.Errorf("UnmarshalText(%q) changed the level to %v", word, level)
		}
	}
	if text, err := Level(9).MarshalText(); err == nil {
		t.Errorf("Level(9).MarshalText() = %q, want an error", text)
	}
}

func TestZeroLevelIsUnknown(t *testing.T) {
	var level Level
	if level != Unknown || level.String() != "unknown" {
		t.Errorf("the zero Level is %v, want unknown", level)
	}
}

func TestWorse(t *testing.T) {
	// From the mildest statement to the gravest.
	order := []Level{Operational, Maintenance, Degraded, Unknown, PartialOutage, MajorOutage}
	for i, a := range order {
		for j, b := range order {
			if got, want := Worse(a, b), order[max(i, j)]; got != want {
				t.Errorf("Worse(%v, %v) = %v, want %v", a, b, got, want)
			}
		}
	}
}
