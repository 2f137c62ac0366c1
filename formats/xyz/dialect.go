package xyz

import (
	"bytes"
	"errors"
	"math"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/internal/sniff"
)

// dialect is how a file is written.
type dialect struct {
	separator    byte // ' ' is any white space
	decimalComma bool
	counted      bool // the number of points comes first, as in PTS files
	firstLine    int  // the number of lines before the first point
	header       []string
	comments     []string
	sample       [][]string // the first points
}

const (
	sampleLines = 100
	maxColumns  = 1 << 10
	maxComments = 100
)

func isComment(line []byte) bool {
	return line[0] == '#' || line[0] == '%' || line[0] == '!' || line[0] == '/' && len(line) > 1 && line[1] == '/'
}

func trim(line []byte) []byte { return bytes.Trim(line, " \t\r") }

// examine finds out how a file is written. start are its first bytes, and whole says that they are all.
func examine(start []byte, whole bool) (*dialect, error) {
	if cut := bytes.LastIndexByte(start, '\n'); !whole && cut >= 0 {
		start = start[:cut+1]
	}
	if len(trim(bytes.TrimRight(start, "\n"))) == 0 {
		return nil, errors.New("there are no points: the file is empty")
	}
	if !sniff.Text(start) && !latin(start) {
		return nil, notPoints(start)
	}
	d := &dialect{separator: ' '}
	var header, comment, points [][]byte
	index, count := 0, -1
	for line := range bytes.Lines(start) {
		index++
		line = trim(bytes.TrimRight(line, "\n"))
		switch {
		case len(line) == 0:
		case isComment(line):
			if len(points) == 0 {
				comment = append(comment, line)
			}
		case len(points) > 0:
			points = append(points, line)
		case d.startsPoints(line):
			points, d.firstLine = append(points, line), index-1
		case count < 0 && header == nil && isCount(line):
			count = index
		case header == nil:
			header = append(header, line)
		default:
			return nil, notPoints(start)
		}
		if len(points) == sampleLines {
			break
		}
	}
	if points == nil {
		return nil, notPoints(start)
	}
	d.counted = count >= 0
	for _, line := range points {
		if words := d.words(line); len(words) > 1 || !d.counted {
			d.sample = append(d.sample, words)
		}
	}
	d.findHeader(header, comment)
	return d, nil
}

// latin reports whether bytes are text in another encoding than UTF-8, which comments may have.
func latin(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7f {
			return false
		}
	}
	return true
}

func notPoints(start []byte) error {
	reason := "this is not a text of points: there is no line of three numbers at its beginning"
	if name := sniff.Name(start); name != "" && name != "text" {
		reason += "; it looks like " + name
	}
	return errors.New(reason)
}

func isCount(line []byte) bool {
	for _, c := range line {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// startsPoints reports whether a line has at least three numbers, and finds out how they are separated.
func (d *dialect) startsPoints(line []byte) bool {
	for _, try := range []dialect{
		{separator: ';'}, {separator: ';', decimalComma: true}, {separator: ' '}, {separator: ' ', decimalComma: true}, {separator: ','},
	} {
		if try.separator != ' ' && bytes.IndexByte(line, try.separator) < 0 {
			continue
		}
		words := try.words(line)
		if len(words) < 3 || len(words) > maxColumns {
			continue
		}
		numbers := 0
		for _, word := range words {
			if _, ok := try.number([]byte(word)); ok && word != "" {
				numbers++
			}
		}
		if numbers >= 3 {
			d.separator, d.decimalComma = try.separator, try.decimalComma
			return true
		}
	}
	return false
}

// words splits a line.
func (d *dialect) words(line []byte) (words []string) {
	for _, w := range d.split(nil, line, maxColumns+1) {
		words = append(words, string(w))
	}
	return words
}

// split appends the words of a line, at most so many, and quotes removed.
func (d *dialect) split(words [][]byte, line []byte, most int) [][]byte {
	for len(line) > 0 && len(words) < most {
		end, next := 0, 0
		if d.separator == ' ' {
			for end < len(line) && line[end] != ' ' && line[end] != '\t' {
				end++
			}
			for next = end; next < len(line) && (line[next] == ' ' || line[next] == '\t'); next++ {
			}
		} else if end = bytes.IndexByte(line, d.separator); end < 0 {
			end, next = len(line), len(line)
		} else {
			next = end + 1
		}
		word := line[:end]
		if d.separator != ' ' {
			word = trim(word)
		}
		if n := len(word); n >= 2 && word[0] == '"' && word[n-1] == '"' {
			word = word[1 : n-1]
		}
		words = append(words, word)
		if d.separator != ' ' && next == len(line) && next > end && len(words) < most {
			words = append(words, nil) // after the last separator
		}
		line = line[next:]
	}
	return words
}

// number is the value of a word; what marks a missing one is NaN.
func (d *dialect) number(word []byte) (float64, bool) {
	if v, ok := number.Parse(word); ok {
		return v, true
	}
	if d.decimalComma {
		if i := bytes.IndexByte(word, ','); i > 0 && i < len(word)-1 && bytes.IndexByte(word, '.') < 0 && len(word) < 40 {
			var changed [40]byte
			copy(changed[:], word)
			changed[i] = '.'
			return number.Parse(changed[:len(word)])
		}
	}
	switch strings.ToLower(string(word[:min(len(word), 8)])) {
	case "", "na", "n/a", "null", "none", "-":
		return math.NaN(), true
	}
	return 0, false
}

// findHeader finds the names of the columns: in the line before the points, or in the last comment that has a name for
// each column.
func (d *dialect) findHeader(header, comments [][]byte) {
	for _, line := range header {
		d.header = d.names(line)
	}
	for _, c := range comments {
		plain := bytes.TrimLeft(c, "#/%! \t")
		if header == nil {
			if names := d.names(plain); len(names) >= 3 && len(names) == len(d.sample[0]) && namesPlaces(names) {
				d.header = names
				continue
			}
		}
		if text := cloud.Printable(string(plain)); text != "" && len(d.comments) < maxComments {
			d.comments = append(d.comments, text)
		}
	}
}

// names splits a line of names, whose separator may be another than that of the numbers.
func (d *dialect) names(line []byte) []string {
	names := d.words(line)
	for _, separator := range []byte(",;\t ") {
		if len(names) == len(d.sample[0]) && namesPlaces(names) {
			break
		}
		other := dialect{separator: separator}
		if words := other.words(line); len(words) == len(d.sample[0]) && (namesPlaces(words) || len(names) != len(words)) {
			names = words
		}
	}
	for i := range names {
		names[i] = cloud.Printable(names[i])
	}
	return names
}
