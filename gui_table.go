package viser

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"log/slog"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var tableKind = state.ExtensionKind("GuiTableMessage", new(wire.GuiTableProps))

// A Table has columns and any number of rows; clients draw only the visible ones. A
// click on a heading sorts the rows, for that client only.
//
// Upstream viser does not support it; its client shows a line of text instead.
type Table struct {
	widget
	props   wire.GuiTableProps
	columns int // never changes
	rows    int
	clicks  callback.List[TableEvent]
}

// TableOptions are the options of AddTable.
type TableOptions struct {
	Label  string   // the title; default none
	Height int      // the height, in pixels; default 240
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// A TableEvent reports that a user chose a row.
type TableEvent struct {
	Client *Client // the client of the user
	Target *Table
	Row    int // the index of the row, in the order in which rows were set and appended
}

const defaultTableHeight = 240

// AddTable adds a table. A row has a cell for each column: a string, a number, a bool,
// or nil for an empty cell. Numbers that are not finite are shown as text. rows are
// copied. It panics with a *UsageError if there are no columns, if a row has another
// number of cells, or if a cell has another type.
func (c Container) AddTable(columns []string, rows [][]any, opts *TableOptions) *Table {
	const fn = "AddTable"
	o := orPtr(opts, TableOptions{})
	if len(columns) == 0 {
		usage(fn, "a table needs at least one column")
	}
	if o.Height < 0 {
		usage(fn, "Height is %d", o.Height)
	}
	h := &Table{columns: len(columns), rows: len(rows), props: wire.GuiTableProps{
		Label: text(o.Label), Columns: slices.Clone(columns), Rows: wire.Array{DType: wire.Uint8, Data: tableRows(fn, len(columns), rows)},
		Height: or(o.Height, defaultTableHeight), Visible: !o.Hidden, Order: c.order(fn, o.Order),
	}}
	c.place(fn, &h.widget, tableKind, &h.props, nil, h)
	return h
}

// tableRows writes a line for each row.
func tableRows(fn string, columns int, rows [][]any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	cells := make([]any, columns)
	for i, row := range rows {
		if len(row) != columns {
			usage(fn, "row %d has %d cells, but there are %d columns", i, len(row), columns)
		}
		for k, cell := range row {
			cells[k] = tableCell(fn, cell)
		}
		if err := e.Encode(cells); err != nil {
			usage(fn, "row %d: %v", i, err)
		}
	}
	return slices.Clip(b.Bytes())
}

// tableCell returns the form in which a cell is sent: a value of a basic type, so that
// encoding it calls no method of the program's.
func tableCell(fn string, cell any) any {
	v := reflect.ValueOf(cell)
	switch v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.String:
		return strings.ToValidUTF8(v.String(), "\uFFFD")
	case reflect.Float32, reflect.Float64:
		switch {
		case !finite(v.Float()):
			return strconv.FormatFloat(v.Float(), 'g', -1, 64)
		case v.Kind() == reflect.Float32:
			return float32(v.Float()) // with the digits of one
		case v.Type() == reflect.TypeFor[float64]():
			return cell // without an allocation
		}
		return v.Float()
	case reflect.Bool:
		return v.Bool()
	}
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	}
	usage(fn, "a cell is a %T; it must be a string, a number, a bool or nil", cell)
	return nil
}

// Len returns the number of rows.
func (h *Table) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rows
}

// Columns returns a copy of the headings.
func (h *Table) Columns() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.props.Columns)
}

// SetColumns sets the headings. It panics with a *UsageError if their number changes.
func (h *Table) SetColumns(v []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(v) != h.columns {
		usage("Table.SetColumns", "there are %d columns, not %d", h.columns, len(v))
	}
	if !slices.Equal(v, h.props.Columns) {
		h.props.Columns = slices.Clone(v)
		h.changed(wire.GuiTablePropsColumns)
	}
}

// SetRows replaces all rows. It panics with a *UsageError like AddTable.
func (h *Table) SetRows(rows [][]any) {
	b := tableRows("Table.SetRows", h.columns, rows)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rows, h.props.Rows = len(rows), wire.Array{DType: wire.Uint8, Data: b}
	h.changed(wire.GuiTablePropsRows)
}

// Append appends rows; clients receive only the new ones. It panics with a *UsageError
// like AddTable.
func (h *Table) Append(rows ...[]any) {
	b := tableRows("Table.Append", h.columns, rows)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(b) == 0 || h.isGone("Table.Append") {
		return
	}
	h.rows += len(rows)
	appendBytes(h.ent, wire.GuiTablePropsRows, &h.props.Rows, b)
}

// appendBytes lets an array of bytes grow.
func appendBytes(ent *state.Entity, prop int, array *wire.Array, b []byte) {
	n := array.Len()
	ent.Patch(state.Patch{Prop: prop, Array: array, Offset: n, Data: b, Total: n + len(b)})
}

// Label returns the title, "" for none.
func (h *Table) Label() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Label, "")
}

// SetLabel sets the title; "" for none.
func (h *Table) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Label, text(v)) {
		h.changed(wire.GuiTablePropsLabel)
	}
}

// OnClick attaches fn for each row that a user chooses, by a click or with Enter. ctx
// ends when that client leaves.
func (h *Table) OnClick(fn func(ctx context.Context, e TableEvent)) (off func()) {
	checkCallback("Table.OnClick", fn)
	return h.clicks.Add(fn)
}

// Clicks yields an event for each row that is chosen, in order. The loop ends like that
// of [Button.Clicks].
func (h *Table) Clicks(ctx context.Context) iter.Seq[TableEvent] {
	return callback.Seq(ctx, h.removed, h.gui.context(), h.OnClick)
}

// receive handles the choice of a row on a page; it is not sent to other pages.
func (h *Table) receive(from *Client, updates wire.Updates) {
	for _, u := range updates {
		row, ok := toFloat(u.Value)
		if u.Key != "value" || !ok || !from.isConnected() {
			continue
		}
		i := int(row)
		if float64(i) != row || i < 0 || i >= h.Len() {
			h.gui.server.log.limited("invalid table row ignored", "client", from.id)
			continue
		}
		from.auditedElement("row clicked", auditElement{"Table", h.Label(), h.uuid}, slog.Int("row", i))
		fire(from, h, dispatch.Event{Name: "Table.OnClick", Label: h.Label(), UUID: h.uuid}, false, &h.clicks, TableEvent{Client: from, Target: h, Row: i})
	}
}
