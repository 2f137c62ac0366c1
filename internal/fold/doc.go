// Package fold keeps what a page shows after a list of messages, without knowing kinds of nodes and elements: all works on
// raw msgpack and wire.Infos.
//
// client/src/playback/fold.ts follows the same rules, which are those of the page itself (client/src/scene/tree.ts,
// client/src/gui). testdata/vectors.json tests both.
//
// # Scene nodes
//
// A node is named by name and owner; a missing owner or null is "". The name "" is the root: it has a pose and a
// visibility, whatever the owner, and all other messages about it are ignored. So are names with more than 256 slashes.
//
//   - A create message of a new node: the position is 0, the orientation the identity, it is visible and has no bindings
//     and no bones. Of an existing node: type, properties and all else of the message are replaced, and the poses of bones
//     forgotten; pose, visibility and bindings stay.
//   - Messages about a node that does not exist are ignored: nothing is kept for a node that is created later.
//   - RemoveSceneNodeMessage removes that one node: neither descendants nor nodes of other owners. (A page keeps the
//     pose of a name without nodes as long as it has descendants. Servers remove those, so that is left out here.)
//   - SceneNodeUpdateMessage sets properties in the create message, of any name. SceneNodePatchMessage changes arrays there;
//     a patch that does not fit is ignored, the others of its message are not (see client/src/protocol/patch.ts).
//   - SetPositionMessage, SetOrientationMessage: a position that is not finite, and an orientation whose length is not
//     finite or at most 1e-12, are ignored. SetBone…Message are kept by bone_index, an integer from 0 to 65535.
//   - SetSceneNode…BindingsMessage are kept as they are; an empty list is none.
//   - PackedPosesMessage finds nodes by the id of their create message, which is not kept in it. A later node with the
//     same id takes it over.
//
// Of the nodes of one name, one is effective: with the highest rank, 1 for an owner other than "", plus 4 if it is not
// virtual; of equal ones the one that was created first. When a create or a removal makes another node effective, that
// one is virtual, and there was one before, then it takes over the pose of the one before.
//
// # GUI
//
// Elements, modals and panels share one set, by uuid. A create message of an existing one replaces it, in its place of the
// order of creation. GuiRemoveMessage, GuiCloseModalMessage and GuiPanelRemoveMessage remove one, whatever it is, but
// nothing inside it: servers send a message for each. ResetGuiMessage removes all. GuiUpdateMessage sets the value of the
// create message ("value"), and properties (all else); GuiPatchMessage changes arrays. A modal has no properties: only its
// value is set.
//
// GuiSetPanel…Message are kept by type and uuid, if there is a panel with the uuid or it is "viser-control-panel". They are
// removed with the panel, also when another element replaces it; those for "viser-control-panel" never.
//
// Commands: registered, changed by CommandUpdateMessage, removed. Notifications: shown, or replaced in their place;
// NotificationUpdateMessage replaces the properties of one that exists; if there are 60, a new one removes the oldest.
//
// # Single messages
//
// Of these, the last one is kept: ThemeConfigurationMessage, SetGuiPanelLabelMessage, EnableLightsMessage,
// SetToneMappingMessage, SetLookMessage, SetSelectionMessage, FogMessage, EnvironmentMapMessage, BackgroundImageMessage,
// SetCameraMin- and SetCameraMaxOrbitDistanceMessage; SetCameraPosition-, -UpDirection-, -LookAt-, -Near-, -Far-, -Fov- and -ProjectionMessage by type and
// "initial"; ScenePointerEnableMessage by event_type and owner, without one whose modifiers are empty.
//
// All other messages are ignored.
//
// # Messages
//
// Messages, on an empty page, show the same. In this order:
//
//  1. the root's orientation, position and visibility, as far as they are not the default;
//  2. single messages, in the order in which they arrived, without GuiSetPanel…Message;
//  3. nodes, elements, commands and notifications, in the order of creation: the create message with all changes and,
//     of a node, its orientation, position, visibility, bones (by index: orientation, position), click bindings and drag
//     bindings, as far as they are not the default. A node whose name has several nodes has always an orientation and a
//     position;
//  4. GuiSetPanel…Message, in the order in which they arrived.
//
// # Digest
//
// The digest is the SHA-256 of the canonical encodings of Messages, sorted by their bytes and written one after another. A
// single message with the same canonical encoding as the one that undoes its type (see undo.go) is left out. The canonical
// encoding is msgpack in the shortest form, except that all numbers are 64-bit floats, with the one NaN 7ff8000000000000 and without -0;
// keys of maps are sorted by the bytes of their UTF-8, and of equal keys only the last is kept; arrays are byte strings of
// their elements (without the element type, which a page does not always know). A message has the keys that it came with;
// those that are made here have: SetPositionMessage name, position, owner; SetOrientationMessage name, wxyz, owner;
// SetSceneNodeVisibilityMessage name, visible, owner; SetBonePositionMessage name, bone_index, position, owner;
// SetBoneOrientationMessage name, bone_index, wxyz, owner. Replaced notifications have uuid, props and the type
// NotificationShowMessage. All have type.
package fold
