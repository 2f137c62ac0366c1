package wire

import (
	"io"
	"testing"
)

func BenchmarkEncodePosition(b *testing.B) {
	var e Encoder
	b.ReportAllocs()
	for b.Loop() {
		e.Reset()
		e.SetPosition("/robot/arm/link_7", "", [3]float64{1.5, 2.5, 3.5})
	}
}

func BenchmarkEncodeGuiUpdate(b *testing.B) {
	var e Encoder
	m := GuiUpdateMessage{UUID: "4c4ff63a-58a2-4d8d-a1e4-3c5f1d0a9f1e", Updates: Updates{{"value", 3.25}}}
	b.ReportAllocs()
	for b.Loop() {
		e.Reset()
		m.AppendTo(&e)
	}
}

func BenchmarkDecodeGuiUpdate(b *testing.B) {
	var e Encoder
	(&GuiUpdateMessage{UUID: "4c4ff63a-58a2-4d8d-a1e4-3c5f1d0a9f1e", Updates: Updates{{"value", 3.25}}}).AppendTo(&e)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(e.B, InboundLimits); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkFrame(b *testing.B, poses int) {
	var e Encoder
	var fb FrameBuilder
	b.ReportAllocs()
	for b.Loop() {
		fb.Reset()
		for i := range poses {
			e.Reset()
			e.SetPosition("/robot/arm/link_7", "", [3]float64{float64(i) * 1.1, 2.5, 3.5})
			fb.Message(e.B, e.Refs)
		}
		if _, err := fb.Finish(1).WriteTo(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFrameOfOnePose(b *testing.B)    { benchmarkFrame(b, 1) }
func BenchmarkFrameOf20000Poses(b *testing.B) { benchmarkFrame(b, 20_000) }
func BenchmarkFrameOfAMillionPoints(b *testing.B) {
	points := Vec3s(make([][3]float32, 1_000_000))
	b.ReportAllocs()
	for b.Loop() {
		sampleFrame(points)
	}
}

func BenchmarkHalfVec3s(b *testing.B) {
	points := make([][3]float32, 100_000)
	for i := range points {
		points[i] = [3]float32{float32(i % 1000), 0.1, -3e-3}
	}
	b.ReportAllocs()
	for b.Loop() {
		HalfVec3s(points)
	}
}

func BenchmarkRGBs(b *testing.B) {
	colors := make([][3]uint8, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		RGBs(colors)
	}
}
