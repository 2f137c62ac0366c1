import { lazy, Suspense } from "react";
import type { ElementOf } from "../store/elements";

// What most panels do not have comes with the first that has.
const Table = lazy(async () => ({ default: (await import("./table")).TableWidget }));
const Log = lazy(async () => ({ default: (await import("./log")).LogWidget }));
const Many = lazy(() => import("./multiSelect"));

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
