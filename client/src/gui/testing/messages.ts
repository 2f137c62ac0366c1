import type { ServerMessage } from "../../contract";
import type { ElementType, WidgetMessage } from "../store/elements";

type WidgetType = WidgetMessage["type"];
type Of<T extends WidgetType> = Extract<WidgetMessage, { type: T }>;

const BASE = { order: 0, visible: true, disabled: false, hint: null, label: "" };

const PROPS: { [T in WidgetType]?: Partial<Of<T>["props"]> } = {
  GuiFolderMessage: { label: "Folder", expand_by_default: true },
  GuiFormMessage: { label: "Form", expand_by_default: true },
  GuiSliderMessage: { min: 0, max: 10, step: 1, precision: 0, _marks: null },
  GuiMultiSliderMessage: {
    min: 0,
    max: 10,
    step: 1,
    precision: 0,
    min_range: null,
    fixed_endpoints: false,
    _marks: null,
  },
  GuiNumberMessage: { min: null, max: null, step: 1, precision: 3 },
  GuiVector2Message: { min: null, max: null, step: 0.1, precision: 3 },
  GuiVector3Message: { min: null, max: null, step: 0.1, precision: 3 },
  GuiTextMessage: { multiline: false },
  GuiDropdownMessage: { options: ["a", "b", "c"] },
  GuiButtonGroupMessage: { options: ["x", "y"] },
  GuiButtonMessage: { color: null, _icon_html: null, _hold_callback_freqs: [] },
  GuiMarkdownMessage: { _markdown: "" },
  GuiHtmlMessage: { content: "" },
  GuiProgressBarMessage: { animated: false, color: null },
  GuiImageMessage: { _data: null, _format: "png" },
  GuiTabGroupMessage: { _tab_labels: [], _tab_icons_html: [], _tab_container_ids: [] },
};

const VALUES: { [T in ElementType]?: unknown } = {
  GuiSliderMessage: 5,
  GuiMultiSliderMessage: [2, 5, 8],
  GuiNumberMessage: 1,
  GuiVector2Message: [1, 2],
  GuiVector3Message: [1, 2, 3],
  GuiTextMessage: "text",
  GuiDropdownMessage: "a",
  GuiButtonGroupMessage: "x",
  GuiButtonMessage: false,
  GuiCheckboxMessage: false,
  GuiRgbMessage: [200, 100, 50],
  GuiRgbaMessage: [200, 100, 50, 128],
  GuiProgressBarMessage: 30,
};

/** A create message with default properties, overridden by the test's. */
export function widget<T extends WidgetType>(
  type: T,
  uuid: string,
  given: { props?: Partial<Of<T>["props"]>; value?: unknown; container?: string } = {},
): ServerMessage {
  const message: Record<string, unknown> = {
    type,
    uuid,
    container_uuid: given.container ?? "root",
    props: { ...BASE, ...PROPS[type], ...given.props },
  };
  const value = "value" in given ? given.value : VALUES[type];
  if (value !== undefined) message.value = value;
  return message as unknown as ServerMessage;
}

export function update(uuid: string, updates: Record<string, unknown>): ServerMessage {
  return { type: "GuiUpdateMessage", uuid, updates };
}
