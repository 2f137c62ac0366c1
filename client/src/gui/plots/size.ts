import { type RefObject, useLayoutEffect, useState } from "react";

/** Limits of a chart's width and height in pixels. */
const MIN_PX = 40;
const MAX_PX = 4000;

/** The element's width in pixels; 0 while unknown or hidden. */
export function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

/** The height for an aspect ratio. */
export function heightFor(width: number, aspect: number): number {
  const height = Math.round(width / (aspect > 0 ? aspect : 1));
  return Math.min(MAX_PX, Math.max(MIN_PX, height));
}
