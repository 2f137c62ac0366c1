import { type ComponentType, lazy, Suspense } from "react";
import type { ElementOf } from "../store/elements";

// Most panels have no charts: their code comes with the first.
const Chart = lazy(() => import("./uplotChart"));
const Figure = lazy(async () => ({ default: (await import("./plotlyFigure")).PlotlyWidget }));

function onceLoaded<P extends object>(Kind: ComponentType<P>) {
  return (props: P) => (
    <Suspense fallback={<p className="vg-note">Loading the plot …</p>}>
      <Kind {...props} />
    </Suspense>
  );
}

export const PlotlyWidget = onceLoaded<{ el: ElementOf<"GuiPlotlyMessage"> }>(Figure);
export const UplotWidget = onceLoaded<{ el: ElementOf<"GuiUplotMessage"> }>(Chart);
