// Package plot writes plots in the form that the web client's libraries take: figures of Plotly as JSON, and options
// of uPlot as plain maps and slices.
package plot
