package npy

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// tuple is a tuple or a list of Python.
type tuple []any

// maxDepth bounds the nesting of a literal.
const maxDepth = 16

// parseLiteral reads a Python literal: of dictionaries, tuples, lists, texts, integers, True, False and None.
func parseLiteral(text string) (any, error) {
	p := &literal{text: text}
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	if p.space(); p.text != "" {
		return nil, p.unexpected("the end")
	}
	return v, nil
}

type literal struct{ text string }

func (p *literal) space() { p.text = strings.TrimLeft(p.text, " \t\r\n") }

func (p *literal) unexpected(want string) error {
	if p.text == "" {
		return fmt.Errorf("the header ends where %s should be", want)
	}
	return fmt.Errorf("the header has %.20q where %s should be", p.text, want)
}

// take uses a character.
func (p *literal) take(c byte) bool {
	p.space()
	if p.text == "" || p.text[0] != c {
		return false
	}
	p.text = p.text[1:]
	return true
}

func (p *literal) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, errors.New("the header is nested too deeply")
	}
	switch {
	case p.take('{'):
		return p.dictionary(depth)
	case p.take('('):
		return p.items(')', depth)
	case p.take('['):
		return p.items(']', depth)
	}
	for word, v := range map[string]any{"True": true, "False": false, "None": nil} {
		if strings.HasPrefix(p.text, word) {
			p.text = p.text[len(word):]
			return v, nil
		}
	}
	if p.text != "" && (p.text[0] == '\'' || p.text[0] == '"') {
		return p.string()
	}
	return p.integer()
}

func (p *literal) dictionary(depth int) (any, error) {
	d := map[string]any{}
	for !p.take('}') {
		if p.space(); p.text == "" || p.text[0] != '\'' && p.text[0] != '"' {
			return nil, p.unexpected("a name")
		}
		key, err := p.string()
		if err != nil {
			return nil, err
		}
		if !p.take(':') {
			return nil, p.unexpected("a colon")
		}
		if d[key], err = p.value(depth + 1); err != nil {
			return nil, err
		}
		if !p.take(',') && !strings.HasPrefix(p.text, "}") {
			return nil, p.unexpected("a comma")
		}
	}
	return d, nil
}

func (p *literal) items(end byte, depth int) (any, error) {
	t := tuple{}
	for !p.take(end) {
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		t = append(t, v)
		if !p.take(',') && (p.text == "" || p.text[0] != end) {
			return nil, p.unexpected("a comma")
		}
	}
	return t, nil
}

func (p *literal) string() (string, error) {
	quote := p.text[0]
	var s strings.Builder
	for i := 1; i < len(p.text); i++ {
		switch c := p.text[i]; c {
		case quote:
			p.text = p.text[i+1:]
			return s.String(), nil
		case '\\':
			if i++; i < len(p.text) {
				s.WriteByte(p.text[i]) // names with other escapes lose them
			}
		default:
			s.WriteByte(c)
		}
	}
	return "", errors.New("a text in the header does not end")
}

func (p *literal) integer() (any, error) {
	end := 0
	for end < len(p.text) && (p.text[end] >= '0' && p.text[end] <= '9' || end == 0 && p.text[0] == '-') {
		end++
	}
	n, err := strconv.ParseInt(p.text[:end], 10, 64)
	if err != nil {
		return nil, p.unexpected("a value")
	}
	p.text = strings.TrimPrefix(p.text[end:], "L") // of Python 2
	return n, nil
}
