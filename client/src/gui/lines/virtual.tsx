import { type ReactNode, useLayoutEffect, useState } from "react";
import { Disposables } from "../../shared/disposables";

/** Extra rows above and below the visible ones, so that scrolling shows no gaps. */
const SPARE = 6;
/** Browsers limit the height of elements to some ten million pixels. */
export const MAX_PX = 8_000_000;

interface VirtualProps {
  /** State, not a ref: the element is mounted only after its children. */
  box: HTMLElement | null;
  count: number;
  rowHeight: number;
  row: (index: number, top: number) => ReactNode;
}

/** Renders only the visible rows of a scrolling box. */
export function VirtualRows({ box, count, rowHeight, row }: VirtualProps) {
  const view = useView(box);
  const total = count * rowHeight;
  const height = Math.min(total, MAX_PX);
  // With more rows than the maximum height allows, a pixel of scrolling moves by several.
  const scrollRange = Math.max(1, height - view.height);
  const at = total > height ? (view.top / scrollRange) * (total - view.height) : view.top;
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
    const disposables = new Disposables();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    disposables.add(() => observer.disconnect());
    disposables.listen(element, "scroll", measure, { passive: true });
    return () => disposables.dispose();
  }, [element]);
  return view;
}
