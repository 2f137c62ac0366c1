// Package plot encodes plots for the web client's libraries: figures of Plotly as JSON, and options of uPlot as
// plain maps and slices.
package plot
