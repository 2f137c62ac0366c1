package urdf_test

import (
	"fmt"
	"log"

	"github.com/viser-go/viser/formats/urdf"
)

func Example() {
	r, err := urdf.ReadFile("testdata/arm.urdf")
	if err != nil {
		log.Fatal(err)
	}
	for _, j := range r.Joints[:3] {
		fmt.Println(j.Name, j.Type, r.Links[j.Parent].Name, "->", r.Links[j.Child].Name)
	}
	// Output:
	// lift prismatic base -> column
	// turn revolute column -> elbow
	// spin continuous elbow -> wrist
}
