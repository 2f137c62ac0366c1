package e57

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	checksumSize = 4
	minPage      = 64
	maxPage      = 1 << 20
	// blockSize is about how much is read at a time.
	blockSize = 128 << 10
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// pages is a file as pages, each of which ends with a checksum. Offsets are those of the file, with the checksums.
type pages struct {
	r    io.ReaderAt
	size uint64
	page uint64
}

func newPages(r io.ReaderAt, size int64, page uint64) (*pages, error) {
	if page < minPage || page > maxPage {
		return nil, fmt.Errorf("pages cannot have %d bytes", page)
	}
	return &pages{r: r, size: uint64(size), page: page}, nil
}

// from returns the content from an offset on.
func (p *pages) from(offset uint64) (*stream, error) {
	if offset >= p.size || offset%p.page >= p.page-checksumSize {
		return nil, fmt.Errorf("nothing can be at byte %d of a file of %d", offset, p.size)
	}
	return &stream{pages: p, next: offset - offset%p.page, skip: offset % p.page}, nil
}

// stream is the content of pages, one after the other.
type stream struct {
	pages *pages
	next  uint64 // the page that is read next
	skip  uint64 // the bytes of it that come before
	raw   []byte
	rest  []byte // of the page at the start of raw
}

// Read implements [io.Reader].
func (s *stream) Read(b []byte) (int, error) {
	for len(s.rest) == 0 {
		if err := s.advance(); err != nil {
			return 0, err
		}
	}
	n := copy(b, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// advance goes on to the next page.
func (s *stream) advance() error {
	page := int(s.pages.page)
	if len(s.raw) >= page {
		s.raw = s.raw[page:]
	}
	if len(s.raw) < page {
		if err := s.fill(); err != nil {
			return err
		}
	}
	content, sum := s.raw[:page-checksumSize], s.raw[page-checksumSize:page]
	if crc32.Checksum(content, castagnoli) != binary.BigEndian.Uint32(sum) {
		return fmt.Errorf("the page before byte %d is damaged: its checksum is wrong", s.next-uint64(len(s.raw)-page))
	}
	s.rest = content[s.skip:]
	s.skip = 0
	return nil
}

// fill reads whole pages.
func (s *stream) fill() error {
	p := s.pages
	if s.next >= p.size || p.size-s.next < p.page {
		return io.ErrUnexpectedEOF
	}
	n := max(p.page, blockSize/p.page*p.page)
	n = min(n, (p.size-s.next)/p.page*p.page)
	if uint64(cap(s.raw)) < n || cap(s.raw) == 0 {
		s.raw = make([]byte, n)
	}
	s.raw = s.raw[:n]
	got, err := p.r.ReadAt(s.raw, int64(s.next))
	if uint64(got) < n {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		s.raw = nil
		return err
	}
	s.next += n
	return nil
}

// errDrift is the error of streams that are so far apart that no writer can have meant it.
var errDrift = errors.New("the numbers of the points are too far apart from each other")
