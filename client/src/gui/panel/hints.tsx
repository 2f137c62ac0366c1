import { Disposables } from "../../shared/disposables";
import "./hints.css";
import { type CSSProperties, useEffect, useState } from "react";

const DELAY_MS = 350;
const MAX_WIDTH = 260;
const GAP = 8;

interface Shown {
  text: string;
  /** Rectangle of the element that has the hint. */
  at: DOMRect;
}

/**
 * One tooltip for the whole panel: elements only carry data-hint. Hundreds of widgets with a tooltip
 * component each would cost more than the widgets. Screen readers get hints by aria-description.
 */
export function Hints() {
  const [shown, setShown] = useState<Shown | null>(null);

  useEffect(() => {
    // On the document, since modals and popovers are outside of the panel.
    const page = document.documentElement;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: Element | null = null;
    const hide = () => {
      clearTimeout(timer);
      current = null;
      setShown(null);
    };
    const point = (event: Event) => {
      if (!showsHint(event)) return;
      const element = event.target instanceof Element ? event.target.closest("[data-hint]") : null;
      if (element === current) return;
      hide();
      current = element;
      if (element) timer = setTimeout(() => setShown(read(element)), DELAY_MS);
    };
    // After a press the hint stays hidden until the pointer has left the element.
    const press = () => {
      clearTimeout(timer);
      setShown(null);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") press();
    };
    const listeners = new Disposables();
    listeners.listen(page, "pointerover", point);
    listeners.listen(page, "focusin", point);
    listeners.listen(page, "pointerleave", hide);
    listeners.listen(page, "focusout", hide);
    listeners.listen(page, "pointerdown", press);
    listeners.listen(page, "scroll", hide, { capture: true });
    listeners.listen(page, "keydown", key);
    return () => {
      clearTimeout(timer);
      listeners.dispose();
    };
  }, []);

  if (!shown) return null;
  return (
    <div className="vg-hint" role="tooltip" style={place(shown.at)}>
      {shown.text}
    </div>
  );
}

/** Whether an event shows a hint: not touch, except on labels; focus only if visible. */
function showsHint(event: Event): boolean {
  const target = event.target as Element;
  if (event instanceof PointerEvent && event.pointerType === "touch") {
    return target.closest(".vg-label") !== null;
  }
  return event.type !== "focusin" || target.matches(":focus-visible");
}

function read(element: Element): Shown | null {
  const text = element.getAttribute("data-hint");
  return text && element.isConnected ? { text, at: element.getBoundingClientRect() } : null;
}

/** Beside the element if there is space, else above or below it. */
function place(at: DOMRect): CSSProperties {
  const middle = at.top + at.height / 2;
  const beside = { top: middle, maxWidth: MAX_WIDTH, transform: "translateY(-50%)" };
  const wide = at.width > 100;
  if (wide && at.left > MAX_WIDTH + GAP) return { ...beside, right: innerWidth - at.left + GAP };
  if (wide && innerWidth - at.right > MAX_WIDTH + GAP) return { ...beside, left: at.right + GAP };
  const right = Math.max(GAP, innerWidth - at.right);
  const below = at.bottom + 60 < innerHeight;
  const vertical = below ? { top: at.bottom + GAP } : { bottom: innerHeight - at.top + GAP };
  return { ...vertical, right, maxWidth: Math.min(MAX_WIDTH, innerWidth - right - GAP) };
}
