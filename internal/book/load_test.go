package book

import (
	"os"
	"testing"

	"faultbook/internal/cache"
	"faultbook/internal/diag"
)

func TestRealContentLoads(t *testing.T) {
	b, findings, err := Load(os.DirFS("../../content"), cache.New(&cache.Memory{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Severity == diag.Error {
			t.Errorf("%s:%d:%d: %s [%s] %s", f.File, f.Line, f.Col, f.Message, f.Rule, f.Hint)
		}
	}
	n := 0
	for range b.Entries() {
		n++
	}
	t.Log(len(b.Providers), n)
}
