package models

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/viser-go/viser/formats/mjcf"
	"github.com/viser-go/viser/formats/urdf"
	"github.com/viser-go/viser/robot"
)

// readRobot reads a robot, with the meshes that belong to it.
func readRobot(in *input) (*Model, error) {
	if in.dir == "" {
		return nil, errors.New("a robot's meshes are in other files, which are looked for beside a file on disk only")
	}
	r, err := robot.Load(filepath.Join(in.dir, in.name), &robot.Options{AllowOutside: in.o.AllowOutside, OnlyFolder: in.o.OnlyFolder})
	if err != nil {
		return nil, withoutPath(err)
	}
	return &Model{Robot: r, Up: "z", NotShown: slices.Clone(r.Skipped())}, nil
}

// withoutPath leaves out the path in an error, before which there will be the file's name.
func withoutPath(err error) error {
	var u *urdf.Error
	var m *mjcf.Error
	switch {
	case errors.As(err, &u):
		return fmt.Errorf("%w", u)
	case errors.As(err, &m):
		return fmt.Errorf("%w", m)
	}
	return err
}

// readFileOfFolder refuses a single file of a format that is a folder.
func readFileOfFolder(in *input) (*Model, error) {
	return nil, fmt.Errorf("%s is a folder: name that", in.o.Format)
}

// readRecord3D reads a .r3d file.
func readRecord3D(in *input) (*Model, error) {
	if in.dir == "" {
		return nil, errors.New("a capture is read from a file on disk only")
	}
	return in.readRecord3D(filepath.Join(in.dir, in.name))
}
