package transform_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"testing"

	. "github.com/viser-go/viser/transform"
)

// Results of the real viser: see testdata/golden.py.
//
//go:embed testdata/golden.json
var goldenBytes []byte

// record is one case: input and output, by viser's names.
type record map[string]json.RawMessage

// get reads a number or an array of the given shape.
func get[T any](t *testing.T, c record, key string) (v T) {
	t.Helper()
	if err := json.Unmarshal(c[key], &v); err != nil {
		t.Fatalf("golden.json: %s: %v", key, err)
	}
	return v
}

// results are what we compute, by viser's names.
type results map[string]any

// againstViser compares every value of every case of a section that is not among
// the inputs, so that none can be forgotten.
func againstViser(t *testing.T, section string, tolerance float64, inputs []string, compute func(t *testing.T, c record) results) {
	var all map[string]json.RawMessage
	var cases []record
	if err := json.Unmarshal(goldenBytes, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[section], &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 10 {
		t.Fatalf("%d cases of %s; there were more", len(cases), section)
	}
	for i, c := range cases {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			got := compute(t, c)
			for _, in := range inputs {
				delete(c, in)
			}
			for key, raw := range c {
				compare(t, key, got[key], raw, tolerance)
			}
		})
	}
}

// compare converts both sides to nested lists of numbers.
func compare(t *testing.T, key string, got any, raw json.RawMessage, tolerance float64) {
	t.Helper()
	text, err := json.Marshal(got)
	if err != nil {
		t.Errorf("%s: %v", key, err)
		return
	}
	var a, b any
	if json.Unmarshal(text, &a) != nil || json.Unmarshal(raw, &b) != nil || !near(a, b, tolerance) {
		t.Errorf("%s\n is    %s,\n viser %s", key, text, raw)
	}
}

// near allows a part of the tolerance below size one: tiny numbers must agree up to
// viser's rounding.
func near(a, b any, tolerance float64) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && math.Abs(a-b) <= tolerance*max(math.Abs(b), 1e-3)
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !near(a[i], b[i], tolerance) {
				return false
			}
		}
		return true
	}
	return false
}

func TestSO2AgainstViser(t *testing.T) {
	againstViser(t, "so2", 1e-11, []string{"radians", "other", "point"}, func(t *testing.T, c record) results {
		r := SO2FromRadians(get[float64](t, c, "radians"))
		return results{
			"exp":          SO2Exp(get[float64](t, c, "radians")).Parameters(),
			"from_radians": r.Parameters(),
			"as_radians":   r.Radians(),
			"as_matrix":    r.Matrix(),
			"apply":        r.Apply(get[[2]float64](t, c, "point")),
			"multiply":     r.Multiply(SO2FromParameters(get[[2]float64](t, c, "other"))).Parameters(),
			"inverse":      r.Inverse().Parameters(),
			"adjoint":      [1][1]float64{{r.Adjoint()}},
			"normalize":    SO2{r.Cos * 3.5, r.Sin * 3.5}.Normalize().Parameters(),
			"from_matrix":  SO2FromMatrix(r.Matrix()).Parameters(),
		}
	})
}

func TestSO3AgainstViser(t *testing.T) {
	againstViser(t, "so3", 1e-11, []string{"wxyz", "other", "point"}, func(t *testing.T, c record) results {
		r := SO3FromWXYZ(get[[4]float64](t, c, "wxyz"))
		other := get[[4]float64](t, c, "other")
		roll, pitch, yaw := r.RPY()
		short := SO3{0.3 * r.W, 0.3 * r.X, 0.3 * r.Y, 0.3 * r.Z}
		return results{
			"xyzw":          r.XYZW(),
			"from_xyzw":     SO3FromXYZW(other).WXYZ(),
			"as_matrix":     r.Matrix(),
			"from_matrix":   SO3FromMatrix(r.Matrix()).Parameters(),
			"rpy":           [3]float64{roll, pitch, yaw},
			"log":           r.Log(),
			"apply":         r.Apply(get[[3]float64](t, c, "point")),
			"multiply":      r.Multiply(SO3FromParameters(other)).Parameters(),
			"inverse":       r.Inverse().Parameters(),
			"normalize":     short.Normalize().Parameters(),
			"scaled_matrix": short.Matrix(),
		}
	})
}

func TestSO3ExpAgainstViser(t *testing.T) {
	againstViser(t, "so3_exp", 1e-11, []string{"tangent"}, func(t *testing.T, c record) results {
		return results{"exp": SO3Exp(get[[3]float64](t, c, "tangent")).Parameters()}
	})
}

func TestSO3AnglesAgainstViser(t *testing.T) {
	againstViser(t, "so3_angles", 1e-11, []string{"radians", "rpy"}, func(t *testing.T, c record) results {
		a, rpy := get[float64](t, c, "radians"), get[[3]float64](t, c, "rpy")
		return results{
			"x":        SO3FromXRadians(a).Parameters(),
			"y":        SO3FromYRadians(-a).Parameters(),
			"z":        SO3FromZRadians(a).Parameters(),
			"from_rpy": SO3FromRPY(rpy[0], rpy[1], rpy[2]).Parameters(),
		}
	})
}

func TestSE2AgainstViser(t *testing.T) {
	againstViser(t, "se2", 1e-11, []string{"tangent", "parameters", "other", "point"}, func(t *testing.T, c record) results {
		pose := SE2FromParameters(get[[4]float64](t, c, "parameters"))
		return results{
			"exp":         SE2Exp(get[[3]float64](t, c, "tangent")).Parameters(),
			"log":         pose.Log(),
			"as_matrix":   pose.Matrix(),
			"from_matrix": SE2FromMatrix(pose.Matrix()).Parameters(),
			"apply":       pose.Apply(get[[2]float64](t, c, "point")),
			"multiply":    pose.Multiply(SE2FromParameters(get[[4]float64](t, c, "other"))).Parameters(),
			"inverse":     pose.Inverse().Parameters(),
			"adjoint":     pose.Adjoint(),
		}
	})
}

func TestSE3AgainstViser(t *testing.T) {
	againstViser(t, "se3", 1e-11, []string{"tangent", "parameters", "other", "point"}, func(t *testing.T, c record) results {
		pose := SE3FromParameters(get[[7]float64](t, c, "parameters"))
		return results{
			"exp":         SE3Exp(get[[6]float64](t, c, "tangent")).Parameters(),
			"log":         pose.Log(),
			"as_matrix":   pose.Matrix(),
			"from_matrix": SE3FromMatrix(pose.Matrix()).Parameters(),
			"apply":       pose.Apply(get[[3]float64](t, c, "point")),
			"multiply":    pose.Multiply(SE3FromParameters(get[[7]float64](t, c, "other"))).Parameters(),
			"inverse":     pose.Inverse().Parameters(),
			"adjoint":     pose.Adjoint(),
		}
	})
}

func TestIdentitiesAgainstViser(t *testing.T) {
	var all struct{ Identities map[string]json.RawMessage }
	if err := json.Unmarshal(goldenBytes, &all); err != nil {
		t.Fatal(err)
	}
	got := results{
		"SO2": SO2Identity().Parameters(), "SO3": SO3Identity().Parameters(),
		"SE2": SE2Identity().Parameters(), "SE3": SE3Identity().Parameters(),
	}
	if len(all.Identities) != len(got) {
		t.Fatalf("%d identities; want %d", len(all.Identities), len(got))
	}
	for key, raw := range all.Identities {
		compare(t, key, got[key], raw, 0)
	}
}
