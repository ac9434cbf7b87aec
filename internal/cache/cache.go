// Package cache remembers what was made, by the hash of what it was made from:
// decoded entries and rendered pieces, so that an unchanged file is neither
// parsed nor rendered again.
//
// It owns the form of the cache file and the proof that a record is whole. It
// must not know what the records mean, and nothing may need it: a missing,
// damaged or deleted cache costs time, never correctness.
package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sync"
)

// Key names a record: a hash of everything that the record depends on.
type Key [16]byte

// KeyOf hashes parts, with their lengths, so that no two lists of parts share a
// key by accident.
func KeyOf(parts ...[]byte) Key {
	h := sha256.New()
	var n [8]byte
	for _, part := range parts {
		binary.LittleEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write(part)
	}
	return Key(h.Sum(nil)[:16])
}

// File is where records are kept: an open file, or memory.
type File interface {
	io.ReaderAt
	io.WriterAt
}

// Cache is a set of records. It is safe for use by several goroutines.
type Cache struct {
	file File

	mu      sync.RWMutex
	index   map[Key]span
	used    map[Key]bool
	end     int64 // where the next record goes in file
	pending []byte
	added   int
}

type span struct {
	off  int64
	size uint32
	sum  uint32
}

const (
	magic  = "faultbook cache 1\n"
	footer = 8 + 8 + 4 // where the index begins, how many records, checksum of the index
	row    = 16 + 8 + 4 + 4
	// batch is how much is gathered before it is written: one system call for
	// some twenty records instead of one each.
	batch = 256 << 10
)

// New is an empty cache that keeps its records in file.
func New(file File) *Cache {
	return &Cache{file: file, index: map[Key]span{}, used: map[Key]bool{}, pending: []byte(magic)}
}

// Open reads the index of a cache of size bytes. An error means that the file
// is no whole cache; start with New instead.
func Open(file File, size int64) (*Cache, error) {
	var tail [footer]byte
	if size < int64(len(magic)+footer) {
		return nil, errors.New("cache is too short")
	}
	head := make([]byte, len(magic))
	if _, err := file.ReadAt(head, 0); err != nil || string(head) != magic {
		return nil, errors.New("not a cache of this version")
	}
	if _, err := file.ReadAt(tail[:], size-footer); err != nil {
		return nil, fmt.Errorf("read the end of the cache: %w", err)
	}
	start := int64(binary.LittleEndian.Uint64(tail[0:]))
	count := int64(binary.LittleEndian.Uint64(tail[8:]))
	if start < int64(len(magic)) || count < 0 || count > size/row || start+count*row != size-footer {
		return nil, errors.New("cache was not finished")
	}
	rows := make([]byte, count*row)
	if _, err := file.ReadAt(rows, start); err != nil {
		return nil, fmt.Errorf("read the index of the cache: %w", err)
	}
	if crc32.ChecksumIEEE(rows) != binary.LittleEndian.Uint32(tail[16:]) {
		return nil, errors.New("the index of the cache is damaged")
	}
	c := &Cache{file: file, index: make(map[Key]span, count), used: make(map[Key]bool, count), end: size}
	for r := rows; len(r) > 0; r = r[row:] {
		c.index[Key(r[:16])] = span{
			off:  int64(binary.LittleEndian.Uint64(r[16:])),
			size: binary.LittleEndian.Uint32(r[24:]),
			sum:  binary.LittleEndian.Uint32(r[28:]),
		}
	}
	return c, nil
}

// Get is the record of key, if there is one and it is whole.
func (c *Cache) Get(key Key) ([]byte, bool) { return c.Append(nil, key) }

// Append appends the record of key to a slice that its caller uses again for
// the next record.
func (c *Cache) Append(to []byte, key Key) ([]byte, bool) {
	c.mu.Lock()
	s, ok := c.index[key]
	if !ok {
		c.mu.Unlock()
		return to, false
	}
	c.used[key] = true
	whole := slices.Grow(to, int(s.size))[:len(to)+int(s.size)]
	data := whole[len(to):]
	if s.off >= c.end { // not written yet
		copy(data, c.pending[s.off-c.end:])
		c.mu.Unlock()
		return whole, true
	}
	c.mu.Unlock()
	if _, err := c.file.ReadAt(data, s.off); err != nil || crc32.ChecksumIEEE(data) != s.sum {
		return to, false
	}
	return whole, true
}

// Has tells whether there is a record of key, without reading it.
func (c *Cache) Has(key Key) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	_, ok := c.index[key]
	return ok
}

// Put keeps the record that the parts make up together. A record that cannot be
// written is lost, and made again next time; that is no error.
func (c *Cache) Put(key Key, parts ...[]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := span{off: c.end + int64(len(c.pending))}
	for _, part := range parts {
		s.size += uint32(len(part))
		s.sum = crc32.Update(s.sum, crc32.IEEETable, part)
		c.pending = append(c.pending, part...)
	}
	c.index[key] = s
	c.used[key] = true
	c.added++
	if len(c.pending) >= batch {
		_ = c.write()
	}
}

func (c *Cache) write() error {
	if _, err := c.file.WriteAt(c.pending, c.end); err != nil {
		return err
	}
	c.end += int64(len(c.pending))
	c.pending = c.pending[:0]
	return nil
}

// Finish writes what is pending and the index. Until it is called, a cache file
// that was added to counts as damaged, which is what it is after a kill.
func (c *Cache) Finish() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.added == 0 {
		return nil
	}
	keys := make([]Key, 0, len(c.index))
	for key := range c.index {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b Key) int { return slices.Compare(a[:], b[:]) })
	if err := c.write(); err != nil {
		return err
	}
	start := c.end
	for _, key := range keys {
		s := c.index[key]
		c.pending = append(c.pending, key[:]...)
		c.pending = binary.LittleEndian.AppendUint64(c.pending, uint64(s.off))
		c.pending = binary.LittleEndian.AppendUint32(c.pending, s.size)
		c.pending = binary.LittleEndian.AppendUint32(c.pending, s.sum)
	}
	sum := crc32.ChecksumIEEE(c.pending)
	c.pending = binary.LittleEndian.AppendUint64(c.pending, uint64(start))
	c.pending = binary.LittleEndian.AppendUint64(c.pending, uint64(len(keys)))
	c.pending = binary.LittleEndian.AppendUint32(c.pending, sum)
	c.added = 0
	return c.write()
}

// Wasted tells whether more than half of the file is records that nobody asked
// for since it was opened, so that starting anew is better than growing on.
func (c *Cache) Wasted() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var live int64
	for key := range c.used {
		live += int64(c.index[key].size) + row
	}
	return live*2 < c.end
}

// Memory is a File in memory, for builds that keep no cache.
type Memory struct {
	mu   sync.RWMutex
	data []byte
}

// ReadAt reads like io.ReaderAt.
func (m *Memory) ReadAt(p []byte, off int64) (int, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if off >= int64(len(m.data)) {
		return 0, io.EOF
	}
	n := copy(p, m.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// WriteAt writes like io.WriterAt.
func (m *Memory) WriteAt(p []byte, off int64) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if end := int(off) + len(p); end > len(m.data) {
		m.data = slices.Grow(m.data, end-len(m.data))[:end]
	}
	return copy(m.data[off:], p), nil
}
