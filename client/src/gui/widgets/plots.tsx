import { type ComponentType, lazy, Suspense } from "react";
import type { ElementOf } from "../store/elements";

// In separate chunks, loaded with the first chart.
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
