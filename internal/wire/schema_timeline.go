package wire

// TimelineCommand is what a page asks the server to do with its own place on the timeline.
//
//wire:enum
type TimelineCommand = string

// The values of TimelineCommand.
const (
	TimelineCommandSeek   TimelineCommand = "seek"   // go to the time `value`, in seconds
	TimelineCommandPlay   TimelineCommand = "play"   // let the time pass; at the end, from the start
	TimelineCommandPause  TimelineCommand = "pause"  // stop it; from live, stay at the newest time
	TimelineCommandSpeed  TimelineCommand = "speed"  // `value` seconds of the timeline per second, 0.1 to 16
	TimelineCommandLoop   TimelineCommand = "loop"   // 1: after the end comes the start; 0: at the end it stops, or is live
	TimelineCommandStep   TimelineCommand = "step"   // to the next change if `value` is above 0, else to the one before
	TimelineCommandFollow TimelineCommand = "follow" // return to live
)

// TimelineMessage describes the server's timeline, and where on it this page is. It is of the viser-go.v1 dialect. It is
// sent when something of it changes, also while the page is back in time; the time that passes is no change. Without a
// timeline there was none, or the last one has `enabled` false.
//
//wire:message s2c extension
type TimelineMessage struct {
	// whether there is a timeline
	Enabled bool `wire:"enabled"`
	// the oldest time that can be shown, in seconds; it ascends while older states are forgotten
	From float64 `wire:"from"`
	// the newest time, in seconds. If `program` is false it is the time at which the message was made, and the page adds
	// what has passed since
	To float64 `wire:"to"`
	// what the page shows, in seconds, when the message was made: if it is playing, the page adds what has passed since,
	// times the speed. While it is following, this is the newest time
	Time float64 `wire:"time"`
	// whether time passes for this page
	Playing bool `wire:"playing"`
	// seconds of the timeline per second of playing, 0.1 to 16
	Speed float64 `wire:"speed"`
	// whether playing goes on from the start after the end
	Loop bool `wire:"loop"`
	// whether the page shows the newest state as it changes; otherwise its controls have no effect
	Following bool `wire:"following"`
	// whether times are the program's: then nothing moves but by the program
	Program bool `wire:"program"`
	// the longest time from the oldest to the newest state, in seconds; 0 if only memory bounds it. Without program time,
	// the page moves `from` accordingly
	Span float64 `wire:"span"`
}

// TimelineControlMessage asks for another place on the timeline, for this page only. It is of the viser-go.v1 dialect.
// Values out of range are moved to the nearest one that is allowed; what is not finite is ignored.
//
//wire:message c2s extension
type TimelineControlMessage struct {
	// what to do
	Command TimelineCommand `wire:"command"`
	// of "seek", "speed", "loop" and "step"; else 0
	Value float64 `wire:"value,default"`
}
