package mjcf_test

import (
	"fmt"
	"log"

	"github.com/viser-go/viser/formats/mjcf"
)

func Example() {
	m, err := mjcf.ReadFile("testdata/model.xml", nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, b := range m.Bodies[1:5] {
		fmt.Println(b.Name, "on", m.Bodies[b.Parent].Name)
	}
	// Output:
	// included on world
	// base on world
	// arm on base
	// wrist on arm
}
