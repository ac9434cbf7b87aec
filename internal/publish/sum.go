package publish

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
)

// keySize is the length of a fingerprint key in bytes.
const keySize = 16

// sum is the fingerprint of a file's bytes.
type sum uint64

// summer makes fingerprints: the authentication tag of AES-GCM over the bytes
// as additional data, cut to 64 bits. It is the fastest strong sum in the
// standard library that can be kept in a file: 1.2 µs for 10 KB where SHA-256
// takes 5.3 (a write takes 15), and hash/maphash cannot be given its seed. The
// key is random, so that no text put on a page can be made to collide.
type summer struct {
	key   []byte
	aead  cipher.AEAD
	nonce [12]byte // always zero: nothing is encrypted, and tags do not leave the machine
	tag   [16]byte
}

// newSummer makes a summer with the key of an earlier one, or with a new key.
func newSummer(key []byte) (*summer, error) {
	if key == nil {
		key = make([]byte, keySize)
		rand.Read(key) // never fails
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &summer{key: key, aead: aead}, err
}

func (s *summer) sum(data []byte) sum {
	return sum(binary.BigEndian.Uint64(s.aead.Seal(s.tag[:0], s.nonce[:], nil, data)))
}
