import { type RefObject, useLayoutEffect } from "react";

/** The sheet's rounded corners overlap the scene. */
const CORNER_PX = 14;

/**
 * On phones the scene ends at the sheet's upper edge: otherwise the camera's target, in the middle of the page, would
 * be at the sheet's edge.
 */
export function useSheetInset(phone: boolean, sheet: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = sheet.current;
    const page = element?.closest<HTMLElement>(".viser-page");
    if (!phone || !page || !element) return;
    const observer = new ResizeObserver(() => {
      const covered = Math.max(0, element.offsetHeight - CORNER_PX);
      page.style.setProperty("--viser-dock-bottom", `${covered}px`);
      page.style.setProperty("--viser-sheet-corner", `${element.offsetHeight - covered}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      page.style.removeProperty("--viser-dock-bottom");
      page.style.removeProperty("--viser-sheet-corner");
    };
  }, [phone, sheet]);
}
