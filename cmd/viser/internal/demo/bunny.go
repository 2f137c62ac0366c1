package demo

import (
	"context"
	"fmt"
	"sync"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
)

// addBunny adds the surface, which can be clicked.
func (d *Demo) addBunny() {
	node := d.server.Scene().AddMesh("/bunny", d.mesh.vertices, d.mesh.faces, &viser.MeshOptions{
		Position: meshPosition,
		Color:    bunnyColor,
	})
	label := d.server.Scene().AddLabel("/bunny/label", "Stanford bunny", &viser.LabelOptions{
		Position: viser.Vec3{0, 0, 1.12}, Anchor: viser.BottomCenter,
	})
	marks := &marks{scene: d.server.Scene()}
	node.OnClick(func(_ context.Context, e viser.ClickEvent) { d.mark(node, marks, e) })
	d.addBunnyControls(node, label, marks)
}

func (d *Demo) addBunnyControls(node *viser.Mesh, label *viser.Label, marks *marks) {
	folder := d.server.GUI().AddFolder("Bunny", nil)
	folder.AddCheckbox("Show", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		node.SetVisible(e.Value)
	})
	folder.AddRGB("Color", bunnyColor, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.RGB]) {
		node.SetColor(e.Value)
	})
	materials := []string{string(viser.StandardMaterial), string(viser.Toon3), string(viser.Toon5)}
	folder.AddDropdown("Material", materials, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		node.SetMaterial(viser.Material(e.Value))
	})
	folder.AddCheckbox("Wireframe", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		node.SetWireframe(e.Value)
	})
	folder.AddCheckbox("Flat shading", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		node.SetFlatShading(e.Value)
	})
	folder.AddSlider("Opacity", 1, &viser.SliderOptions{Min: 0.1, Max: 1, Step: 0.05}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		node.SetOpacity(e.Value)
	})
	folder.AddVector3("Position", meshPosition, &viser.Vector3Options{Step: 0.05}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.Vec3]) { node.SetPosition(e.Value) })
	folder.AddText("Label", label.Text(), nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		label.SetText(e.Value)
	})
	folder.AddButton("Clear the marks", nil).OnClick(func(context.Context, viser.ButtonEvent) { marks.clear() })
}

// mark adds a ball where the bunny was hit, and notifies the client that clicked.
func (d *Demo) mark(node *viser.Mesh, m *marks, e viser.ClickEvent) {
	// The ray is in the world, and the bunny is only moved, never turned.
	at, normal, ok := d.mesh.hit(minus(e.RayOrigin, node.Position()), e.RayDirection)
	if !ok {
		return // it has been moved since the click
	}
	n := m.add(node.Name(), at, normal)
	e.Client.Notify(fmt.Sprintf("Mark %d", n), fmt.Sprintf("You hit the bunny %.2f above the ground.", at[2]+node.Position()[2]),
		&viser.NotificationOptions{AutoClose: markTime, Color: viser.Teal})
}

// marks are the balls that clicks have added; the oldest are removed when there are
// many.
type marks struct {
	scene *viser.Scene

	mu    sync.Mutex
	nodes []*viser.Icosphere
	count int
}

const (
	mostMarks  = 60
	markRadius = 0.025
)

// add puts a ball on the surface of the node called parent, and returns its number.
func (m *marks) add(parent string, at, normal viser.Vec3) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count++
	color := viser.RGB(colormap.Viridis.At(float64(m.count%12) / 11))
	m.nodes = append(m.nodes, m.scene.AddIcosphere(fmt.Sprintf("%s/mark %d", parent, m.count), &viser.IcosphereOptions{
		Position: plus(at, times(normal, markRadius/2)),
		Color:    color,
		Radius:   markRadius,
	}))
	if len(m.nodes) > mostMarks {
		m.nodes[0].Remove()
		m.nodes = m.nodes[1:]
	}
	return m.count
}

func (m *marks) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, node := range m.nodes {
		node.Remove()
	}
	m.nodes = nil
}
