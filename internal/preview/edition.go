package preview

import (
	"strings"
	"sync/atomic"

	"faultbook/internal/audit"
)

// edition is what is served between two rebuilds.
type edition struct {
	number string
	site   *Site // the newest that could be made; nil when none ever could
	good   *Site // the last one before it in which nothing was wrong; may be nil
	rules  []audit.HeaderRule
	panel  panel
	torn   atomic.Bool // a page of site could not be made
}

// next is the edition after e, which is nil before the first.
func (e *edition) next(o Outcome, number string) *edition {
	n := &edition{number: number, site: o.Site, panel: newPanel(o)}
	if e != nil {
		n.good = e.good
		if e.panel.empty() && !e.torn.Load() {
			n.good = e.site
		}
		if n.site == nil {
			n.site = e.site
		}
	}
	if n.site != nil {
		n.rules, _ = audit.ReadHeaders(n.site.Headers) // what is wrong in them is the audit's to tell
	}
	return n
}

// at is the file that an address means. What is broken now, or cannot be made,
// is shown as it last was, with the panel that tells what is wrong: an error
// comes beside a file then.
func (e *edition) at(address string) (File, bool, error) {
	f, ok, err := e.site.At(address)
	if err != nil {
		e.torn.Store(true)
	}
	if (err != nil || !ok && !e.panel.empty()) && e.good != nil {
		if old, found, oldErr := e.good.At(address); found && oldErr == nil {
			return old, true, err
		}
	}
	return f, ok && err == nil, err
}

// moved is where an address without a file leads, as hosts do it.
func (e *edition) moved(address string) (string, bool) {
	folder, isIndex := strings.CutSuffix(address, "index.html")
	if !isIndex {
		folder = strings.TrimSuffix(address, "/") + "/"
	}
	if folder != address {
		if _, ok, _ := e.at(folder); ok {
			return folder, true
		}
	}
	return e.site.Redirect(address)
}
