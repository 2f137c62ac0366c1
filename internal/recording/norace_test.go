//go:build !race

package recording

const everyNth = 1
