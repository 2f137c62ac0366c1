package transform_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

// The hand is in the arm, the arm in the world.
func Example() {
	arm := transform.SE3FromRotationAndTranslation(transform.SO3FromZRadians(math.Pi/2), [3]float64{1, 0, 0})
	hand := transform.SE3FromTranslation([3]float64{0.5, 0, 0})

	inWorld := arm.Multiply(hand)
	fmt.Printf("the hand is at %.1f\n", inWorld.Translation)
	fmt.Printf("the world's origin is at %.1f in the hand\n", inWorld.Inverse().Apply([3]float64{}))
	// Output:
	// the hand is at [1.0 0.5 0.0]
	// the world's origin is at [-0.5 1.0 0.0] in the hand
}

// A Pose of package viser is an SE3, and its Quat is an SO3.
func ExampleSE3_viser() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)

	pose := transform.SE3Exp([6]float64{1, 0, 0, 0, 0, math.Pi})
	box.SetPose(pose)
	fmt.Println(box.Pose() == pose)
	// Output: true
}

func ExampleSO3FromRPY() {
	r := transform.SO3FromRPY(0.1, 0.2, 0.3)
	roll, pitch, yaw := r.RPY()
	fmt.Printf("%.1f %.1f %.1f\n", roll, pitch, yaw)
	fmt.Printf("wxyz %.3f\nxyzw %.3f\n", r.WXYZ(), r.XYZW())
	// Output:
	// 0.1 0.2 0.3
	// wxyz [0.983 0.034 0.106 0.144]
	// xyzw [0.034 0.106 0.144 0.983]
}

func ExampleSO3_AxisAngle() {
	r := transform.SO3FromAxisAngle([3]float64{0, 0, -5}, 0.5)
	axis, angle := r.AxisAngle()
	fmt.Printf("%.2f about %.0f; log %.1f\n", angle, axis, r.Log())
	// Output: 0.50 about [0 0 -1]; log [0.0 0.0 -0.5]
}

func ExampleSO3_Interpolate() {
	a, b := transform.SO3FromXRadians(0.2), transform.SO3FromXRadians(1.2)
	for _, s := range []float64{0, 0.5, 1} {
		fmt.Printf("%.1f ", a.Interpolate(b, s).Roll())
	}
	// Output: 0.2 0.7 1.2
}

// Driving ahead while turning left is a tangent; its exponential is where that
// ends after a quarter of a circle.
func ExampleSE2Exp() {
	step := transform.SE2Exp([3]float64{math.Pi / 2, 0, math.Pi / 2})
	fmt.Printf("at %.1f, turned by %.2f\n", step.Translation, step.Rotation.Radians())
	fmt.Printf("%.2f along the arc\n", step.Log()[0])
	// Output:
	// at [1.0 1.0], turned by 1.57
	// 1.57 along the arc
}

// A camera 3 above the ground looks at the origin; its picture's axes are OpenCV's.
func ExampleLookAt() {
	camera, err := transform.LookAt([3]float64{4, 0, 3}, [3]float64{0, 0, 0}, [3]float64{0, 0, 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	seen := camera.Inverse().Apply([3]float64{0, 1, -1})
	fmt.Printf("the point is %.1f to the right, %.1f down, %.1f ahead\n", seen[0], seen[1], seen[2])
	// Output: the point is 1.0 to the right, 0.8 down, 5.6 ahead
}

// A cloud is moved where it is, without a copy.
func ExamplePoints() {
	cloud := [][3]float32{{1, 0, 0}, {0, 1, 0}}
	normals := [][3]float32{{0, 0, 1}, {0, 0, -1}}
	pose := transform.SE3{Rotation: transform.SO3FromZRadians(math.Pi / 2), Translation: [3]float64{10, 20, 30}}

	transform.Points(cloud, cloud, pose)
	transform.Vectors(normals, normals, pose.Rotation)
	fmt.Printf("%.0f\n%.0f\n", cloud, normals)
	// Output:
	// [[10 21 30] [9 20 30]]
	// [[0 0 1] [0 0 -1]]
}

func ExampleCheckPose() {
	scaled := [4][4]float64{{2, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 1}}
	fmt.Println(transform.CheckPose(scaled, 1e-6))
	// Output: transform: column 0 of the rotation has length 2, not 1; divide the scale out first
}

func ExampleSE3SampleUniform() {
	rng := rand.New(rand.NewPCG(1, 2)) // the same every time
	a, b := transform.SE3SampleUniform(rng), transform.SE3SampleUniform(rng)
	fmt.Println(a.Valid(), a == b)
	// Output: true false
}
