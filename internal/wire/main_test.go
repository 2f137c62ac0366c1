package wire

import (
	"testing"

	"go.uber.org/goleak"
)

// The package promises to start no goroutine; the compressor's pools must not break that.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
