package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/viser-go/viser/client"
)

const aboutClient = `Client writes the files of the web client into DIR, a new or empty folder. Any web server can serve them: with a recording
beside them, http://HOST/?playbackPath=run.viser plays it; http://HOST/?websocket=ws://OTHER:8080 shows what a server shows.`

// notServed is the part of the client that only exported pages are made of.
const notServed = "standalone"

func runClient(_ context.Context, args []string, sys *System) error {
	flags := newFlagSet("client", "DIR", aboutClient, sys.Out)
	operands, err := parse(flags, args)
	switch {
	case err != nil:
		return err
	case len(operands) != 1:
		return &usageError{"client", "it takes one folder"}
	}
	files, ok := client.FS()
	if !ok {
		return errors.New("this program was built without the web client")
	}
	return writeClient(files, operands[0], sys)
}

func writeClient(files fs.FS, dir string, sys *System) error {
	found, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("%s: the folder is not empty; name a new one", dir)
	}
	count, size := 0, int64(0)
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		switch {
		case err != nil:
			return err
		case d.IsDir() && name == notServed:
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(path, 0o755)
		}
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		count, size = count+1, size+int64(len(b))
		return os.WriteFile(path, b, 0o644)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(sys.Out, "%s: %d files, %s\n", dir, count, bytesText(size))
	return nil
}
