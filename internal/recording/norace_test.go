//go:build !race

package recording

const randomTimes = 1000
