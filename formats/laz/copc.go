package laz

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
)

// The record of the header that makes a file a COPC file. It is the first one.
const (
	copcUser     = "copc"
	copcInfo     = 1
	copcInfoSize = 160
)

// entrySize is the size of an entry of the hierarchy: its key, which is the level and the place in it, then where the
// points of the node are, in how many bytes, and how many; or, if that is -1, where the page is that has the entry.
const entrySize = 32

// maxLevel is deeper than any octree: at level 31 a node of the earth is as small as a hand.
const maxLevel = 40

// node is an entry of the hierarchy: a node, or a page.
type node struct {
	level  int32
	offset uint64
	length uint64
	points uint64
}

// copcNotes are what is said about a COPC file.
type copcNotes struct {
	levels int // those that are read, 0 if this is no COPC file
	points uint64
	more   bool
}

func (n *copcNotes) add(info *cloud.Info) {
	if n.levels == 0 {
		return
	}
	info.Comments = append(info.Comments, fmt.Sprintf("COPC, octree levels 0 to %d", n.levels-1))
	if n.more {
		info.Skipped = append(info.Skipped, fmt.Sprintf("the finer levels of the octree: %d of %d points are in levels 0 to %d",
			info.Points, n.points, n.levels-1))
	}
}

// hierarchy is the octree as far as it was read: by level, the pages to read and the nodes to take.
type hierarchy struct {
	file    *file
	pages   [maxLevel + 1][]node
	nodes   [maxLevel + 1][]node
	visited map[uint64]bool
	budget  uint64 // bytes of pages that may still be read: together they are shorter than the file
}

// findNodes chooses the nodes of a COPC file, level by level, as long as they have no more than twice the points that
// are wanted.
func (s *Source) findNodes(info []byte) error {
	le := binary.LittleEndian
	if len(info) < copcInfoSize {
		return failuref("header", 0, "the COPC record has %d bytes, not %d", len(info), copcInfoSize)
	}
	most := uint64(1<<64 - 1)
	if n := s.options.Collect.MaxPoints; n > 0 {
		most = 2 * uint64(n)
	}
	h := &hierarchy{file: s.file, visited: map[uint64]bool{}, budget: s.file.bytes()}
	h.pages[0] = []node{{offset: le.Uint64(info[40:]), length: le.Uint64(info[48:])}}
	s.copc.points = s.file.header.Points
	for level := range h.pages {
		if err := h.readPages(s.ctx, level); err != nil {
			return err
		}
		now, points := h.takeLevel(level)
		if len(now) == 0 {
			continue
		}
		if len(s.chunks) > 0 && points > most-min(most, s.points) {
			s.copc.more = true
			break
		}
		s.points += points
		s.chunks = append(s.chunks, now...)
		s.copc.levels = level + 1
	}
	if s.points > s.file.header.Points {
		return failuref("octree", le.Uint64(info[40:]), "its nodes have %d points, the header %d", s.points, s.file.header.Points)
	}
	return nil
}

// readPages reads the pages that have nodes of a level.
func (h *hierarchy) readPages(ctx context.Context, level int) error {
	for len(h.pages[level]) > 0 {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		last := len(h.pages[level]) - 1
		page := h.pages[level][last]
		h.pages[level] = h.pages[level][:last]
		if err := h.readPage(page); err != nil {
			return failure(fmt.Sprintf("octree, page of level %d", level), page.offset, err)
		}
	}
	return nil
}

func (h *hierarchy) readPage(page node) error {
	switch {
	case h.visited[page.offset]:
		return fmt.Errorf("it is a part of itself")
	case page.length%entrySize != 0:
		return fmt.Errorf("%d bytes are not whole entries of %d bytes", page.length, entrySize)
	case page.length > h.budget:
		return fmt.Errorf("%d bytes of pages are more than the file has", page.length)
	}
	h.visited[page.offset] = true
	h.budget -= page.length
	const step = 1 << 20 // the file may be shorter than it says
	for done := uint64(0); done < page.length; done += step {
		raw := make([]byte, min(step, page.length-done))
		if err := h.file.readFull(raw, page.offset+done); err != nil {
			return err
		}
		for ; len(raw) > 0; raw = raw[entrySize:] {
			if err := h.addEntry(page, raw); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h *hierarchy) addEntry(page node, raw []byte) error {
	le := binary.LittleEndian
	n := node{level: int32(le.Uint32(raw)), offset: le.Uint64(raw[16:]), length: uint64(le.Uint32(raw[24:]))}
	count := int32(le.Uint32(raw[28:]))
	if n.level < page.level || n.level > maxLevel || count < -1 {
		return fmt.Errorf("a node of level %d with %d points cannot be in it", n.level, count)
	}
	if n.offset > h.file.bytes() || n.length > h.file.bytes()-n.offset {
		return fmt.Errorf("a node is %d bytes at byte %d, the file has %d", n.length, n.offset, h.file.size)
	}
	if count < 0 {
		h.pages[n.level] = append(h.pages[n.level], n)
	} else if count > 0 {
		n.points = uint64(count)
		h.nodes[n.level] = append(h.nodes[n.level], n)
	}
	return nil
}

// takeLevel removes the nodes of a level, and returns them as chunks in the order of the file.
func (h *hierarchy) takeLevel(level int) (chunks []chunk, points uint64) {
	for _, n := range h.nodes[level] {
		chunks = append(chunks, chunk{n.offset, n.length, n.points})
		points += n.points
	}
	h.nodes[level] = nil
	slices.SortFunc(chunks, func(a, b chunk) int { return cmp.Compare(a.offset, b.offset) })
	return chunks, points
}
