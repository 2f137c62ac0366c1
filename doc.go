// Package viser shows 3D scenes and control panels in a web browser.
package viser
