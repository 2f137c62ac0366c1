import type { GuiModalMessage, GuiPanelMessage, ServerMessage } from "../../protocol/messages.gen";

/** Container of the control panel. */
export const ROOT = "root";
/** Internal containers, for elements without a container on the wire. */
export const PANELS = "\0panels";
export const MODALS = "\0modals";

/** Messages that create a widget in a container. */
export type WidgetMessage = Extract<ServerMessage, { container_uuid: string }>;

interface Placed<T extends string, P, V> {
  readonly uuid: string;
  readonly type: T;
  readonly container: string;
  readonly props: Readonly<P>;
  readonly value: V;
}

type FromMessage<M extends WidgetMessage> = M extends WidgetMessage
  ? Placed<M["type"], M["props"], M extends { value: infer V } ? V : undefined>
  : never;

export type PanelElement = Placed<GuiPanelMessage["type"], GuiPanelMessage["props"], undefined>;
export type ModalElement = Placed<
  GuiModalMessage["type"],
  { order: number; title: string },
  undefined
>;

/** The state of a widget. Immutable: each change creates a new object. */
export type GuiElement = FromMessage<WidgetMessage> | PanelElement | ModalElement;

export type ElementType = GuiElement["type"];
export type ElementOf<T extends ElementType> = Extract<GuiElement, { type: T }>;

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}

/**
 * The element of a create message; null for other messages. Only the envelope is validated here; widgets read their
 * properties with read.ts, which handles invalid values.
 */
export function elementFrom(message: ServerMessage): GuiElement | null {
  const m: Record<string, unknown> = { ...message };
  if (typeof m.uuid !== "string") return null;
  if (m.type === "GuiModalMessage") {
    const props = { order: m.order, title: m.title };
    return { uuid: m.uuid, type: m.type, container: MODALS, props, value: undefined } as GuiElement;
  }
  if (!isRecord(m.props)) return null;
  const container = m.type === "GuiPanelMessage" ? PANELS : m.container_uuid;
  if (typeof container !== "string") return null;
  return { uuid: m.uuid, type: m.type, container, props: m.props, value: m.value } as GuiElement;
}

export function orderOf(element: GuiElement): number {
  const order: unknown = element.props.order;
  return typeof order === "number" && !Number.isNaN(order) ? order : 0;
}
