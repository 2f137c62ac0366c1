package interop_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/robot"
)

// An oddRobot is a file with something wrong in it.
type oddRobot struct {
	// ours is a part of our error; "" if the file can be shown.
	ours string
	// theirs is a part of the error of yourdfpy or MuJoCo; "" if they read the file.
	theirs string
	// skipped are parts of what is not shown. Each must occur, and nothing else may.
	skipped []string
	// poses tells why the poses differ from theirs; "" if they must be equal.
	poses string
}

const (
	missing    = "file does not exist"
	outside    = "which must be allowed explicitly"
	flatImages = "but for its mean color, on what has no texture coordinates"
)

// oddRobots are the files of the packages in robots.txt that are invalid, or of which something is not shown, by the
// ends of their paths. MuJoCo refuses what lacks a mesh or a mass; here the rest of it is shown.
var oddRobots = map[string]oddRobot{
	"/ur_description/urdf/ur3.urdf":                   {ours: "the robot has no links", theirs: "KeyError"}, // an unexpanded xacro
	"/alex_description/urdf/alex_nub_hands.urdf":      {skipped: []string{missing, "in no material file"}},
	"/alex_description/urdf/alex_sake_hands.urdf":     {skipped: []string{missing, "in no material file"}},
	"/alex_description/urdf/alex_psyonic_hands.urdf":  {skipped: []string{missing, "in no material file", "_q1\", which is not in the file"}, poses: "joints mimic others that do not exist"},
	"/icub_description/robots/icub.urdf":              {skipped: []string{`element "sensor"`}},
	"/icub_description/robots/icub_reduced.urdf":      {skipped: []string{`element "sensor"`}},
	"/romeo_description/urdf/romeo_laas_small.urdf":   {skipped: []string{outside}}, // meshes in /usr
	"/talos_data/robots/talos_reduced_corrected.urdf": {skipped: []string{`material "FlatBlack", which is not defined`}},
	"/tiago_pro_description/robots/tiago_pro.urdf":    {skipped: []string{`element "ros2_control"`}},
	"/xarm_description/urdf/xarm7.urdf":               {skipped: []string{`element "ros2_control"`}},

	"/build_fruitfly/assets/drosophila.xml":            {theirs: "head_body.msh", skipped: []string{missing}},
	"/build_fruitfly/floor.xml":                        {theirs: "head_body.msh", skipped: []string{missing}},
	"/build_fruitfly/fruitfly.xml":                     {theirs: "head_body.msh", skipped: []string{missing}},
	"/dog_v2/dog.xml":                                  {skipped: []string{`element "skin"`, outside}},
	"/dog_v2/scene.xml":                                {theirs: "repeated name 'grid' in texture", skipped: []string{`element "skin"`, outside}},
	"/jumping_ball/jumping_ball_with_head.xml":         {skipped: []string{flatImages}},
	"/assets/rodent.xml":                               {skipped: []string{`element "skin"`}},
	"/suite/dog.xml":                                   {skipped: []string{`element "skin"`, flatImages}},
	"/suite/ball_in_cup.xml":                           {skipped: []string{"spatial tendons"}},
	"/suite/quadruped.xml":                             {skipped: []string{"height fields"}},
	"/test_assets/included_with_invalid_filenames.xml": {theirs: "invalid_mesh_name.stl", skipped: []string{missing}},
	"/test_assets/model_with_invalid_filenames.xml":    {ours: `"invalid_included_name.xml": ` + missing, theirs: "invalid_included_name.xml"},
	"/test_assets/model_with_assetdir.xml":             {skipped: []string{flatImages, "height fields"}},
	"/test_assets/model_with_assets.xml":               {skipped: []string{flatImages, "height fields"}},
	"/test_assets/model_with_include.xml":              {skipped: []string{flatImages}},
	"/test_assets/model_with_nameless_assets.xml":      {skipped: []string{flatImages, "height fields"}},
	"/test_assets/model_with_separators.xml":           {skipped: []string{flatImages, "height fields"}},
	"/test_assets/test_model.xml":                      {theirs: "mass and inertia of moving bodies", skipped: []string{flatImages}},
	"/mujoco/testing/assets/model_with_assets.xml":     {ours: `"included.xml": ` + missing, theirs: "included.xml"},
	"mujoco/testdata/model.xml":                        {skipped: []string{"spatial tendons", "height fields", "its convex hull is not made"}},
}

// oddity is what is known of a file, by its path below site-packages.
func oddity(file string) (end string, odd oddRobot) {
	for end, odd := range oddRobots {
		if strings.HasSuffix(file, end) {
			return end, odd
		}
	}
	return "", oddRobot{}
}

// TestRobotsOfPackages loads all robots of the packages in robots.txt. Their links must be where yourdfpy and MuJoCo
// have them.
func TestRobotsOfPackages(t *testing.T) {
	var found struct {
		Root  string
		Files []string
	}
	if err := json.Unmarshal(runPython(t, "robots.py", "list"), &found); err != nil {
		t.Fatal(err)
	}
	checkRobotNames(t, found.Files)
	free := make(chan *poser, runtime.GOMAXPROCS(0))
	for range cap(free) {
		in, out := child(t, exec.CommandContext(t.Context(), python, filepath.Join("pydriver", "robots.py"), "poses"))
		free <- &poser{in, out}
	}
	for _, file := range found.Files {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			p := <-free
			defer func() { free <- p }()
			checkRobot(t, p, found.Root, file)
		})
	}
}

// checkRobotNames fails if the list of odd robots has one that is not in the packages, or the packages have few.
func checkRobotNames(t *testing.T, files []string) {
	t.Helper()
	known := map[string]int{}
	for _, file := range files {
		end, _ := oddity(file)
		known[end]++
	}
	for end := range oddRobots {
		if known[end] != 1 {
			t.Errorf("%d files end in %s, want 1", known[end], end)
		}
	}
	if ordinary := known[""]; ordinary < 110 {
		t.Errorf("the packages have only %d robots without oddities", ordinary)
	}
}

func checkRobot(t *testing.T, p *poser, root, file string) {
	t.Helper()
	_, odd := oddity(file)
	r, err := robot.Load(filepath.Join(root, filepath.FromSlash(file)), nil)
	if err != nil {
		if odd.ours == "" || !strings.Contains(err.Error(), odd.ours) {
			t.Errorf("error %v, want %q", err, odd.ours)
		}
		_, theirs := p.poses(t, file, []float64{})
		checkText(t, "their error", theirs, odd.theirs)
		return
	}
	if odd.ours != "" {
		t.Errorf("no error, want %q", odd.ours)
	}
	checkSkipped(t, r.Skipped(), odd.skipped)
	config := randomConfig(file, r)
	want, theirs := p.poses(t, file, forPython(file, r, config))
	checkText(t, "their error", theirs, odd.theirs)
	if theirs != "" {
		return
	}
	if far := farthest(t, r.Poses(config), want); (far > 1e-6) != (odd.poses != "") {
		t.Errorf("the poses differ by %g; known difference: %q", far, odd.poses)
	}
}

func checkText(t *testing.T, what, got, part string) {
	t.Helper()
	if !strings.Contains(got, part) || (part == "") != (got == "") {
		t.Errorf("%s is %q, want %q", what, got, part)
	}
}

func checkSkipped(t *testing.T, skipped, known []string) {
	t.Helper()
	used := map[string]bool{}
	for _, s := range skipped {
		found := false
		for _, k := range known {
			if strings.Contains(s, k) {
				used[k], found = true, true
			}
		}
		if !found {
			t.Errorf("not shown: %s", s)
		}
	}
	for _, k := range known {
		if !used[k] {
			t.Errorf("%q is not among what is not shown", k)
		}
	}
}

// farthest compares the poses of all links, and returns the largest difference of two numbers in their matrices.
func farthest(t *testing.T, got map[string]viser.Pose, want map[string][4][4]float64) (far float64) {
	t.Helper()
	if len(got) != len(want) || len(got) == 0 {
		t.Errorf("%d links, want %d", len(got), len(want))
	}
	for name, w := range want {
		p, ok := got[name]
		if !ok {
			t.Errorf("there is no link %q", name)
		}
		g := p.Matrix()
		for i := range g {
			for j := range g[i] {
				far = max(far, math.Abs(g[i][j]-w[i][j]))
			}
		}
	}
	return far
}

// randomConfig is a configuration within the limits, always the same for a file.
func randomConfig(file string, r *robot.Robot) []float64 {
	seed := fnv.New64a()
	fmt.Fprint(seed, file)
	rng := rand.New(rand.NewPCG(seed.Sum64(), 0))
	config := r.DefaultConfig()
	for _, j := range r.Joints() {
		numbers := config[j.Index : j.Index+j.Size]
		for i := range numbers {
			numbers[i] = 2*rng.Float64() - 1
		}
		if j.Limited && j.Size == 1 && j.Upper-j.Lower < 100 {
			numbers[0] = j.Lower + rng.Float64()*(j.Upper-j.Lower)
		}
		if j.Size >= 4 { // the last four are a quaternion
			unit(numbers[j.Size-4:])
		}
	}
	return config
}

// unit makes the length of a quaternion 1.
func unit(q []float64) {
	n := math.Sqrt(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3])
	for i := range q {
		q[i] /= n
	}
}

// forPython is a configuration by the names of joints for yourdfpy, and all of its numbers for MuJoCo.
func forPython(file string, r *robot.Robot, config []float64) any {
	if strings.HasSuffix(file, ".xml") {
		return config
	}
	named := map[string]float64{}
	for _, j := range r.Joints() {
		if j.Size == 1 {
			named[j.Name] = config[j.Index]
		}
	}
	return named
}

// A poser is a pydriver/robots.py that answers one question at a time.
type poser struct {
	in  io.Writer
	out *bufio.Reader
}

// poses are those of all links, or the error of yourdfpy or MuJoCo.
func (p *poser) poses(t *testing.T, file string, config any) (poses map[string][4][4]float64, failed string) {
	t.Helper()
	line, err := json.Marshal(map[string]any{"file": file, "config": config})
	if err == nil {
		_, err = p.in.Write(append(line, '\n'))
	}
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Poses map[string][4][4]float64
		Error string
	}
	readLine(t, p.out, &answer)
	return answer.Poses, answer.Error
}
