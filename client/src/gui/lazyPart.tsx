import { type ComponentType, useEffect, useRef, useState } from "react";
import { useGui } from "./context";

interface LazyPart {
  /** What is not there if it can't be loaded, for the user: "The commands". */
  what: string;
  open: boolean;
  load: () => Promise<{ default: ComponentType }>;
  /** It can't be loaded. An open part that nobody sees would take the keys. */
  close: () => void;
}

/** A dialog or the like, whose code is loaded when it is first opened; null: it is not shown. */
export function useLazyPart({ what, open, load, close }: LazyPart): ComponentType | null {
  const { notices } = useGui();
  const [Part, setPart] = useState<ComponentType>();
  const failed = useRef(false);
  const latest = useRef({ load, close });
  latest.current = { load, close };
  useEffect(() => {
    if (!open || Part) return;
    const notice = `not loaded: ${what}`;
    notices.close(notice);
    if (failed.current) styleSheetsAgain();
    void start();
    async function start() {
      try {
        const { default: loaded } = await latest.current.load();
        setPart(() => loaded);
      } catch (error) {
        console.warn("viser: a part of the page could not be loaded:", error);
        failed.current = true;
        latest.current.close();
        notices.show(notice, {
          title: `${what} could not be loaded`,
          body: "There is no connection to the server. Try again when it is back.",
          loading: false,
          closable: true,
          autoCloseMs: 8_000,
        });
      }
    }
  }, [open, Part, notices, what]);
  return open && Part ? Part : null;
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
