//go:build unix

package bench

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestMain lets this test program stand in for the two programs that a Lab
// runs: its own helper, and a faultbook that publishes its content as it is.
func TestMain(m *testing.M) {
	args := os.Args[1:]
	asked, err := Helper(args, os.Stdout, os.Stderr)
	switch {
	case !asked && len(args) > 0 && args[0] == "build":
		if err = os.RemoveAll("public"); err == nil {
			err = os.CopyFS("public", os.DirFS("content"))
		}
	case !asked && len(args) > 0 && args[0] == "preview":
		err = serveSources()
	case !asked && len(args) > 0 && args[0] == "fetch":
		err = askSources()
	case !asked:
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serveSources answers the address of an entry with its source.
func serveSources() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "preview at http://%s/\n", l.Addr())
	return http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := os.ReadFile("content" + strings.TrimSuffix(r.URL.Path, "/") + ".md")
		fmt.Fprintf(w, "%s</html>", data)
	}))
}

// askSources asks each source of the content once.
func askSources() error {
	files, err := filepath.Glob("content/*/_index.md")
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		address := regexp.MustCompile(`url += "(http://127[^"]+)"`).FindSubmatch(text)
		response, err := http.Get(string(address[1]) + "/api/v2/summary.json")
		if err != nil {
			return err
		}
		response.Body.Close()
	}
	fmt.Printf("snapshot: %d read, 0 could not be read, 0 without a source\n", len(files))
	return nil
}

func lab(t *testing.T) *Lab {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &Lab{Dir: t.TempDir(), Program: self, Self: self, Providers: 2, Runs: 1, Log: io.Discard}
}

func TestMeasurements(t *testing.T) {
	for name, c := range map[string]struct {
		measure func(*Lab) (*Table, error)
		want    string // a pattern that the table holds
	}{
		"cold": {
			func(l *Lab) (*Table, error) { return l.Cold(context.Background(), 20) },
			`(?m)^  read +23 files, 0\.1 MB$`,
		},
		"snapshot": {
			func(l *Lab) (*Table, error) { return l.Snapshot(context.Background(), 20) },
			`(?m)^  every provider's level +\d+\.\d+ × +<= 3\.5 × `,
		},
		"growth": {
			func(l *Lab) (*Table, error) { return l.Growth(context.Background(), []int{10, 20}) },
			`(?m)^  10 +\d+ µs +1\.00 × +<= 1\.2 × +ok `,
		},
		"preview": {
			func(l *Lab) (*Table, error) { return l.Preview(context.Background(), 20) },
			`(?m)^  until the page is served anew +\d+ ms +<= 300 ms`,
		},
		"fetch": {
			func(l *Lab) (*Table, error) { return l.Fetch(context.Background(), 9, time.Millisecond) },
			`(?m)^  the floor, 8 at once +2\.0 ms *$`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := c.measure(lab(t))
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := table.Print(&b); err != nil {
				t.Fatal(err)
			}
			if !regexp.MustCompile(c.want).MatchString(b.String()) {
				t.Errorf("the table does not match %s:\n%s", c.want, &b)
			}
		})
	}
}

func TestFailedBuildIsShown(t *testing.T) {
	l := lab(t)
	if err := os.Mkdir(l.public(), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := l.build(context.Background(), Calm) // there is no content
	if err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("build = %v, want what the program said", err)
	}
}

func TestMedian(t *testing.T) {
	got := median([]Usage{{CPU: 3, Wall: 10, Peak: 7}, {CPU: 1, Wall: 30, Peak: 8}, {CPU: 2, Wall: 20, Peak: 9}})
	if want := (Usage{CPU: 2, Wall: 20, Peak: 8}); got != want {
		t.Errorf("median = %v, want %v", got, want)
	}
}
