import { type ComponentType, useEffect, useRef, useState } from "react";
import { useCell, useGui } from "../context";

const NOT_LOADED = "commands not loaded";

/** The command palette; its code is loaded when it is first opened. */
export function Palette() {
  const { commands, notices } = useGui();
  const open = useCell(commands.palette);
  const [Box, setBox] = useState<ComponentType>();
  const failed = useRef(false);
  useEffect(() => {
    if (!open || Box) return;
    notices.close(NOT_LOADED);
    if (failed.current) styleSheetsAgain();
    void load();
    async function load() {
      try {
        const { default: loaded } = await import("./paletteBox");
        setBox(() => loaded);
      } catch (error) {
        console.warn("viser: the command palette could not be loaded:", error);
        failed.current = true;
        // An open palette that nobody sees would take the keys.
        commands.closePalette();
        notices.show(NOT_LOADED, {
          title: "The commands could not be loaded",
          body: "There is no connection to the server. Try again when it is back.",
          loading: false,
          closable: true,
          autoCloseMs: 8_000,
        });
      }
    }
  }, [open, Box, commands, notices]);
  return open && Box && <Box />;
}

/** Loads style sheets that have failed once more: an import takes those of the document as loaded. */
function styleSheetsAgain(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
    if (!isLoaded(link)) link.replaceWith(link.cloneNode());
}

/** One that has failed has a sheet, whose rules cannot be read. */
function isLoaded(link: HTMLLinkElement): boolean {
  try {
    return link.sheet?.cssRules !== undefined;
  } catch {
    return false;
  }
}
