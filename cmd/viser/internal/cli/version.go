package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// protocolVersion is the version of viser whose protocol the library implements.
const protocolVersion = "1.1.1"

func runVersion(_ context.Context, args []string, sys *System) error {
	fs := newFlagSet("version", "", "Version prints the version of viser, of its protocol and of Go.", sys.Out)
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) > 0 {
		return &usageError{"version", "it takes no arguments"}
	}
	fmt.Fprintf(sys.Out, "viser %s (protocol of viser %s, %s %s/%s)\n",
		buildVersion(), protocolVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// buildVersion is the module's version, or the commit of a build out of a checkout.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "of an unknown build"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	version := "of a checkout"
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			version += " at " + s.Value[:12]
		}
		if s.Key == "vcs.modified" && s.Value == "true" {
			version += " with changes"
		}
	}
	return version
}
