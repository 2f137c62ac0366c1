// Package recording writes and reads recordings: files with the messages that a page received, and when.
//
// The format is "viser-go recording 1", which docs/recording.md describes. Upstream viser's client plays it, since what
// is ours is in frames that a zstd decoder skips. The reader also reads the files of upstream viser, 1.1 and before.
//
// Messages are wire.RawMessage of the dialect viser-go.v1, without node ids and packed poses.
package recording
