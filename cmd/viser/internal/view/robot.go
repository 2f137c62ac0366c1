package view

import (
	"fmt"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
	"github.com/viser-go/viser/robot"
)

// arm is a shown robot.
type arm struct {
	f      *file
	robot  *robot.Robot
	handle *robot.Handle
	at     viser.Vec3
}

func newArm(f *file, r *robot.Robot) *arm { return &arm{f: f, robot: r} }

func (a *arm) kind() string { return "Robot" }

// bounds is that of the robot; a robot without any shape has that of its frames.
func (a *arm) bounds() (whole, seen box, ok bool) {
	config := a.robot.DefaultConfig()
	lo, hi, ok := a.robot.Bounds(config)
	whole = box{lo, hi}
	if !ok {
		whole = box{}
		for _, pose := range a.robot.Poses(config) {
			whole = whole.union(box{pose.Translation, pose.Translation})
		}
	}
	return whole, a.worthSeeing(whole), true
}

// muchLarger is how many times as large surroundings are that are left out of the picture.
const muchLarger = 3

// worthSeeing is the box of what moves, if the rest of an MJCF file is much larger: the walls around a robot. In a URDF file the
// rest is part of the robot.
func (a *arm) worthSeeing(whole box) box {
	lo, hi, ok := a.robot.MovingBounds(a.robot.DefaultConfig())
	moving := box{lo, hi}
	if ok && a.f.model.Format == models.MJCF && whole.size() > muchLarger*moving.size() {
		return moving
	}
	return whole
}

func (a *arm) origin() viser.Vec3 { return a.at }

// recenter does nothing: a robot is where its file has it.
func (a *arm) recenter(viser.Vec3) {}

func (a *arm) add(parent string, at viser.Vec3) {
	name := parent + "/robot"
	scene := a.f.v.server.Scene()
	scene.AddFrame(name, &viser.FrameOptions{Position: at, NoAxes: true})
	a.handle = robot.Add(scene, name, a.robot, &robot.AddOptions{Scale: a.f.v.scale, Collision: true})
	visuals := 0
	for _, l := range a.robot.Links() {
		visuals += l.Visuals
	}
	a.handle.SetCollisionVisible(visuals == 0)
}

func (a *arm) addControls(folder *viser.Folder) { robot.AddSliders(folder.Container, a.handle, nil) }

func (a *arm) turned()           {}
func (a *arm) leftOut() []string { return nil }

func (a *arm) facts() []string {
	moving := 0
	for _, j := range a.robot.Joints() {
		if j.Mimic == "" {
			moving++
		}
	}
	line := fmt.Sprintf("%s links, %s joints that move", Grouped(len(a.robot.Links())), Grouped(moving))
	if name := a.robot.Name(); name != "" {
		line = plain(name) + ": " + line
	}
	return []string{line}
}
