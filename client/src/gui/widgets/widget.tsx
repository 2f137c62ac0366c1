import { type ComponentType, createContext, memo, useContext, useMemo } from "react";
import { useCell, useElement, useGui } from "../context";
import type { ElementOf, ElementType, GuiElement } from "../store/elements";
import { UnshownWidget } from "./display";
import { Guard } from "./guard";

export type WidgetKinds = { [T in ElementType]?: ComponentType<{ el: ElementOf<T> }> };

/** The components by kind, provided at the root: containers draw widgets, so widgets cannot import containers. */
export const WidgetKindsContext = createContext<WidgetKinds>({});

/** One widget: subscribes to its own element only. */
export const Widget = memo(function Widget({ uuid }: { uuid: string }) {
  const el = useElement(uuid);
  if (!el || el.props === undefined) return null;
  if ("visible" in el.props && el.props.visible === false) return null;
  return (
    <Guard what={label(el) || el.type} version={el}>
      <Draw el={el} />
    </Guard>
  );
});

function Draw({ el: given }: { el: GuiElement }) {
  const readOnly = useCell(useGui().readOnly);
  const el = useMemo(() => (readOnly ? disabled(given) : given), [given, readOnly]);
  const Kind = useContext(WidgetKindsContext)[el.type] as
    | ComponentType<{ el: GuiElement }>
    | undefined;
  return Kind ? <Kind el={el} /> : <UnshownWidget type={el.type} label={label(el)} />;
}

/** As it is shown to a user who may only look. */
function disabled(el: GuiElement): GuiElement {
  return "disabled" in el.props
    ? ({ ...el, props: { ...el.props, disabled: true } } as GuiElement)
    : el;
}

function label(el: GuiElement): string {
  return "label" in el.props && typeof el.props.label === "string" ? el.props.label : "";
}
