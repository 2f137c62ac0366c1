import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { useCell, useGui } from "../context";
import { plan, type Size, type Stage } from "./geometry";

const REM = { small: 16, medium: 20, large: 24 } as const;

/** The area for panels; sets the page's insets for docked ones. */
export function useStage(
  ref: RefObject<HTMLElement | null>,
  phone: boolean,
  shown: ReadonlySet<string>,
): Stage {
  const { panel, theme } = useGui();
  const size = useSize(ref);
  const arrangement = useCell(panel.arrangement);
  const defaultWidth = REM[useCell(theme.program).width] * rem();
  const planned = useMemo(
    () => plan(arrangement, shown, size, defaultWidth),
    [arrangement, shown, size, defaultWidth],
  );
  useInset(ref, "left", phone ? 0 : planned.inset.left);
  useInset(ref, "right", phone ? 0 : planned.inset.right);
  return useMemo(() => ({ size, defaultWidth, plan: planned }), [size, defaultWidth, planned]);
}

function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>(() => ({ width: innerWidth, height: innerHeight }));
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0)
        setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** Insets of the scene, the logo and the notifications; see app.css. */
function useInset(
  ref: RefObject<HTMLElement | null>,
  side: "left" | "right",
  pixels: number,
): void {
  useEffect(() => {
    const page = ref.current?.closest<HTMLElement>(".vg-root")?.parentElement?.parentElement;
    if (!page || pixels === 0) return;
    const name = `--viser-dock-${side}`;
    page.style.setProperty(name, `${pixels}px`);
    return () => {
      page.style.removeProperty(name);
    };
  }, [ref, side, pixels]);
}
