package main

import (
	"fmt"
	"go/types"
	"strings"
)

// publicEnums are the public package's types for the schema's enums. Each has a function checkTYPE.
var publicEnums = map[string]string{
	"CurveType": "CurveType", "FadeFrom": "FadeFrom", "FontSizeMode": "FontSizeMode", "FrustumVariant": "FrustumVariant",
	"GridPlane":   "Plane",
	"LabelAnchor": "Anchor", "MeshMaterial": "Material", "MeshSide": "Side", "PointShading": "PointShading",
	"PointShape": "PointShape", "ThicknessUnits": "ThicknessUnits",
}

// A rule is a check of the public package for a number x.
type rule struct{ call, refuse string }

var rules = map[string]rule{
	"":             {"checkFinite(FN, %s)", "if v is not finite"},
	"positive":     {"checkPositive(FN, NAME, %s)", "if v is not above 0"},
	"notnegative":  {"checkNotNegative(FN, NAME, %s)", "if v is below 0 or not finite"},
	"unit":         {"checkUnit(FN, NAME, %s)", "if v is not between 0 and 1"},
	"spot":         {"checkSpotAngle(FN, %s)", "if v is not between 0 and pi/2"},
	"fov":          {"checkFOV(FN, %s)", "if v is not above 0 and below pi"},
	"subdivisions": {"checkSubdivisions(FN, %s)", "if v is not between 0 and 8"},
	"segments":     {"checkRadialSegments(FN, %s)", "if v is not between 3 and 65,536"},
}

// accessorsOf gives the accessors of a property: two for a shadow's switch and strength, else one.
func (s *schema) accessorsOf(f *field) ([]accessor, error) {
	a := accessor{name: f.publicName(), typ: types.ExprString(f.expr), get: "FIELD", value: "v", doc: f.doc, swap: "replace"}
	r, ok := rules[f.check]
	if !ok {
		return nil, fmt.Errorf("there is no check %q", f.check)
	}
	if public, ok := publicEnums[a.typ]; ok {
		a.typ, a.get, a.value = public, public+"(FIELD)", "string(v)"
		a.check, a.refuse = "check"+public+"(FN, v)", "if v is none of its constants"
		return []accessor{a}, nil
	}
	switch a.typ {
	case "bool", "string":
	case "float64":
		a.check, a.refuse = fmt.Sprintf(r.call, "v"), r.refuse
	case "int":
		a.check, a.refuse = fmt.Sprintf(r.call, intArgument(f.check)), r.refuse
	case "*float64":
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
		a.check, a.refuse = fmt.Sprintf(r.call, "v[:]..."), r.refuse
	case "[3]uint8":
		a.typ, a.value = "RGB", "[3]uint8(v)"
	case "Color":
		// The color's methods are the program's: they run before the lock is taken.
		a.typ, a.get, a.value = "color.Color", "colorOf(FIELD)", "c"
		a.check, a.refuse = "c := wireColor(FN, v)", "if v is a ColorName that the palette does not have"
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

// intArgument is v as the check's function wants it.
func intArgument(check string) string {
	if check == "subdivisions" || check == "segments" {
		return "v"
	}
	return "float64(v)"
}

// shadowAccessors splits the property that is a switch or a strength.
func shadowAccessors(a accessor) []accessor {
	on, strength := a, a
	on.typ, on.get, on.value = "bool", "FIELD.On()", "FIELD.Switched(v)"
	on.doc = "whether shadows are seen on the node; default true"
	strength.name, strength.typ, strength.get, strength.value = "ShadowOpacity", "*float64", "FIELD.Strength()", "FIELD.WithStrength(v)"
	strength.doc = "how dark a shadow on the node is, 0 to 1; nil for the light's own darkness; default nil"
	strength.check = "if v != nil {\n" + fmt.Sprintf(rules["unit"].call, "*v") + "\n}"
	strength.refuse = rules["unit"].refuse
	return []accessor{on, strength}
}
