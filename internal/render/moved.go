package render

import (
	"bytes"
	"fmt"

	"faultbook/internal/site"
)

// movedTemplate is the one page without a frame.
const movedTemplate = "moved.html"

// Moved writes the small page at an old address. A host that reads _redirects
// never shows it; any other needs nothing else to lead readers on.
func (r *Renderer) Moved(to site.Redirect) ([]byte, error) {
	var whole, out bytes.Buffer
	if err := r.pages["entry"].ExecuteTemplate(&whole, movedTemplate, to); err != nil {
		return nil, fmt.Errorf("render %s: %w", to.From, inTheme(err))
	}
	err := r.fillOne(&out, whole.Bytes(), site.Live{})
	return out.Bytes(), err
}
