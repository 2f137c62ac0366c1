import { type ReactNode, useLayoutEffect, useState } from "react";

/** Rows above and below those in sight, lest scrolling shows holes. */
const SPARE = 6;
/** Browsers draw no element higher than some ten million pixels. */
export const MAX_PX = 8_000_000;

interface VirtualProps {
  /** As state, not as a ref: it is there only after what is inside it. */
  box: HTMLElement | null;
  count: number;
  rowHeight: number;
  row: (index: number, top: number) => ReactNode;
}

/** Draws the rows that are in sight of all those in the box, which scrolls. */
export function VirtualRows({ box, count, rowHeight, row }: VirtualProps) {
  const view = useView(box);
  const total = count * rowHeight;
  const height = Math.min(total, MAX_PX);
  // Of more rows than pixels can be had for, a pixel of scrolling passes several.
  const room = Math.max(1, height - view.height);
  const at = total > height ? (view.top / room) * (total - view.height) : view.top;
  const first = Math.max(0, Math.floor(at / rowHeight) - SPARE);
  const last = Math.min(count, Math.ceil((at + view.height) / rowHeight) + SPARE);
  const rows: ReactNode[] = [];
  for (let i = first; i < last; i++) rows.push(row(i, i * rowHeight - at + view.top));
  return (
    <div role="presentation" style={{ height, position: "relative" }}>
      {rows}
    </div>
  );
}

interface View {
  top: number;
  height: number;
}

function useView(element: HTMLElement | null): View {
  const [view, setView] = useState<View>({ top: 0, height: 400 });
  useLayoutEffect(() => {
    if (!element) return;
    const measure = () =>
      setView((old) => {
        const next = { top: element.scrollTop, height: element.clientHeight || 400 };
        return old.top === next.top && old.height === next.height ? old : next;
      });
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, [element]);
  return view;
}
