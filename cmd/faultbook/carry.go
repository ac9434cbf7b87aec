package main

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/fetch"
	"faultbook/internal/status"
)

// statePath is where a site publishes its snapshot, below its base.
const statePath = "/api/v1/state.json"

// liveBase is the address at which readers find the site: as typed, as Netlify
// says, in previews too, or as the content says.
func (w *world) liveBase(typed string, b *book.Book) string {
	if typed == "" && w.getenv("NETLIFY") == "true" && w.getenv("CF_PAGES") == "" {
		typed = w.getenv("URL")
	}
	return cmp.Or(trimSlash(typed), b.Site.Base)
}

// asking is how this program asks: who it is, and whom it may ask.
func (w *world) asking(b *book.Book, log func(fetch.Request)) fetch.Config {
	return fetch.Config{UserAgent: agentOf(b), AllowPrivate: w.getenv("FAULTBOOK_ALLOW_PRIVATE") == "1", Log: log, Now: w.now}
}

// readLive reads the snapshot that a site publishes at an address, if it is the
// site of that base.
func (w *world) readLive(c fetch.Config, address, base string) (status.Snapshot, error) {
	c.Transport = w.own
	data, err := fetch.File(w.ctx, c, address)
	if err != nil {
		return status.Snapshot{}, err
	}
	s, err := status.Decode(data, w.now())
	if err != nil {
		return status.Snapshot{}, err
	}
	if of := s.Published.Base; of != "" && of != base {
		return status.Snapshot{}, fmt.Errorf("it is the state of another site, %.200q", of)
	}
	return s, nil
}

// carried is the snapshot that a fetch goes on from: the newest valid one of the
// live site, of what is kept beside it between deploys, and of the local file. It
// says which, and why it is not another.
func (w *world) carried(c fetch.Config, b *book.Book, base, file string) status.Snapshot {
	var found []status.Carried
	addresses := []string{base + statePath}
	if b.Site.LiveURL != "" {
		addresses = append(addresses, b.Site.LiveURL+"/state.json")
	}
	for _, address := range addresses {
		s, err := w.readLive(c, address, base)
		switch {
		case errors.Is(err, fetch.ErrMissing):
			fmt.Fprintf(w.stderr, "note: there is no state at %s yet\n", address)
		case err != nil:
			fmt.Fprintf(w.stderr, "note: the state at %s is not used: %v\n", address, err)
		default:
			found = append(found, status.Carried{From: address, Snapshot: s})
		}
	}
	switch s, err := readSnapshot(file, w.now()); {
	case err != nil:
		fmt.Fprintf(w.stderr, "note: the last snapshot is not used: %v\n", err)
	case s.Version != 0:
		found = append(found, status.Carried{From: file, Snapshot: s})
	}
	newest, ok := status.Newest(found)
	if !ok {
		fmt.Fprintln(w.stderr, "starts from nothing: this is the first snapshot")
		return status.Snapshot{}
	}
	fmt.Fprintf(w.stderr, "goes on from %s: snapshot %d of %s\n", newest.From, newest.Snapshot.Sequence, newest.Snapshot.WrittenAt.Format(time.RFC3339))
	return newest.Snapshot
}
