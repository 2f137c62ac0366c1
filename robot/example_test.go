package robot_test

import (
	"fmt"
	"log"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/robot"
)

func Example() {
	arm, err := robot.Load("testdata/arm/urdf/arm.urdf", nil)
	if err != nil {
		log.Fatal(err)
	}
	server := viser.New(nil)
	defer server.Close()
	shown := robot.Add(server.Scene(), "/arm", arm, nil)
	robot.AddSliders(server.GUI().AddFolder("Joints", nil).Container, shown, nil)
	shown.SetJoint("turn", 0.5)
	for _, j := range arm.Joints() {
		fmt.Println(j.Name, j.Type)
	}
	fmt.Println("not shown:", arm.Skipped())
	// Output:
	// lift prismatic
	// turn revolute
	// grip continuous
	// counter revolute
	// not shown: [mesh package://arm_description/meshes/gone.stl: file does not exist]
}
