import { type ComponentType, memo } from "react";
import { useElement } from "../context";
import type { ElementOf, ElementType, GuiElement } from "../store/elements";
import { ButtonGroupWidget, ButtonWidget } from "./buttons";
import { ColorWidget } from "./colorInput";
import { FolderWidget, FormWidget, TabsWidget } from "./containers";
import { DividerWidget, ImageWidget, ProgressWidget, UnshownWidget } from "./display";
import { DropdownWidget } from "./dropdown";
import { Guard } from "./guard";
import { CheckboxWidget, NumberWidget, SliderWidget, TextWidget, VectorWidget } from "./inputs";
import { LogWidget, MultiSelectWidget, TableWidget } from "./lazyWidgets";
import { MultiSliderWidget } from "./multiSlider";
import { PlotlyWidget, UplotWidget } from "./plots";
import { HtmlWidget, MarkdownWidget } from "./textDisplay";
import { UploadWidget } from "./upload";

type Kinds = { [T in ElementType]?: ComponentType<{ el: ElementOf<T> }> };

/** What draws each kind. A kind that is missing here says so in its place. */
const KINDS: Kinds = {
  GuiFolderMessage: FolderWidget,
  GuiFormMessage: FormWidget,
  GuiTabGroupMessage: TabsWidget,
  GuiPanelMessage: TabsWidget,
  GuiButtonMessage: ButtonWidget,
  GuiButtonGroupMessage: ButtonGroupWidget,
  GuiSliderMessage: SliderWidget,
  GuiMultiSliderMessage: MultiSliderWidget,
  GuiNumberMessage: NumberWidget,
  GuiTextMessage: TextWidget,
  GuiCheckboxMessage: CheckboxWidget,
  GuiDropdownMessage: DropdownWidget,
  GuiRgbMessage: ColorWidget,
  GuiRgbaMessage: ColorWidget,
  GuiVector2Message: VectorWidget,
  GuiVector3Message: VectorWidget,
  GuiMarkdownMessage: MarkdownWidget,
  GuiHtmlMessage: HtmlWidget,
  GuiImageMessage: ImageWidget,
  GuiProgressBarMessage: ProgressWidget,
  GuiDividerMessage: DividerWidget,
  GuiUploadButtonMessage: UploadWidget,
  GuiTableMessage: TableWidget,
  GuiLogMessage: LogWidget,
  GuiMultiSelectMessage: MultiSelectWidget,
  GuiPlotlyMessage: PlotlyWidget,
  GuiUplotMessage: UplotWidget,
};

/** One widget: watches its own element only. */
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

function Draw({ el }: { el: GuiElement }) {
  const Kind = KINDS[el.type] as ComponentType<{ el: GuiElement }> | undefined;
  return Kind ? <Kind el={el} /> : <UnshownWidget type={el.type} label={label(el)} />;
}

function label(el: GuiElement): string {
  return "label" in el.props && typeof el.props.label === "string" ? el.props.label : "";
}
