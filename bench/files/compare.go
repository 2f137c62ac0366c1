//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// A result is what reading a file once has taken. Memory is in bytes.
type result struct {
	Seconds float64    `json:"seconds"`
	CPU     float64    `json:"cpu"`    // processor seconds of all threads
	Peak    int        `json:"peak"`   // of the resident memory, without what was used before
	Arrays  int        `json:"arrays"` // the result
	Points  int        `json:"points"`
	Lo      [3]float32 `json:"lo"` // bounds of the points
	Hi      [3]float32 `json:"hi"`
}

// A row compares readers of one file.
type row struct {
	name, kind, file string
	libraries        []string
	speed            float64 // target in MB/s; 0: none
	memory           float64 // target in multiples of the arrays; 0: none
	shared           bool    // what corners share is one point for us; others may keep them
}

var rows = []row{
	{name: "PLY, binary, 10 M points with colors", kind: "ply", file: "cloud.ply", libraries: []string{"plyfile", "open3d", "trimesh"}, speed: 500, memory: 1.3},
	{name: "STL, binary, 2 M triangles, corners merged", kind: "stl", file: "mesh.stl", libraries: []string{"trimesh"}, speed: 300},
	{name: "STL, corners as they are", kind: "stl-corners", file: "mesh.stl", libraries: []string{"trimesh"}},
	{name: "OBJ, 1.3 M triangles with normals", kind: "obj", file: "mesh.obj", libraries: []string{"open3d", "trimesh"}, speed: 80, shared: true},
	{name: "PCD, binary, 10 M points with colors", kind: "pcd", file: "cloud.pcd", libraries: []string{"pypcd4", "open3d"}, speed: 400},
	{name: "LAS 1.2, 5 M points with colors", kind: "las", file: "cloud.las", libraries: []string{"laspy"}, speed: 300},
	{name: "LAZ, the same", kind: "laz", file: "cloud.laz", libraries: []string{"laspy"}},
	{name: "NPY, 10 M points, float32", kind: "npy", file: "cloud.npy", libraries: []string{"numpy"}, speed: 1000},
}

// compare prints the table. Each reader reads a file a number of times; the best counts, of memory the most.
func compare(python, dir string, rounds int) error {
	fmt.Println("| file | reader | MB/s | MB in a second of processor | peak memory, of the arrays | target | |")
	fmt.Println("|---|---|---|---|---|---|---|")
	var missed []string
	for _, r := range rows {
		m, err := r.compare(python, dir, rounds)
		if err != nil {
			return err
		}
		missed = append(missed, m...)
	}
	m, err := compareThin()
	if err != nil {
		return err
	}
	for _, line := range append(missed, m...) {
		fmt.Println("MISSED:", line)
	}
	return nil
}

func (r *row) compare(python, dir string, rounds int) (missed []string, err error) {
	file := filepath.Join(dir, r.file)
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	commands := [][]string{{self, "read", r.kind, file}}
	for _, library := range r.libraries {
		commands = append(commands, []string{python, "bench/files/read.py", library, r.kind, file})
	}
	best := make([]result, len(commands))
	for range rounds {
		for i, command := range commands {
			one, err := measure(command)
			if err != nil {
				return nil, err
			}
			if i > 0 && !r.same(&one, &best[0]) {
				return nil, fmt.Errorf("%s: %s has read %+v, we %+v", r.name, r.libraries[i-1], one, best[0])
			}
			best[i].take(&one)
		}
	}
	for i := range best {
		b := &best[i]
		mb := float64(info.Size()) / 1e6
		speed, memory := mb/b.Seconds, float64(b.Peak)/float64(b.Arrays)
		name, target, verdict := "viser-go", "", ""
		if i > 0 {
			name = r.libraries[i-1]
		} else {
			target, verdict = r.judge(speed, memory)
		}
		fmt.Println("|", strings.Join([]string{r.name, name, number(speed), number(mb / b.CPU), number(memory) + "×", target, verdict}, " | "), "|")
		if verdict == "MISSED" {
			missed = append(missed, fmt.Sprintf("%s: %s MB/s, %s×, want %s", r.name, number(speed), number(memory), target))
		}
	}
	return missed, nil
}

// judge returns the target of our reader, and whether it is met.
func (r *row) judge(speed, memory float64) (target, verdict string) {
	if r.speed == 0 {
		return "", ""
	}
	target, verdict = fmt.Sprintf("≥ %v MB/s", r.speed), "met"
	if r.memory > 0 {
		target += fmt.Sprintf(", ≤ %v×", r.memory)
	}
	if speed < r.speed || r.memory > 0 && memory > r.memory {
		verdict = "MISSED"
	}
	return target, verdict
}

// same reports whether another reader has read the same points.
func (r *row) same(other, ours *result) bool {
	if !r.shared && other.Points != ours.Points {
		return false
	}
	for axis := range 3 {
		if math.Abs(float64(other.Lo[axis]-ours.Lo[axis])) > 1e-3 || math.Abs(float64(other.Hi[axis]-ours.Hi[axis])) > 1e-3 {
			return false
		}
	}
	return true
}

// take keeps the better times, and the larger memory.
func (r *result) take(one *result) {
	seconds, cpu, peak := one.Seconds, one.CPU, max(r.Peak, one.Peak)
	if r.Arrays > 0 {
		seconds, cpu = min(r.Seconds, seconds), min(r.CPU, cpu)
	}
	*r = *one
	r.Seconds, r.CPU, r.Peak = seconds, cpu, peak
}

// compareThin prints the row of a cloud that is larger than what is kept of it.
func compareThin() (missed []string, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	r, err := measure([]string{self, "thin"})
	if err != nil {
		return nil, err
	}
	const most = 2e9
	verdict := "met"
	if r.Peak >= most || r.Points > keptPoints || r.Points < keptPoints/4 {
		verdict = "MISSED"
		missed = []string{fmt.Sprintf("thinning: %.2f GB for %d points", float64(r.Peak)/1e9, r.Points)}
	}
	fmt.Printf("\n%d points of PLY as \"viser view\" reads them, thinned to %d: %.1f s, %.1f s of processor, peak memory %.2f GB (target: < 2 GB, %s)\n",
		manyPoints, r.Points, r.Seconds, r.CPU, float64(r.Peak)/1e9, verdict)
	return missed, nil
}

// measure runs a program that prints a result.
func measure(command []string) (result, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return result{}, fmt.Errorf("%q: %w", command, err)
	}
	var r result
	return r, json.Unmarshal(out, &r)
}

func number(v float64) string {
	if v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// used is the processor time of this process so far, in seconds.
func used() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // of a constant argument
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// memory is a line of /proc/self/status, in bytes.
func memory(key string) (int, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), key+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, errors.New("/proc/self/status has no " + key)
	}
	kb, err := strconv.Atoi(fields[0])
	return kb * 1024, err
}
