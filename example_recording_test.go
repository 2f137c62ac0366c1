package viser_test

import (
	"bytes"
	"fmt"
	"log"
	"time"

	"github.com/viser-go/viser"
)

// A recording has what is shown now, and what changes until Close.
func ExampleServer_Record() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)
	var file bytes.Buffer // or an *os.File
	recording, err := server.Record(&file, nil)
	if err != nil {
		log.Fatal(err)
	}
	box.SetPosition(viser.Vec3{1, 0, 0})
	if err := recording.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(file.Len() > 0, recording.Err())
	// Output: true <nil>
}

// The program's own time: two seconds of motion are recorded as fast as they are computed.
func ExampleRecording_Sleep() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)
	var file bytes.Buffer
	recording, err := server.Record(&file, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		log.Fatal(err)
	}
	for i := range 60 {
		box.SetPosition(viser.Vec3{float64(i) / 60, 0, 0})
		recording.Sleep(time.Second / 30)
	}
	if err := recording.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(recording.Stats().Duration.Round(time.Millisecond))
	// Output: 2s
}
