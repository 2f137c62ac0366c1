import { type RefObject, useLayoutEffect } from "react";

/** The sheet's round corners lie on the picture. */
const CORNER_PX = 14;

/**
 * On phones the picture ends where the sheet begins: else what the camera looks at, in the middle of the
 * page, would lie at the sheet's edge, and what a program points out under it.
 */
export function useSheetInset(phone: boolean, sheet: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = sheet.current;
    const page = element?.closest<HTMLElement>(".viser-page");
    if (!phone || !page || !element) return;
    const observer = new ResizeObserver(() => {
      const room = Math.max(0, element.offsetHeight - CORNER_PX);
      page.style.setProperty("--viser-dock-bottom", `${room}px`);
      page.style.setProperty("--viser-sheet-corner", `${element.offsetHeight - room}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      page.style.removeProperty("--viser-dock-bottom");
      page.style.removeProperty("--viser-sheet-corner");
    };
  }, [phone, sheet]);
}
