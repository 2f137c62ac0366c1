package robot

import (
	"fmt"
	"path"
	"strings"
)

// nodeName makes a name that a node may have below another one.
func nodeName(name string) string {
	name = strings.Trim(strings.ReplaceAll(name, "/", "_"), " ")
	if name == "" {
		return "unnamed"
	}
	return name
}

// unique returns the name, with a number if it is taken, and takes it.
func unique(taken map[string]bool, name string) string {
	for n := 2; taken[name]; n++ {
		base, _, _ := strings.Cut(name, "#")
		name = fmt.Sprintf("%s#%d", base, n)
	}
	taken[name] = true
	return name
}

// shapeName is what the node of a shape is called: as in the file, or after its mesh or form.
func shapeName(name, file, form string) string {
	switch {
	case name != "":
		return nodeName(name)
	case file != "":
		base := path.Base(strings.ReplaceAll(file, "\\", "/"))
		return nodeName(strings.TrimSuffix(base, path.Ext(base)))
	}
	return form
}
