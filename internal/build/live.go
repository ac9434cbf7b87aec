package build

import (
	"iter"

	"faultbook/internal/render"
	"faultbook/internal/status"
)

// Live are the files of the folder that [live] url names, which are kept fresh
// between two builds of the site: what a page asks for when its verdict has
// expired, the snapshot for the next fetch to go on from, and the health of the
// schedule. The snapshot tells of the site as it is known: this is none.
func (e *Edition) Live() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for _, now := range e.site.Nows() {
			if !yield(File{Path: "now/" + now.Slug + ".json", Data: render.JSON(now)}, nil) {
				return
			}
		}
		if !yield(File{Path: "health.json", Data: render.JSON(e.health(e.now))}, nil) {
			return
		}
		yield(File{Path: "state.json", Data: status.Encode(e.snapshot)}, nil)
	}
}
