package preview

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSettle(t *testing.T) {
	ms := time.Millisecond
	for name, c := range map[string]struct {
		changes []time.Duration // pauses before each
		want    time.Duration   // when the rebuild begins
	}{
		"one change":                      {[]time.Duration{0}, 30 * ms},
		"write, rename and delete":        {[]time.Duration{0, 2 * ms, 5 * ms}, 37 * ms},
		"two that are far apart":          {[]time.Duration{0, 31 * ms}, 30 * ms},
		"a file that is written for ever": {[]time.Duration{0, 20 * ms, 20 * ms, 20 * ms, 20 * ms, 20 * ms, 20 * ms, 20 * ms, 20 * ms, 20 * ms, 21 * ms}, 200 * ms},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				wake := make(chan struct{}, 1)
				var editor sync.WaitGroup
				editor.Go(func() {
					for _, pause := range c.changes {
						time.Sleep(pause)
						select {
						case wake <- struct{}{}:
						default:
						}
					}
				})
				begun := time.Now()
				if !settle(t.Context(), wake) {
					t.Fatal("settle = false, and nobody ended it")
				}
				if got := time.Since(begun); got != c.want {
					t.Errorf("the rebuild begins after %v, want %v", got, c.want)
				}
				editor.Wait()
			})
		})
	}
}

func TestSettleEnds(t *testing.T) {
	for name, changes := range map[string]int{"before a change": 0, "after one": 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
				defer cancel()
				wake := make(chan struct{}, 1)
				for range changes {
					wake <- struct{}{}
				}
				if settle(ctx, wake) {
					t.Error("settle = true after the end")
				}
			})
		})
	}
}

// TestWaiting holds that nobody is shown a page that is older than a change
// that was seen before they asked, not even when a rebuild is under way that
// began before that change.
func TestWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		text, goOn := "old", make(chan struct{})
		s := newServer(Config{Report: func(Round) {}}, &watcher{})
		s.Build = func([]string) Outcome {
			now := text
			<-goOn
			return Outcome{Site: siteOf(map[string]string{"/": now})}
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go s.run(ctx)
		synctest.Wait() // the first build has read "old"
		text = "new"
		s.note("x", false)

		var got string
		go func() {
			e, err := s.current(ctx)
			if err != nil {
				return
			}
			f, _, _ := e.at("/")
			got = string(f.Data)
		}()
		synctest.Wait()
		goOn <- struct{}{}
		synctest.Wait()
		if got != "" {
			t.Fatalf("shown %q before the change is built", got)
		}
		goOn <- struct{}{}
		synctest.Wait()
		if got != "new" {
			t.Errorf("shown %q, want the page with the change", got)
		}
	})
}

// TestChangesDoNotStarve holds that who waits is answered by the next rebuild,
// although files go on changing.
func TestChangesDoNotStarve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		s := newServer(Config{Report: func(Round) {}}, &watcher{})
		s.Build = func([]string) Outcome {
			s.note("again", false)
			time.Sleep(100 * time.Millisecond)
			return Outcome{Site: siteOf(nil)}
		}
		go s.run(ctx)
		for range 5 {
			begun := time.Now()
			if _, err := s.current(ctx); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(begun); took > 400*time.Millisecond {
				t.Errorf("waited %v, want two rebuilds at most", took)
			}
		}
	})
}

// siteOf is a site of these files by their addresses.
func siteOf(files map[string]string) *Site {
	return &Site{
		At: func(address string) (File, bool, error) {
			text, ok := files[address]
			name := address[1:]
			if name == "" || name[len(name)-1] == '/' {
				name += "index.html"
			}
			return File{Path: name, Data: []byte(text)}, ok, nil
		},
		Redirect: func(string) (string, bool) { return "", false },
	}
}

// TestWhatBuildIsTold holds that a build is told what changed, and that any
// file may have where nobody can know.
func TestWhatBuildIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		first bool // the first build
		blind bool // a folder could not be watched when folders were looked for last
		notes map[string]bool
		want  []string
	}{
		"the first build":   {first: true},
		"one file":          {notes: map[string]bool{"x": false}, want: []string{"x"}},
		"two files":         {notes: map[string]bool{"y": false, "x": false}, want: []string{"x", "y"}},
		"a new folder":      {notes: map[string]bool{"x": false, "a": true}},
		"an unseen folder":  {notes: map[string]bool{"x": false}, blind: true},
		"after that folder": {notes: map[string]bool{"a": true, "x": false}, blind: true},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			s := newServer(Config{Report: func(Round) {}, Build: func(changed []string) Outcome {
				got = changed
				return Outcome{}
			}}, &watcher{})
			if !c.first {
				s.build("1")
			}
			if c.blind {
				s.blind = errors.New("too many folders")
			}
			for name, folders := range c.notes {
				s.note(name, folders)
				s.note(name, false)
			}
			s.build("2")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Build is told (-want +got):\n%s", diff)
			}
		})
	}
}
