package mjcf

import (
	"errors"
	"io"
	"io/fs"

	"github.com/viser-go/viser/internal/xmltree"
)

type element = xmltree.Element

// includer puts included files in the place of the elements that include them.
type includer struct {
	open     func(name string) (io.ReadCloser, error)
	files    int
	elements int
}

// The limits of included files.
const (
	maxIncluded      = 256
	maxIncludeDepth  = 16
	maxIncludedElems = 1 << 20
)

func (in *includer) expand(e *element, depth int) error {
	var children []*element
	for i, c := range e.Children {
		if c.Name != "include" {
			if err := in.expand(c, depth); err != nil {
				return err
			}
			if children != nil {
				children = append(children, c)
			}
			continue
		}
		if children == nil {
			children = append(make([]*element, 0, len(e.Children)), e.Children[:i]...)
		}
		root, err := in.include(c, depth)
		if err != nil {
			return err
		}
		children = append(children, root.Children...)
	}
	if children != nil {
		e.Children = children
	}
	return nil
}

// include returns the outermost element of an included file, which has been expanded.
func (in *includer) include(e *element, depth int) (*element, error) {
	name := e.Text("file")
	switch in.files++; {
	case name == "":
		return nil, e.Errorf("the <include> has no file")
	case depth == maxIncludeDepth:
		return nil, e.Errorf("files include each other more than %d deep: does %s include itself?", maxIncludeDepth, xmltree.Quote(name))
	case in.files > maxIncluded:
		return nil, e.Errorf("there are more than %d included files, which is the limit", maxIncluded)
	case in.open == nil:
		return nil, e.Errorf("the file includes %s, which cannot be opened here", xmltree.Quote(name))
	}
	f, err := in.open(name)
	if err != nil {
		return nil, cannot(e, name, err)
	}
	defer f.Close() // nothing was written
	root, err := xmltree.Parse(f)
	var bad *xmltree.Error
	if errors.As(err, &bad) {
		bad.File = name
		return nil, bad
	} else if err != nil {
		return nil, err
	}
	if in.elements += root.SetFile(name); in.elements > maxIncludedElems {
		return nil, e.Errorf("the included files have more than %d elements, which is the limit", maxIncludedElems)
	}
	if root.Name != "mujoco" && root.Name != "mujocoinclude" {
		return nil, root.Errorf("the outermost element is <%.40s>; that of an included file is <mujocoinclude> or <mujoco>", root.Name)
	}
	return root, in.expand(root, depth+1)
}

// cannot is the error of a file that cannot be opened, without the path on this machine.
func cannot(e *element, name string, err error) error {
	cause := err
	var p *fs.PathError
	if errors.As(err, &p) {
		cause = p.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		cause = fs.ErrNotExist
	}
	return &xmltree.Error{File: e.File, Line: e.Line, Reason: "included file " + xmltree.Quote(name) + ": " + cause.Error(), Err: err}
}
