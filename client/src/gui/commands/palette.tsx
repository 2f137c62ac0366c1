import { useCell, useGui } from "../context";
import { useLazyPart } from "../lazyPart";

/** The command palette, and the list of all keys. */
export function Palette() {
  const { commands } = useGui();
  const Box = useLazyPart({
    what: "The commands",
    open: useCell(commands.palette),
    load: () => import("./paletteBox"),
    close: () => commands.closePalette(),
  });
  const Keys = useLazyPart({
    what: "The list of keys",
    open: useCell(commands.keys),
    load: () => import("./keysBox"),
    close: () => commands.keys.set(false),
  });
  return (
    <>
      {Box && <Box />}
      {Keys && <Keys />}
    </>
  );
}
