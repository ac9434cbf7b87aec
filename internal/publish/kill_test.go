package publish_test

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"faultbook/internal/publish"
)

// generation returns the g-th edition of a site in which everything that can
// happen happens: pages stay, change, come and go, whole folders too, style
// sheets get new names, and one path is a file and a folder in turn.
func generation(g int) tree {
	tr := tree{
		"_headers":                         "/*\n  X-Frame-Options: DENY\n",
		"index.html":                       page("index.html", g, fmt.Sprintf("assets/app-%d.js", g)),
		fmt.Sprintf("assets/app-%d.js", g): page("app", g, ""),
		"assets/style.css":                 page("style", g/5, ""),
	}
	for i := range 30 {
		dir := fmt.Sprintf("provider-%d/error-%d/", i%5, i)
		if (i+g)%7 != 0 { // comes and goes
			tr[dir+"index.html"] = page(dir, (i+g)/3, "")
			tr[dir+"index.md"] = page(dir+"twin", i, "")
		}
	}
	for i := range 5 * (g % 3) { // a whole provider comes and goes
		path := fmt.Sprintf("sometimes/error-%d/index.html", i)
		tr[path] = page(path, g, "")
	}
	turning := "turning"
	if g%2 == 0 {
		turning = "turning/round/index.html"
	}
	tr[turning] = page("turning", g, "")
	return tr
}

// page makes a text of some size that tells its end.
func page(name string, version int, link string) string {
	return fmt.Sprintf("%s %d\n%s\n%s\n", name, version, link, strings.Repeat("text ", 100+version%3*1000))
}

// TestKill kills builds at random moments, half of them while files are moved
// in. Afterwards every file must be whole and of the old or the new edition, no
// page of both may be missing, and the next build must find no trace that it
// cannot clear away.
func TestKill(t *testing.T) {
	cfg := newConfig(t)
	random := rand.New(rand.NewPCG(1, 2))
	began := time.Now()
	mustPublish(t, cfg, generation(1).files())
	mustPublish(t, cfg, generation(2).files())
	span := int64(time.Since(began))
	g, between := 2, 0
	for i := range *kills {
		sign, within := "ready", span
		if i%2 == 1 {
			sign, within = "moving", span/4
		}
		last := killedBuild(t, cfg, g+1, sign, time.Duration(random.Int64N(within)))
		between += wantEither(t, cfg.Dir, generation(last), generation(last+1))

		g = last + 2
		mustPublish(t, cfg, generation(g).files())
		wantTree(t, cfg, generation(g))
		if t.Failed() {
			t.Fatalf("after a build of generation %d was killed", last+1)
		}
	}
	t.Logf("%d builds killed, %d of them between two moves of changed files", *kills, between)
}

// TestKillFirst kills builds into a folder that does not exist yet: there is
// the whole site, or none.
func TestKillFirst(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	began := time.Now()
	mustPublish(t, newConfig(t), generation(1).files())
	span := int64(2 * time.Since(began))
	for range max(*kills/8, 1) {
		cfg := newConfig(t)
		last := killedBuild(t, cfg, 1, "ready", time.Duration(random.Int64N(span)))
		if got := readTree(t, cfg.Dir); last == 0 && len(got) > 0 {
			wantSite(t, cfg, generation(1))
		}
		mustPublish(t, cfg, generation(9).files())
		wantTree(t, cfg, generation(9))
	}
}

// killedBuild runs a process that publishes from generation g on, kills it
// some time after it has given a sign, and returns the last generation it finished.
func killedBuild(t *testing.T, cfg publish.Config, g int, sign string, after time.Duration) (last int) {
	t.Helper()
	cmd := child(t, "generations", cfg, fmt.Sprint(g))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	var timer *time.Timer
	last = g - 1
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == sign && timer == nil {
			timer = time.AfterFunc(after, func() { cmd.Process.Kill() })
			defer timer.Stop()
		}
		fmt.Sscanf(lines.Text(), "done %d", &last)
	}
	if err := cmd.Wait(); stderr.Len() > 0 {
		t.Fatalf("the child ended by itself: %v: %s", err, stderr.String())
	}
	return last
}

// wantEither checks a site that may be anywhere between two editions, and
// returns 1 if it is truly between them.
func wantEither(t *testing.T, dir string, old, now tree) (between int) {
	t.Helper()
	got := readTree(t, dir)
	fromOld, fromNow := 0, 0
	for path, data := range got {
		before, wasThere := old[path]
		after, comes := now[path]
		switch {
		case strings.HasSuffix(path, "/"): // emptied; the next build takes it away
		case wasThere && comes && before == after && data == before:
		case wasThere && data == before:
			fromOld++
		case comes && data == after:
			fromNow++
		case !wasThere && !comes:
			t.Errorf("%s is of neither edition", path)
		default:
			t.Errorf("%s is not whole: %d bytes, want %d or %d", path, len(data), len(before), len(after))
		}
	}
	for path := range old {
		if _, stays := now[path]; stays && got[path] == "" {
			t.Errorf("%s is of both editions, but is missing", path)
		}
	}
	if asset := strings.Split(got["index.html"], "\n")[1]; got[asset] == "" {
		t.Errorf("the front page names %s, which is missing", asset)
	}
	if fromOld > 0 && fromNow > 0 {
		return 1
	}
	return 0
}

// TestReaders reads pages without a pause while editions are published:
// each is there at any moment, and whole.
func TestReaders(t *testing.T) {
	cfg := newConfig(t)
	const first, editions = 1, 15
	mustPublish(t, cfg, generation(first).files())
	whole := map[string]map[string]bool{} // path → texts it may have
	for g := first; g <= first+editions; g++ {
		for path, data := range generation(g) {
			if whole[path] == nil {
				whole[path] = map[string]bool{}
			}
			whole[path][data] = true
		}
	}
	paths := []string{"index.html", "_headers", "assets/style.css"} // of all editions
	ctx, stop := context.WithCancel(t.Context())
	var reader sync.WaitGroup
	reader.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			path := paths[i%len(paths)]
			data, err := os.ReadFile(filepath.Join(cfg.Dir, path))
			if err != nil || !whole[path][string(data)] {
				t.Errorf("a reader of %s got %d bytes and %v", path, len(data), err)
				return
			}
		}
	})
	for g := first + 1; g <= first+editions; g++ {
		mustPublish(t, cfg, generation(g).files())
	}
	stop()
	reader.Wait()
}

// TestRemovedMeanwhile removes the output at random moments of a build. Each
// build ends well or in one clear line, and the first that is left in peace
// brings everything back.
func TestRemovedMeanwhile(t *testing.T) {
	cfg := newConfig(t)
	random := rand.New(rand.NewPCG(5, 6))
	lost := 0
	for g := range 20 {
		edition := generation(g)
		moment := random.IntN(len(edition) + 1)
		var remover sync.WaitGroup
		remove := func() { remover.Go(func() { os.RemoveAll(cfg.Dir) }) }
		_, err := publish.Dir(cfg, atFile(edition.files(), moment, remove))
		remover.Wait()
		if err != nil {
			lost++
			if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), cfg.Dir) {
				t.Errorf("Dir = %q, want one line that names %s", err, cfg.Dir)
			}
		}
		if g%4 == 3 {
			mustPublish(t, cfg, edition.files())
			wantTree(t, cfg, edition)
		}
	}
	t.Logf("%d of 20 builds lost the output", lost)
}

// atFile does something just before the n-th file of a site, or at its end.
func atFile(files iter.Seq2[publish.File, error], n int, do func()) iter.Seq2[publish.File, error] {
	return func(yield func(publish.File, error) bool) {
		i := 0
		for f, err := range files {
			if i == n {
				do()
			}
			i++
			if !yield(f, err) {
				return
			}
		}
		if i <= n {
			do()
		}
	}
}
