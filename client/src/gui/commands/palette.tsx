import { useCell, useGui } from "../context";
import { useLazyPart } from "../lazyPart";

/** The command palette. */
export function Palette() {
  const { commands } = useGui();
  const Box = useLazyPart({
    what: "The commands",
    open: useCell(commands.palette),
    load: () => import("./paletteBox"),
    close: () => commands.closePalette(),
  });
  return Box && <Box />;
}
