package laz

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/viser-go/viser/formats/laz/internal/lazrs"
)

// everything is the selection of all fields.
const everything = 1<<32 - 1

// usualMemory is what a decoder needs for most files. It may become larger.
const usualMemory = 4 << 20

// instance is a decoder with memory of its own. It is used by one goroutine at a time, and not again after an error.
type instance struct {
	ctx    context.Context
	file   *file
	module *lazrs.Module

	reading bool
	readErr error
}

// newInstance makes a decoder for the file, of the selected fields, see selection.
func newInstance(ctx context.Context, f *file, selected uint32) (*instance, error) {
	i := &instance{ctx: ctx, file: f}
	i.module = lazrs.New(i)
	memory := i.module.Xmemory().Slice()
	*memory = append(make([]byte, 0, usualMemory), *memory...)
	err := i.call(func() int32 {
		copy(i.memory(i.module.Xbuffer(int32(len(f.record))), len(f.record)), f.record)
		return i.module.Xopen(int32(selected))
	})
	if err != nil {
		return nil, failuref("header", 0, "the LASzip record: %v", err)
	}
	return i, nil
}

// call calls a function of the decoder that returns 0, or another number after an error.
func (i *instance) call(f func() int32) (err error) {
	defer func() {
		switch r := recover(); {
		case r == nil:
		case i.reading:
			err = fmt.Errorf("the reader has panicked: %v", r)
		default:
			err = errDamaged // the decoder looks no further than to stay within its memory
		}
	}()
	if err := context.Cause(i.ctx); err != nil {
		return err
	}
	failed := f() != 0
	switch {
	case i.readErr != nil:
		return i.readErr
	case failed && i.ctx.Err() != nil:
		return context.Cause(i.ctx)
	case failed:
		return errors.New(string(i.memory(i.module.Xmessage(), int(i.module.Xmessage_length()))))
	}
	return nil
}

// errDamaged has the words of the decoder for what it finds itself.
var errDamaged = errors.New("it is damaged")

// memory is a part of the decoder's memory. It is valid until the next call.
func (i *instance) memory(address int32, n int) []byte {
	return (*i.module.Xmemory().Slice())[uint32(address):][:n:n]
}

// Xread_at is called by the decoder for n bytes from offset of the file. It returns how many they are, 0 at the end, and
// -1 after an error.
func (i *instance) Xread_at(offset int64, to, n int32) int32 {
	if i.ctx.Err() != nil {
		return -1
	}
	b := i.memory(to, int(n))
	i.reading = true
	got, err := i.file.r.ReadAt(b, offset)
	i.reading = false
	if err == io.EOF {
		err = nil
	}
	if err == nil && (got < 0 || got > int(n)) {
		err = errors.New("the reader returns an impossible length")
	}
	if err != nil {
		i.readErr = err
		return -1
	}
	return int32(got)
}

// table decodes the table of n chunks.
func (i *instance) table(offset uint64, n uint32, hasPoints bool) ([]chunk, error) {
	const entry = 16
	var flag int32
	if hasPoints {
		flag = 1
	}
	var raw []byte
	err := i.call(func() int32 {
		at := i.module.Xbuffer(int32(n) * entry)
		defer func() { raw = i.memory(at, int(n)*entry) }()
		return i.module.Xtable(int64(offset), int64(i.file.bytes()-offset), flag)
	})
	if err != nil {
		return nil, err
	}
	chunks := make([]chunk, n)
	for k := range chunks {
		chunks[k].points = binary.LittleEndian.Uint64(raw[k*entry:])
		chunks[k].length = binary.LittleEndian.Uint64(raw[k*entry+8:])
	}
	return chunks, nil
}

// begin begins a chunk.
func (i *instance) begin(c chunk) error {
	return i.call(func() int32 { return i.module.Xchunk(int64(c.offset), int64(c.length)) })
}

// decode appends the records of the next n points to dst.
func (i *instance) decode(dst []byte, n int) ([]byte, error) {
	size := n * int(i.file.header.RecordLength)
	err := i.call(func() int32 {
		at := i.module.Xbuffer(int32(size))
		code := i.module.Xpoints(int32(n))
		dst = append(dst, i.memory(at, size)...)
		return code
	})
	return dst, err
}
