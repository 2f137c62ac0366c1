package wire

// NotificationProps are the properties of a notification.
//
//wire:props
type NotificationProps struct {
	// the heading
	Title string `wire:"title"`
	// the text
	Body string `wire:"body"`
	// whether a spinner is shown
	Loading bool `wire:"loading"`
	// whether the user can close it
	WithCloseButton bool `wire:"with_close_button"`
	// the time until it closes, in seconds; null for never
	AutoCloseSeconds *float64 `wire:"auto_close_seconds"`
	// the color; null for the theme's color
	Color Color `wire:"color"`
}

// NotificationShowMessage shows a notification.
//
//wire:message s2c notification/create id=uuid
type NotificationShowMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the properties
	Props NotificationProps `wire:"props"`
}

// NotificationUpdateMessage changes a notification.
//
//wire:message s2c notification/update_simple id=uuid
type NotificationUpdateMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the properties
	Props NotificationProps `wire:"props"`
}

// RemoveNotificationMessage removes a notification.
//
//wire:message s2c notification/remove id=uuid
type RemoveNotificationMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}

// CommandProps are the properties of an entry of the command palette.
//
//wire:props
type CommandProps struct {
	// the name in the command palette
	Label string `wire:"label"`
	// a description; null for none
	Description *string `wire:"description"`
	// the key that triggers it; null for none
	Hotkey *HotkeyKey `wire:"hotkey"`
	// the modifier keys that must be held with the key, exactly these; null for none
	Modifier *KeyModifier `wire:"modifier"`
	// an icon as SVG; null for none
	IconHTML *string `wire:"_icon_html"`
	// whether the element is disabled; default false
	Disabled bool `wire:"disabled"`
}

// RegisterCommandMessage adds an entry to the command palette.
//
//wire:message s2c command/create id=uuid
type RegisterCommandMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the properties
	Props CommandProps `wire:"props"`
}

// CommandUpdateMessage changes an entry of the command palette.
//
//wire:message s2c command/update_dict id=uuid
type CommandUpdateMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the properties that change, by key
	Updates Updates `wire:"updates"`
}

// RemoveCommandMessage removes an entry of the command palette.
//
//wire:message s2c command/remove id=uuid
type RemoveCommandMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}

// CommandTriggerMessage reports that an entry of the command palette was chosen.
//
//wire:message c2s
type CommandTriggerMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}
