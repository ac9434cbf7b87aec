package bench

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// Table is one measurement in plain text.
type Table struct {
	Title string
	head  []string
	rows  [][]string
}

func (t *Table) add(cells ...string) { t.rows = append(t.rows, cells) }

// Print writes the table with its columns aligned.
func (t *Table) Print(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%s\n\n", t.Title); err != nil {
		return err
	}
	columns := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, row := range append([][]string{t.head}, t.rows...) {
		fmt.Fprintf(columns, "  %s\n", strings.Join(row, "\t"))
	}
	return columns.Flush()
}

// Passed tells whether every figure with a bar met it.
func (t *Table) Passed() bool {
	for _, row := range t.rows {
		for _, cell := range row {
			if cell == verdict(false) {
				return false
			}
		}
	}
	return true
}

func verdict(met bool) string {
	if met {
		return "ok"
	}
	return "MISSED"
}

func times(ratio float64) string { return fmt.Sprintf("%.2f ×", ratio) }

func seconds(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// megabytes are millions of bytes.
func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// thousands is n with commas: 10,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
