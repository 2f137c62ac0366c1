package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
)

// A socket is the client's end of a websocket. It does as little as possible, since the harness shares the processors
// with the servers that it measures. It is for one goroutine.
type socket struct {
	conn   net.Conn
	in     *bufio.Reader
	unhook func() bool // removes what closes it at the end of the context
	header [14]byte
}

// Opcodes of RFC 6455.
const (
	opContinuation = 0
	opText         = 1
	opBinary       = 2
	opClose        = 8
	opPing         = 9
	final          = 0x80
	masked         = 0x80
)

// open connects and offers the subprotocol. It is closed when ctx ends.
func open(ctx context.Context, addr, protocol string) (*socket, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &socket{conn: conn, in: bufio.NewReader(conn), unhook: context.AfterFunc(ctx, func() { conn.Close() })}
	if err := s.upgrade(addr, protocol); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *socket) upgrade(addr, protocol string) error {
	_, err := fmt.Fprintf(s.conn, "GET / HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: %s\r\n\r\n", addr, protocol)
	if err != nil {
		return err
	}
	resp, err := http.ReadResponse(s.in, nil)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusSwitchingProtocols {
		return fmt.Errorf("the server refused the websocket: %s", resp.Status)
	}
	if chosen := resp.Header.Get("Sec-WebSocket-Protocol"); chosen != protocol {
		return fmt.Errorf("offered %s, the server chose %q", protocol, chosen)
	}
	return nil
}

func (s *socket) close() {
	s.unhook()
	s.conn.Close()
}

// write sends one message. The mask of zeros leaves the bytes as they are.
func (s *socket) write(opcode byte, message []byte) error {
	b := append(make([]byte, 0, 14+len(message)), final|opcode)
	switch n := len(message); {
	case n < 126:
		b = append(b, masked|byte(n))
	case n <= 0xffff:
		b = binary.BigEndian.AppendUint16(append(b, masked|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, masked|127), uint64(n))
	}
	b = append(b, 0, 0, 0, 0)
	_, err := s.conn.Write(append(b, message...))
	return err
}

// read returns the next binary message, in the memory of dst if it is large enough.
func (s *socket) read(dst []byte) ([]byte, error) {
	dst = dst[:0]
	for {
		last, opcode, size, err := s.head()
		if err != nil {
			return nil, err
		}
		switch opcode {
		case opBinary, opContinuation:
			if dst, err = s.body(dst, size); err != nil || last {
				return dst, err
			}
		case opText:
			return nil, errors.New("the server sent text")
		default:
			body, err := s.body(nil, size)
			if err != nil {
				return nil, err
			}
			if err := s.control(opcode, body); err != nil {
				return nil, err
			}
		}
	}
}

// head reads the head of a frame, which a server does not mask.
func (s *socket) head() (last bool, opcode byte, size int, err error) {
	h := s.header[:2]
	if _, err := io.ReadFull(s.in, h); err != nil {
		return false, 0, 0, err
	}
	last, opcode, size = h[0]&final != 0, h[0]&0xf, int(h[1])
	switch size {
	case 126:
		h = s.header[2:4]
		_, err = io.ReadFull(s.in, h)
		size = int(binary.BigEndian.Uint16(h))
	case 127:
		h = s.header[2:10]
		_, err = io.ReadFull(s.in, h)
		size = int(binary.BigEndian.Uint64(h))
	}
	return last, opcode, size, err
}

// body appends a frame's bytes to dst.
func (s *socket) body(dst []byte, size int) ([]byte, error) {
	at := len(dst)
	dst = slices.Grow(dst, size)[:at+size]
	_, err := io.ReadFull(s.in, dst[at:])
	return dst, err
}

func (s *socket) control(opcode byte, body []byte) error {
	switch opcode {
	case opClose:
		if len(body) < 2 {
			return errors.New("the server closed the connection")
		}
		return fmt.Errorf("the server closed the connection: %d: %s", binary.BigEndian.Uint16(body), body[2:])
	case opPing:
		return s.write(opPing+1, body)
	}
	return nil
}
