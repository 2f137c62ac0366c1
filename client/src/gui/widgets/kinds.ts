import { ButtonGroupWidget, ButtonWidget } from "./buttons";
import { ColorWidget } from "./colorInput";
import { FolderWidget, FormWidget, TabsWidget } from "./containers";
import { DividerWidget, ImageWidget, ProgressWidget } from "./display";
import { DropdownWidget } from "./dropdown";
import { CheckboxWidget, NumberWidget, TextWidget, VectorWidget } from "./inputs";
import { ImageViewWidget, LogWidget, MultiSelectWidget, TableWidget } from "./lazyWidgets";
import { MultiSliderWidget } from "./multiSlider";
import { PlotlyWidget, UplotWidget } from "./plots";
import { SliderWidget } from "./slider";
import { HtmlWidget, MarkdownWidget } from "./textDisplay";
import { UploadWidget } from "./upload";
import type { WidgetKinds } from "./widget";

/** The component for each type of widget. Unknown types get a placeholder. */
export const WIDGET_KINDS: WidgetKinds = {
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
  GuiImageViewMessage: ImageViewWidget,
  GuiPlotlyMessage: PlotlyWidget,
  GuiUplotMessage: UplotWidget,
};
