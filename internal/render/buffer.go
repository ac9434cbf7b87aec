package render

import (
	"bytes"
	"sync"
)

// buffers keeps buffers for the next page: a page needs some 20 KB, and ten
// thousand pages would make as much garbage.
var buffers pool

type pool struct{ sync.Pool }

func (p *pool) get() *bytes.Buffer {
	if b, ok := p.Get().(*bytes.Buffer); ok {
		b.Reset()
		return b
	}
	return new(bytes.Buffer)
}

func (p *pool) put(b *bytes.Buffer) { p.Put(b) }
