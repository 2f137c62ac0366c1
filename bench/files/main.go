//go:build linux

// Files measures how our readers read files, beside libraries of Python, and what large files take. ../files.sh makes the
// files, and starts it.
//
//	files compare PYTHON DIR ROUNDS   reads the files of make.py with all readers, each in a process of its own, so
//	                                  many times; prints a table
//	files read KIND FILE              reads a file once; prints a result
//	files thin                        thins 100,000,000 points that are made while they are read; prints a result
//	files robot FILE                  moves the joints of a robot at 60 Hz, until its standard input ends
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"strconv"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
	"github.com/viser-go/viser/robot"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		log.Fatal("want compare, read, thin or robot; see ../files.sh")
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		log.Fatal(err)
	}
}

func run(command string, args []string) error {
	switch {
	case command == "compare" && len(args) == 3:
		rounds, err := strconv.Atoi(args[2])
		if err != nil || rounds < 1 {
			return fmt.Errorf("%q rounds: want a number above 0", args[2])
		}
		return compare(args[0], args[1], rounds)
	case command == "read" && len(args) == 2:
		return report(func() (content, error) { return read(args[0], args[1]) })
	case command == "thin" && len(args) == 0:
		return report(thin)
	case command == "robot" && len(args) == 1:
		return moveRobot(args[0])
	}
	return fmt.Errorf("%s %q: see ../files.sh", command, args)
}

// report measures fn, and prints a result as read.py does.
func report(fn func() (content, error)) error {
	// Forgets the peak of the resident memory so far.
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return err
	}
	before, err := memory("VmRSS")
	if err != nil {
		return err
	}
	cpu, began := used(), time.Now()
	c, err := fn()
	if err != nil {
		return err
	}
	r := result{Seconds: time.Since(began).Seconds(), CPU: used() - cpu, Arrays: c.bytes, Points: len(c.points)}
	peak, err := memory("VmHWM")
	if err != nil {
		return err
	}
	r.Peak = peak - before
	if len(c.points) > 0 {
		r.Lo, r.Hi = c.points[0], c.points[0]
	}
	for _, p := range c.points {
		for axis, v := range p {
			r.Lo[axis], r.Hi[axis] = min(r.Lo[axis], v), max(r.Hi[axis], v)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// The cloud of thin, and how many of its points are kept.
const (
	manyPoints = 100_000_000
	keptPoints = 5_000_000
)

// thin reads as "viser view" does.
func thin() (content, error) {
	in := newEndless(manyPoints)
	m, err := models.Read(context.Background(), in, "many.ply", in.size, &models.Options{MaxPoints: keptPoints})
	if err != nil {
		return content{}, err
	}
	if m.Cloud == nil || m.Cloud.Total != manyPoints {
		return content{}, fmt.Errorf("the cloud is not that of %d points", manyPoints)
	}
	return content{m.Cloud.Points, cloudBytes(m.Cloud)}, nil
}

// moveRobot is the program of robot.py.
func moveRobot(file string) error {
	r, err := robot.Load(file, nil)
	if err != nil {
		return err
	}
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0"})
	if err := server.Start(context.Background()); err != nil {
		return err
	}
	defer server.Close()
	h := robot.Add(server.Scene(), "/chain", r, nil)
	fmt.Println("URL", server.URL())
	ended := make(chan struct{})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(ended)
	}()
	config, began, steps := h.Config(), time.Now(), 0
	tick := time.NewTicker(time.Second / 60)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			fmt.Printf("STEPS %.1f\n", float64(steps)/time.Since(began).Seconds())
			return nil
		case <-tick.C:
		}
		for i := range config {
			config[i] = math.Sin(float64(steps)/60 + float64(i))
		}
		h.SetConfig(config)
		steps++
	}
}
