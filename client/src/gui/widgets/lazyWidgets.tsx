import { lazy, Suspense } from "react";
import type { ElementOf } from "../store/elements";

// Rarely used widgets, in separate chunks.
const Table = lazy(async () => ({ default: (await import("./table")).TableWidget }));
const Log = lazy(async () => ({ default: (await import("./log")).LogWidget }));
const Many = lazy(() => import("./multiSelect"));
const View = lazy(() => import("../imageView/imageView"));

export function ImageViewWidget({ el }: { el: ElementOf<"GuiImageViewMessage"> }) {
  return (
    <Suspense>
      <View el={el} />
    </Suspense>
  );
}

export function TableWidget({ el }: { el: ElementOf<"GuiTableMessage"> }) {
  return (
    <Suspense>
      <Table el={el} />
    </Suspense>
  );
}

export function LogWidget({ el }: { el: ElementOf<"GuiLogMessage"> }) {
  return (
    <Suspense>
      <Log el={el} />
    </Suspense>
  );
}

export function MultiSelectWidget({ el }: { el: ElementOf<"GuiMultiSelectMessage"> }) {
  return (
    <Suspense>
      <Many el={el} />
    </Suspense>
  );
}
