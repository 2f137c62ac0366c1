import "./lookOnly.css";
import { MantineProvider } from "@mantine/core";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Disposables } from "../shared/disposables";
import { Palette } from "./commands/palette";
import { PhoneContext, useCell, useGui } from "./context";
import { themeFor } from "./mantine";
import { Hints } from "./panel/hints";
import { InScene } from "./panel/inScene";
import { Modals } from "./panel/modals";
import { Panels } from "./panel/panels";
import { Titlebar } from "./panel/titlebar";
import { Pictures } from "./picture/pictures";
import { TimelineStrip } from "./timeline/timeline";
import { DroppedFiles } from "./uploads/droppedFiles";

/** Up to this width the panel is a sheet at the bottom. */
const PHONE_PX = 768;

export function App() {
  const { theme } = useGui();
  const { colors } = useCell(theme.program);
  const dark = useCell(theme.dark);
  const mantine = useMemo(() => themeFor(colors), [colors]);
  return (
    <MantineProvider
      theme={mantine}
      forceColorScheme={dark ? "dark" : "light"}
      withGlobalClasses={false}
    >
      <Page />
    </MantineProvider>
  );
}

function Page() {
  const root = useRef<HTMLDivElement>(null);
  const phone = usePhone(root);
  useKeyboardInset(root);
  useLookOnly();
  return (
    <PhoneContext.Provider value={phone}>
      <div
        ref={root}
        className="vg-root"
        data-layout={phone ? "phone" : "wide"}
        // Pointer events outside of the panel go to the scene below.
        style={{ pointerEvents: "none" }}
      >
        <Titlebar />
        <Panels phone={phone} />
        <InScene />
        <Modals />
        <Palette />
        <Pictures />
        <TimelineStrip />
        <DroppedFiles />
        <Hints />
      </div>
    </PhoneContext.Provider>
  );
}

/** For lookOnly.css. The attribute is that of the document, since dropdowns and modals are outside of the panel. */
function useLookOnly(): void {
  const readOnly = useCell(useGui().readOnly);
  useLayoutEffect(() => {
    const page = document.documentElement;
    page.toggleAttribute("data-look-only", readOnly);
    return () => page.removeAttribute("data-look-only");
  }, [readOnly]);
}

/** By the size of the page's element: it may be embedded in a frame smaller than the window. */
function usePhone(root: RefObject<HTMLDivElement | null>): boolean {
  const [phone, setPhone] = useState(() => window.innerWidth <= PHONE_PX);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const measure = () => {
      if (element.clientWidth > 0) setPhone(element.clientWidth <= PHONE_PX);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [root]);
  return phone;
}

/** On phones the on-screen keyboard covers the bottom of the page, where the panel is: moves the panel up. */
function useKeyboardInset(root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const update = () => {
      const covered = window.innerHeight - viewport.height - viewport.offsetTop;
      root.current?.style.setProperty("--vg-keyboard", `${Math.max(0, Math.round(covered))}px`);
    };
    const listeners = new Disposables();
    listeners.listen(viewport, "resize", update);
    listeners.listen(viewport, "scroll", update);
    return () => listeners.dispose();
  }, [root]);
}
