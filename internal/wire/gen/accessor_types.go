package main

import (
	"fmt"
	"go/types"
	"strings"
)

// publicEnums are the public package's types for the schema's enums, and their constants that are the default. Each
// has a function checkTYPE.
var publicEnums = map[string]struct{ name, deflt string }{
	"CurveType": {"CurveType", "CurveCentripetal"}, "FadeFrom": {"FadeFrom", "FadeFromCamera"},
	"FontSizeMode": {"FontSizeMode", "ScreenFont"}, "FrustumVariant": {"FrustumVariant", "WireframeFrustum"},
	"GridPlane": {"Plane", "PlaneXY"}, "LabelAnchor": {"Anchor", "TopLeft"},
	"MeshMaterial": {"Material", "StandardMaterial"}, "MeshSide": {"Side", "FrontSide"},
	"PointShading": {"PointShading", "PointGradient"}, "PointShape": {"PointShape", "PointSquare"},
	"ThicknessUnits": {"ThicknessUnits", "WorldUnits"}, "VolumeMode": {"VolumeMode", "CompositeVolume"},
}

// A rule is a check of the public package for a number or a vector. zero is set if it allows a zero: then an option
// that has another default is a pointer.
type rule struct {
	call, refuse string
	zero         bool
}

var rules = map[string]rule{
	"":             {"checkFinite(FN, %s)", "if v is not finite", true},
	"positive":     {"checkPositive(FN, NAME, %s)", "if v is not above 0", false},
	"notnegative":  {"checkNotNegative(FN, NAME, %s)", "if v is negative or not finite", true},
	"unit":         {"checkUnit(FN, NAME, %s)", "if v is not between 0 and 1", true},
	"spot":         {"checkSpotAngle(FN, %s)", "if v is not between 0 and pi/2", true},
	"fov":          {"checkFOV(FN, %s)", "if v is not above 0 and below pi", false},
	"subdivisions": {"checkSubdivisions(FN, %s)", "if v is not between 0 and 8", true},
	"segments":     {"checkRadialSegments(FN, %s)", "if v is not between 3 and 65,536", false},
	"scale":        {"checkScale(FN, NAME, %s)", "if v is zero or not finite", false},
	"size":         {"checkExtent(FN, NAME, %s)", "if v is zero, or one of its components is negative or not finite", false},
	"lengths":      {"checkLengths(FN, NAME, %s)", "if a component of v is not above 0", false},
	"direction":    {"checkDirection(FN, NAME, %s)", "if v is zero or not finite", false},
}

// accessorsOf returns the accessors of a property: two for a shadow's switch and strength, else
// one.
func (s *schema) accessorsOf(f *field) ([]accessor, error) {
	a := accessor{name: f.publicName(), typ: types.ExprString(f.expr), get: "FIELD", value: "v", doc: f.doc, swap: "replace"}
	r, ok := rules[f.check]
	if !ok {
		return nil, fmt.Errorf("there is no check %q", f.check)
	}
	if public, ok := publicEnums[a.typ]; ok {
		a.typ, a.get, a.value = public.name, public.name+"(FIELD)", "string(v)"
		a.check, a.refuse = "check"+public.name+"(FN, v)", "if v is not one of its constants"
		return []accessor{a}, nil
	}
	switch a.typ {
	case "bool", "string":
	case "float64":
		a.check, a.refuse = fmt.Sprintf(r.call, "v"), r.refuse
	case "int":
		a.check = fmt.Sprintf(r.call, checkArgument("int", f.check, "v"))
		a.refuse = strings.TrimSuffix(r.refuse, " or not finite") // an int is finite
	case "*float64":
		if f.check == "unit" {
			a.typ, a.get, a.value, a.swap = "float64", "orPtr(FIELD, 1)", "opacityOf(&v)", "replaceOptional"
			a.doc = "the opacity, 0 to 1; default 1"
			a.check, a.refuse = fmt.Sprintf(r.call, "v"), r.refuse
			break
		}
		a.get, a.swap = "copyOf(FIELD)", "replaceOptional"
		a.check, a.refuse = "if v != nil {\n"+fmt.Sprintf(r.call, "*v")+"\n}", r.refuse
	case "*[2]float64", "*[3]float64":
		vector := "Vec" + a.typ[2:3]
		a.value, a.swap = "("+a.typ+")(v)", "replaceOptional"
		a.typ, a.get = "*"+vector, "(*"+vector+")(copyOf(FIELD))"
		a.check, a.refuse = "if v != nil {\n"+fmt.Sprintf(r.call, "v[:]...")+"\n}", r.refuse
	case "[3]float64", "FloatOrVec3":
		a.value = a.typ + "(v)"
		if a.typ == "FloatOrVec3" {
			a.value = "wire." + a.value
		}
		a.typ, a.get = "Vec3", "Vec3(FIELD)"
		x := "v"
		if f.check == "" {
			x = "v[:]..."
		}
		a.check, a.refuse = fmt.Sprintf(r.call, x), r.refuse
	case "[3]uint8":
		a.typ, a.in, a.value = "RGB", "color.Color", "rgb"
		a.check = "rgb := rgbOf(v, RGB" + defaultColor(f.doc) + ")"
		a.doc = strings.Replace(a.doc, "default white", "default {255, 255, 255}", 1)
		a.note = " Nil is the default, " + defaultColor(f.doc) + "."
	case "Color":
		// The color's methods are the program's: they run before the lock is taken.
		a.typ, a.get, a.value = "color.Color", "colorOf(FIELD)", "c"
		a.check, a.refuse = "c := wireColor(FN, v)", "if v is a ColorName that is not in the palette"
		a.doc = strings.Replace(a.doc, "null", "nil", 1)
	case "BoolOrFloat":
		return shadowAccessors(a), nil
	default:
		return nil, fmt.Errorf("there is no accessor for a %s; leave it to the package by byHand", a.typ)
	}
	return []accessor{a}, nil
}

// publicName is what the public package calls the property.
func (f *field) publicName() string {
	if f.api != "" {
		return f.api
	}
	return f.name
}

// defaultColor is the default in a color's comment.
func defaultColor(doc string) string {
	if m := tripleDefault.FindStringSubmatch(doc); m != nil {
		return m[1]
	}
	return "{255, 255, 255}"
}

// shadowAccessors splits the property that is a switch or a strength.
func shadowAccessors(a accessor) []accessor {
	on, strength := a, a
	on.typ, on.get, on.value = "bool", "FIELD.On()", "wire.BoolOrFloat{Bool: v}"
	on.doc = "whether the node receives shadows; default true"
	on.note = " The lights determine how dark they are; SetShadowOpacity enables them with a fixed darkness."
	strength.name, strength.typ, strength.get, strength.value = "ShadowOpacity", "float64", "FIELD.Float", "wire.BoolOrFloat{Float: v, IsFloat: true}"
	strength.doc = "the darkness of shadows on the node, independent of the lights, 0 to 1"
	strength.second = "FIELD.IsFloat"
	strength.check = fmt.Sprintf(rules["unit"].call, "v")
	strength.refuse = rules["unit"].refuse
	return []accessor{on, strength}
}
