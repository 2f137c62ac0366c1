import { lazy, Suspense } from "react";
import { useCell, useGui } from "../context";

const PaletteBox = lazy(() => import("./paletteBox"));

/** The command palette; its code is loaded when it is first opened. */
export function Palette() {
  const open = useCell(useGui().commands.palette);
  return (
    open && (
      <Suspense fallback={null}>
        <PaletteBox />
      </Suspense>
    )
  );
}
