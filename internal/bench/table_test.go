package bench

import (
	"strings"
	"testing"
	"time"
)

func TestTablePrint(t *testing.T) {
	table := &Table{Title: "cold build", head: []string{"", "measured", "bar", ""}}
	table.add("CPU", times(6.5), "<= 7 ×", verdict(true))
	table.add("on the clock", seconds(1500*time.Millisecond))
	want := `cold build

                 measured   bar      
  CPU            6.50 ×     <= 7 ×   ok
  on the clock   1.50 s
`
	var b strings.Builder
	if err := table.Print(&b); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("Print = %q, want %q", b.String(), want)
	}
	if !table.Passed() {
		t.Error("a table without a missed bar did not pass")
	}
	table.add("memory", "190.0 MB", "<= 180 MB", verdict(false))
	if table.Passed() {
		t.Error("a table with a missed bar passed")
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 50_000: "50,000", 1_234_567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
}
