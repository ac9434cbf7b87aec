package cache

import (
	"fmt"
	"testing"
)

func filled(t *testing.T, n int) (*Memory, []Key) {
	t.Helper()
	m := &Memory{}
	c := New(m)
	var keys []Key
	for i := range n {
		key := KeyOf([]byte{byte(i), byte(i >> 8)})
		keys = append(keys, key)
		c.Put(key, fmt.Appendf(nil, "record %d", i))
	}
	if err := c.Finish(); err != nil {
		t.Fatal(err)
	}
	return m, keys
}

func TestReopened(t *testing.T) {
	m, keys := filled(t, 300)
	c, err := Open(m, int64(len(m.data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, key := range keys {
		if got, ok := c.Get(key); !ok || string(got) != fmt.Sprintf("record %d", i) {
			t.Fatalf("Get(%d) = %q, %v", i, got, ok)
		}
	}
	added := KeyOf([]byte("one more"))
	c.Put(added, []byte("late"))
	if got, ok := c.Get(added); !ok || string(got) != "late" {
		t.Errorf("Get before Finish = %q, %v, want the record", got, ok)
	}
	if err := c.Finish(); err != nil {
		t.Fatal(err)
	}
	c, err = Open(m, int64(len(m.data)))
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := c.Get(added); !ok || string(got) != "late" {
		t.Errorf("Get after a second Finish = %q, %v, want the record", got, ok)
	}
}

func TestWasted(t *testing.T) {
	m, keys := filled(t, 300)
	c, err := Open(m, int64(len(m.data)))
	if err != nil {
		t.Fatal(err)
	}
	if !c.Wasted() {
		t.Error("nothing was asked for, and Wasted says false")
	}
	for _, key := range keys {
		c.Get(key)
	}
	if c.Wasted() {
		t.Error("everything was asked for, and Wasted says true")
	}
}

// A damaged cache is refused or gives no record; it never gives a wrong one.
func FuzzDamage(f *testing.F) {
	f.Add(uint32(0), byte(1), uint32(0))
	f.Add(uint32(40), byte(255), uint32(0))
	f.Add(uint32(900), byte(7), uint32(20))
	f.Fuzz(func(t *testing.T, at uint32, xor byte, cut uint32) {
		m, keys := filled(t, 40)
		m.data[int(at)%len(m.data)] ^= xor
		m.data = m.data[:len(m.data)-int(cut)%len(m.data)]
		c, err := Open(m, int64(len(m.data)))
		if err != nil {
			return
		}
		for i, key := range keys {
			if got, ok := c.Get(key); ok && string(got) != fmt.Sprintf("record %d", i) {
				t.Fatalf("Get(%d) = %q after damage", i, got)
			}
		}
	})
}

func TestKeyOfKeepsPartsApart(t *testing.T) {
	if KeyOf([]byte("ab"), []byte("c")) == KeyOf([]byte("a"), []byte("bc")) {
		t.Error("two lists of parts share a key")
	}
}
