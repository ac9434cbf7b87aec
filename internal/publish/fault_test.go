package publish_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"faultbook/internal/publish"
)

// changedSite changes a page that is there, adds one to a folder that is there
// and one to a folder that is not, and removes one.
var changedSite = site.with(tree{"index.html": "FRONT", "openai/new.html": "new", "new/index.html": "new", "404.html": ""})

func TestTwoAtOnce(t *testing.T) {
	tests := []struct {
		name   string
		second func(first publish.Config) publish.Config
	}{
		{"into the same folder", func(cfg publish.Config) publish.Config { return cfg }},
		{"with the same record", func(cfg publish.Config) publish.Config { cfg.Dir += "-other"; return cfg }},
	}
	if runtime.GOOS != "windows" { // which cannot lock a folder
		tests = append(tests, struct {
			name   string
			second func(first publish.Config) publish.Config
		}{"into the same folder with another record", func(cfg publish.Config) publish.Config { cfg.State += "-other"; return cfg }})
	}
	for _, tt := range tests {
		for _, state := range []string{"at first", "later"} {
			t.Run(tt.name+", "+state, func(t *testing.T) {
				cfg := newConfig(t)
				if state == "later" {
					mustPublish(t, cfg, site.files())
				}
				second := tt.second(cfg)
				mustPublish(t, cfg, atFile(changedSite.files(), 3, func() {
					_, err := publish.Dir(second, site.files())
					if want := "another build is writing " + second.Dir; err == nil || err.Error() != want || !errors.Is(err, publish.ErrBusy) {
						t.Errorf("the second: %v, want %q with ErrBusy in it", err, want)
					}
				}))
				wantTree(t, cfg, changedSite)
				mustPublish(t, second, changedSite.with(site).files())
				wantTree(t, second, changedSite.with(site))
			})
		}
	}
}

func TestSomethingIsRemovedMeanwhile(t *testing.T) {
	gone := "was removed or replaced while it was being written: build again"
	tests := []struct {
		name string
		do   func(cfg publish.Config) error
		want func(cfg publish.Config) string
		kept bool
	}{
		{"the output", func(cfg publish.Config) error { return os.RemoveAll(cfg.Dir) },
			func(cfg publish.Config) string { return cfg.Dir + " " + gone }, false},
		{"the output, another comes", func(cfg publish.Config) error { return errors.Join(os.RemoveAll(cfg.Dir), os.Mkdir(cfg.Dir, 0o755)) },
			func(cfg publish.Config) string { return cfg.Dir + " " + gone }, false},
		{"the unfinished files", func(cfg publish.Config) error { return os.RemoveAll(aside(cfg)) },
			func(cfg publish.Config) string {
				return fmt.Sprintf("the folder of unfinished files %s %s; %s is as it was", aside(cfg), gone, cfg.Dir)
			}, true},
		{"the folder of the record", func(cfg publish.Config) error { return os.RemoveAll(filepath.Dir(cfg.State)) },
			func(cfg publish.Config) string {
				return fmt.Sprintf("write %s: no such file or directory; %s is as it was", cfg.State, cfg.Dir)
			}, true},
	}
	for _, tt := range tests {
		for _, moment := range []int{6, len(changedSite)} { // 6: index.html waits aside by then
			t.Run(fmt.Sprintf("%s, at file %d", tt.name, moment), func(t *testing.T) {
				cfg := newConfig(t)
				mustPublish(t, cfg, site.files())
				_, err := publish.Dir(cfg, atFile(changedSite.files(), moment, func() { must(t, tt.do(cfg)) }))
				if err == nil || err.Error() != tt.want(cfg) {
					t.Errorf("Dir = %v, want %s", err, tt.want(cfg))
				}
				if tt.kept {
					wantSite(t, cfg, site)
				} else if got := readTree(t, cfg.Dir); len(got) > 0 {
					t.Errorf("a part of the site was put into another folder: %v", got)
				}
				next := changedSite.with(site) // removes nothing: the record may be gone
				mustPublish(t, cfg, next.files())
				wantTree(t, cfg, next)
			})
		}
	}
}

// aside is where unfinished files wait.
func aside(cfg publish.Config) string {
	dir, name := filepath.Split(cfg.Dir)
	return dir + "." + name + ".faultbook-new"
}

// TestTheOrderOfMoves stops the swap at one move after the other, by a folder
// that appears where the file must go. So it shows what a reader may see, and
// what a killed build leaves in the record.
func TestTheOrderOfMoves(t *testing.T) {
	old := tree{"index.html": "1", "a/index.html": "1", "assets/style.css": "1", "gone.txt": "1", "same.txt": "1"}
	now := tree{"index.html": "2", "a/index.html": "2", "assets/style.css": "2", "same.txt": "1",
		"assets/new.css": "2", "fonts/serif.woff": "2", "aa/index.html": "2", "ab.html": "2"}
	order := []struct{ path, at string }{
		{"assets/new.css", "assets/new.css"}, // what nothing names yet
		{"fonts/serif.woff", "fonts"},
		{"aa/index.html", "aa"}, // pages that nothing names yet
		{"ab.html", "ab.html"},
		{"assets/style.css", "assets/style.css"}, // what pages name
		{"a/index.html", "a/index.html"},
		{"index.html", "index.html"},
	}
	for i, stop := range order {
		t.Run(stop.path, func(t *testing.T) {
			cfg := newConfig(t)
			mustPublish(t, cfg, old.files())
			obstacle := filepath.Join(cfg.Dir, stop.at)
			_, err := publish.Dir(cfg, atFile(now.files(), len(now), func() {
				os.Remove(obstacle)
				must(t, os.Mkdir(obstacle, 0o755))
			}))
			standing := " holds pages of the old and the new site, each of them whole: build again"
			if i == 0 {
				standing = " is as it was"
			}
			if want := "move " + obstacle + " into place: file exists; " + cfg.Dir + standing; err == nil || err.Error() != want {
				t.Errorf("Dir = %v, want %s", err, want)
			}
			want := maps.Clone(old)
			for _, moved := range order[:i] {
				want[moved.path] = now[moved.path]
			}
			delete(want, stop.path)
			want[stop.at+"/"] = ""
			wantTree(t, cfg, want)
			wantRecord(t, cfg, []string{"aa/index.html", "ab.html", "assets/new.css", "fonts/serif.woff", "same.txt"},
				[]string{"a/index.html", "assets/style.css", "gone.txt", "index.html"})

			must(t, os.Remove(obstacle))
			next := now.with(tree{"ab.html": "", "fonts/serif.woff": ""}) // whether they were moved or not
			mustPublish(t, cfg, next.files())
			wantTree(t, cfg, next)
			wantRecord(t, cfg, slices.Sorted(maps.Keys(next)), nil)
		})
	}
}
