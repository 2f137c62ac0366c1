package wire

// StandIns has the Markdown that pages of the Plain dialect are shown in place of an element that only the Extended
// dialect has, by the type of its create message. It is shared: do not write to it.
var StandIns = map[string]string{
	"GuiTableMessage":       "*This client does not support tables.*",
	"GuiLogMessage":         "*This client does not support logs.*",
	"GuiMultiSelectMessage": "*This client does not support choices of several options.*",
}
