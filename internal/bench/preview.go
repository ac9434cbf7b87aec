//go:build unix

package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// edits is how many edits the median is taken of.
const edits = 10

// Preview measures how long it takes from saving an entry until its page is
// served with the change.
func (l *Lab) Preview(ctx context.Context, entries int) (*Table, error) {
	if err := l.grow(ctx, entries); err != nil {
		return nil, err
	}
	if err := Snapshot(l.Dir, l.Providers, Calm); err != nil {
		return nil, err
	}
	begun := time.Now()
	server, err := l.serve(ctx)
	if err != nil {
		return nil, err
	}
	defer server.stop()
	if err := server.wait(ctx, "/", "</html>"); err != nil {
		return nil, err
	}
	ready := time.Since(begun)
	delays, err := l.edit(ctx, server)
	if err != nil {
		return nil, err
	}
	same := func(d time.Duration) time.Duration { return d }
	delay := middle(delays, same)
	worst := time.Duration(0)
	for _, d := range delays {
		worst = max(worst, d)
	}
	t := &Table{Title: fmt.Sprintf("edit of one entry of %s in preview (median of %d)", thousands(entries), edits), head: []string{"", "measured", "bar", ""}}
	t.add("until the page is served anew", milliseconds(delay), "<= 300 ms", verdict(delay <= 300*time.Millisecond))
	t.add("the slowest of them", milliseconds(worst))
	t.add("from start to first page", milliseconds(ready))
	return t, nil
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

// edit edits entries from all over the corpus and times each.
func (l *Lab) edit(ctx context.Context, server *server) ([]time.Duration, error) {
	names, err := entryFiles(l.content())
	if err != nil {
		return nil, err
	}
	var delays []time.Duration
	for n := range edits {
		name := names[len(names)*n/edits]
		page := "/" + strings.TrimSuffix(name, ".md") + "/"
		if err := server.wait(ctx, page, "</html>"); err != nil {
			return nil, err
		}
		mark := fmt.Sprintf("This sentence is edit number %d.", n)
		if err := appendTo(filepath.Join(l.content(), name), "\n"+mark+"\n"); err != nil {
			return nil, err
		}
		saved := time.Now()
		if err := server.wait(ctx, page, mark); err != nil {
			return nil, err
		}
		delays = append(delays, time.Since(saved))
	}
	return delays, nil
}

func entryFiles(dir string) ([]string, error) {
	all, err := paths(dir)
	var names []string
	for _, name := range all {
		if strings.HasSuffix(name, ".md") && filepath.Base(name) != "_index.md" {
			names = append(names, name)
		}
	}
	if err == nil && len(names) < edits {
		err = fmt.Errorf("%d entries; want at least %d to edit", len(names), edits)
	}
	return names, err
}

func appendTo(name, text string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, text...), 0o644)
}

// server is a running preview.
type server struct {
	cmd    *exec.Cmd
	base   string
	client http.Client
}

// address finds the server's address in what it says.
var address = regexp.MustCompile(`http://[A-Za-z0-9.\[\]:]+`)

// serve starts a preview and waits for it to name its address, on either
// stream.
func (l *Lab) serve(ctx context.Context) (*server, error) {
	said, voice, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, l.Program, "preview", "-content", "content", "-snapshot", ".faultbook/snapshot.json", "-port", "0")
	cmd.Dir, cmd.Stdout, cmd.Stderr = l.Dir, voice, voice
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	err = cmd.Start()
	voice.Close()
	if err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, client: http.Client{Timeout: 10 * time.Second}}
	var text []byte
	for buf := make([]byte, 4096); ; {
		n, err := said.Read(buf)
		text = append(text, buf[:n]...)
		if found := address.Find(text); found != nil && bytes.ContainsAny(text[bytes.Index(text, found)+len(found):], " \n/") {
			s.base = string(found)
			break
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("preview named no address:\n%s", lastLines(string(text), 20)), cmd.Wait())
		}
	}
	go func() { // it may go on talking, and must not wait for a reader
		_, _ = io.Copy(io.Discard, said)
		said.Close()
	}()
	return s, nil
}

// wait asks for a page until it holds text. A person's browser would be told to
// reload; asking every two milliseconds finds out as soon.
func (s *server) wait(ctx context.Context, page, text string) error {
	var last error
	for begun := time.Now(); time.Since(begun) < time.Minute; {
		body, err := s.get(ctx, page)
		if err == nil && bytes.Contains(body, []byte(text)) {
			return nil
		}
		if last = err; ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(2 * time.Millisecond)
	}
	return errors.Join(fmt.Errorf("%s%s does not show %q within a minute", s.base, page, text), last)
}

func (s *server) get(ctx context.Context, page string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+page, nil)
	if err != nil {
		return nil, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}
