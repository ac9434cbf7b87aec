package preview

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"
)

// quiet is how long no file may change before the site is made anew: an editor
// that saves writes, renames and deletes within a few milliseconds. most is how
// long the first change waits when others keep coming.
const (
	quiet = 30 * time.Millisecond
	most  = 200 * time.Millisecond
)

// server is a preview at work.
type server struct {
	Config
	watcher *watcher
	start   string // tells the editions of this preview from those of an earlier one
	blind   error  // a folder that cannot be watched

	mu      sync.Mutex
	changed []string      // what changed since the last build began
	folders bool          // there may be new folders among it, with files that nobody told of
	noted   int           // how many changes there were,
	built   int           // and how many of them are in what is shown
	shown   *edition      // nil before the first build
	ended   chan struct{} // closed when the next build ends
	wake    chan struct{} // holds a token when something changed
}

func newServer(c Config, w *watcher) *server {
	return &server{
		Config: c, watcher: w, start: strconv.FormatInt(time.Now().UnixNano(), 36),
		folders: true, noted: 1, // the first build is due
		ended: make(chan struct{}), wake: make(chan struct{}, 1),
	}
}

// note takes a change.
func (s *server) note(name string, folders bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.noted++
	s.changed = append(s.changed, name)
	s.folders = s.folders || folders
	select {
	case s.wake <- struct{}{}:
	default: // it is awake
	}
}

// run makes the site, and again after each change, until ctx ends.
func (s *server) run(ctx context.Context) {
	for number := 1; ; number++ {
		s.build(s.start + "-" + strconv.Itoa(number))
		if !settle(ctx, s.wake) {
			return
		}
	}
}

// settle waits for a change, and then until no more come; false says that ctx
// ended.
func settle(ctx context.Context, wake <-chan struct{}) bool {
	select {
	case <-wake:
	case <-ctx.Done():
		return false
	}
	for limit := time.After(most); ; {
		select {
		case <-wake:
		case <-time.After(quiet):
			return true
		case <-limit:
			return true
		case <-ctx.Done():
			return false
		}
	}
}

// build makes the site once.
func (s *server) build(number string) {
	s.mu.Lock()
	noted, folders, last := s.noted, s.folders, s.shown
	slices.Sort(s.changed)
	round := Round{Changed: slices.Compact(s.changed), Began: time.Now()}
	s.changed, s.folders = nil, false
	select {
	case <-s.wake: // of a change that is in this build
	default:
	}
	s.mu.Unlock()

	told := round.Changed
	if folders {
		s.blind = s.watcher.cover()
	}
	if round.Blind = s.blind; folders || s.blind != nil {
		told = nil
	}
	round.Outcome = s.Build(told)
	next := last.next(round.Outcome, number)
	round.Took = time.Since(round.Began)

	s.mu.Lock()
	s.shown, s.built = next, noted
	close(s.ended)
	s.ended = make(chan struct{})
	s.mu.Unlock()
	s.Report(round)
}

// current is the newest edition, with every change that was noted before the
// call: who reloads after saving never sees the old page.
func (s *server) current(ctx context.Context) (*edition, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for due := s.noted; s.built < due; {
		ended := s.ended
		s.mu.Unlock()
		select {
		case <-ended:
		case <-ctx.Done():
		}
		s.mu.Lock()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return s.shown, nil
}

// latest is the number of the edition that is shown, and what is closed when
// there is another.
func (s *server) latest() (number string, ended <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown != nil {
		number = s.shown.number
	}
	return number, s.ended
}
