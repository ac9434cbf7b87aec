package fetch

import (
	"errors"
	"io"
	"time"
)

// Eight sources at once, each with the 4 MiB that one may send, would be more
// memory than a small machine has to spare. Answers are small, the largest
// honest ones seen have a few hundred kilobytes; so each source has room for
// that, and those that send more share a few large buffers. Buffers are used
// again, because what a collector has not yet found counts as well.
const (
	firstRoom    = 16 << 10  // bytes of a small answer, to begin with
	smallRoom    = 512 << 10 // bytes of one source's files together, before it needs a large buffer
	largeBuffers = 2
	largeTime    = 5 * time.Second // for which one source may have one
)

// stock holds the large buffers of a run that nobody uses. Those never used
// are nil.
type stock chan []byte

func newStock() stock {
	s := make(stock, largeBuffers)
	for range largeBuffers {
		s <- nil
	}
	return s
}

// shelf is where the answers of one visit are until they are read.
type shelf struct {
	stock   stock
	most    int       // bytes that it takes
	used    int       // bytes of the answers that are kept
	large   []byte    // of the stock; nil as long as the answers are small
	inLarge int       // bytes of large that are kept
	since   time.Time // when large was taken
}

// errLarge says that an answer has more bytes than are left for its source.
var errLarge = errors.New("the answer is too large")

// read reads an answer to its end. It is not kept before keep says so. Waiting
// for a large buffer is not the other side's time.
func (s *shelf) read(t *try, from io.Reader) ([]byte, error) {
	room, n := s.room(), 0
	for {
		if n == len(room) {
			if s.used+n > s.most {
				return nil, errLarge
			}
			var err error
			if room, err = s.more(t, room); err != nil {
				return nil, err
			}
		}
		m, err := from.Read(room[n:])
		n += m
		switch {
		case s.used+n > s.most:
			return nil, errLarge
		case err == io.EOF:
			return room[:n:n], nil
		case err != nil:
			return nil, &brokenBody{err}
		}
	}
}

// room is where the next answer goes, to begin with.
func (s *shelf) room() []byte {
	if s.large != nil {
		return s.large[s.inLarge:]
	}
	return make([]byte, firstRoom)
}

// more is a larger room with what room holds.
func (s *shelf) more(t *try, room []byte) ([]byte, error) {
	if s.large == nil && s.used+2*len(room) <= smallRoom {
		return append(room, make([]byte, len(room))...), nil
	}
	t.pause(func() {
		select {
		case s.large = <-s.stock:
			s.since = time.Now()
			if s.large == nil {
				s.large = make([]byte, maxBody+1)
			}
		case <-t.ctx.Done():
		}
	})
	if s.large == nil {
		return nil, t.ctx.Err()
	}
	t.shorten(largeTime)
	copy(s.large, room)
	return s.large, nil
}

// keep keeps the answer that was read last.
func (s *shelf) keep(body []byte) {
	s.used += len(body)
	if s.large != nil {
		s.inLarge += len(body)
	}
}

// giveBack gives a large buffer back that was of no use.
func (s *shelf) giveBack() {
	if s.large != nil && s.inLarge == 0 {
		s.stock <- s.large
		s.large = nil
	}
}

// clear forgets all answers.
func (s *shelf) clear() {
	s.used, s.inLarge = 0, 0
	s.giveBack()
}

// timeLeft is how long the next request may take. Others wait for the large
// buffer: it is not for all the time that further requests could take.
func (s *shelf) timeLeft() time.Duration {
	if s.large == nil {
		return tryTime
	}
	return max(0, min(tryTime, largeTime-time.Since(s.since)))
}

// unlessLarge takes the second try from an answer that was too slow for its
// size: it would keep the buffer from others once more, and be as slow.
func (s *shelf) unlessLarge(err error) error {
	refused, ok := errors.AsType[*refusal](err)
	if !ok || s.large == nil {
		return err
	}
	once := *refused
	once.again = false
	return &once
}
