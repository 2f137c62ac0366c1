package wire

// NotificationProps are the properties of Notification.
//
//wire:props
type NotificationProps struct {
	Title            string   `wire:"title"`
	Body             string   `wire:"body"`
	Loading          bool     `wire:"loading"`
	WithCloseButton  bool     `wire:"with_close_button"`
	AutoCloseSeconds *float64 `wire:"auto_close_seconds"`
	Color            Color    `wire:"color"`
}

// NotificationShowMessage goes from the server to the page.
//
//wire:message s2c notification/create id=uuid
type NotificationShowMessage struct {
	UUID  string            `wire:"uuid"`
	Props NotificationProps `wire:"props"`
}

// NotificationUpdateMessage goes from the server to the page.
//
//wire:message s2c notification/update_simple id=uuid
type NotificationUpdateMessage struct {
	UUID  string            `wire:"uuid"`
	Props NotificationProps `wire:"props"`
}

// RemoveNotificationMessage goes from the server to the page.
//
//wire:message s2c notification/remove id=uuid
type RemoveNotificationMessage struct {
	UUID string `wire:"uuid"`
}

// CommandProps are the properties of Command.
//
//wire:props
type CommandProps struct {
	Label       string       `wire:"label"`
	Description *string      `wire:"description"`
	Hotkey      *HotkeyKey   `wire:"hotkey"`
	Modifier    *KeyModifier `wire:"modifier"`
	IconHTML    *string      `wire:"_icon_html"`
	Disabled    bool         `wire:"disabled"`
}

// RegisterCommandMessage goes from the server to the page.
//
//wire:message s2c command/create id=uuid
type RegisterCommandMessage struct {
	UUID  string       `wire:"uuid"`
	Props CommandProps `wire:"props"`
}

// CommandUpdateMessage goes from the server to the page.
//
//wire:message s2c command/update_dict id=uuid
type CommandUpdateMessage struct {
	UUID    string  `wire:"uuid"`
	Updates Updates `wire:"updates"`
}

// RemoveCommandMessage goes from the server to the page.
//
//wire:message s2c command/remove id=uuid
type RemoveCommandMessage struct {
	UUID string `wire:"uuid"`
}

// CommandTriggerMessage goes from the page to the server.
//
//wire:message c2s
type CommandTriggerMessage struct {
	UUID string `wire:"uuid"`
}
