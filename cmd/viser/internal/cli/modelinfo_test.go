package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/viser-go/viser/models"
)

func TestModelInfo(t *testing.T) {
	file := cloudFile(t)
	sys, out, log := system()
	if code := Run(t.Context(), []string{"info", file}, sys); code != exitOK || log.String() != "" {
		t.Fatalf("%d, %q", code, log)
	}
	for _, want := range []string{"cloud.ply: PLY, ", "  points     1\n", "  x          1 to 1\n", "  z          3 to 3\n", "  colors     no\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
	out.Reset()
	if code := Run(t.Context(), []string{"info", "--json", file}, sys); code != exitOK {
		t.Fatalf("%d, %q", code, log)
	}
	var info models.Info
	if err := json.Unmarshal(out.Bytes(), &info); err != nil || info.Points != 1 || info.High[1] != 2 {
		t.Errorf("%+v, %v", info, err)
	}
	if code := Run(t.Context(), []string{"info", "--format", "docx", file}, sys); code != exitUsage {
		t.Error(code)
	}
}
