import { Disposables } from "../../shared/disposables";
import "./hints.css";
import { type CSSProperties, useEffect, useState } from "react";

const DELAY_MS = 350;
/** A shorter touch is a tap. */
const HOLD_MS = 300;
const MAX_WIDTH = 260;
const GAP = 8;

interface Shown {
  text: string;
  /** Rectangle of the element that has the hint. */
  at: DOMRect;
  /** Shown for a touch: the finger hides what is below. */
  touch: boolean;
}

/**
 * One tooltip for the whole panel: elements only carry data-hint. Hundreds of widgets with a tooltip
 * component each would cost more than the widgets. Screen readers get hints by aria-description.
 */
export function Hints() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const hints = watchHints(setShown);
    return () => hints.dispose();
  }, []);

  if (!shown) return null;
  return (
    <div
      className="vg-hint"
      role="tooltip"
      style={shown.touch ? placeAbove(shown.at) : place(shown.at)}
    >
      {shown.text}
    </div>
  );
}

/**
 * Shows the hint of the element under the mouse or with a visible focus. For touch it shows that of a label, while
 * that is held: a hint that opened with the focus would cover the next fields while a user types.
 */
function watchHints(show: (shown: Shown | null) => void): Disposables {
  // On the document, since modals and popovers are outside of the panel.
  const page = document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Element | null = null;
  let touch = false;
  // The element whose hint the current touch has shown.
  let held: Element | null = null;
  const open = (element: Element, delay: number) => {
    timer = setTimeout(() => {
      if (touch) held = element;
      show(read(element, touch));
    }, delay);
  };
  const conceal = () => {
    clearTimeout(timer);
    show(null);
  };
  const hide = () => {
    current = null;
    conceal();
  };
  const point = (event: Event) => {
    if (isTouch(event) || !showsHint(event, touch)) return;
    const element = hinted(event);
    if (element === current) return;
    hide();
    current = element;
    if (element) open(element, DELAY_MS);
  };
  // After a press the hint stays hidden until the mouse has left the element.
  const press = (event: PointerEvent) => {
    conceal();
    held = null;
    touch = isTouch(event);
    const label = touch && event.target instanceof Element && event.target.closest(".vg-label");
    const element = label && hinted(event);
    if (element) open(element, HOLD_MS);
  };
  const lift = (event: PointerEvent) => {
    if (isTouch(event)) hide();
  };
  // A user who holds a label reads its hint: that must not activate its control.
  const click = (event: Event) => {
    if (held !== null && hinted(event) === held) event.preventDefault();
    held = null;
  };
  const key = (event: KeyboardEvent) => {
    held = null;
    if (event.key === "Escape") conceal();
  };
  const listeners = new Disposables();
  listeners.add(() => clearTimeout(timer));
  listeners.listen(page, "pointerover", point);
  listeners.listen(page, "focusin", point);
  listeners.listen(page, "pointerleave", hide);
  listeners.listen(page, "focusout", hide);
  listeners.listen(page, "pointerdown", press);
  listeners.listen(page, "pointerup", lift);
  listeners.listen(page, "pointercancel", lift);
  listeners.listen(page, "click", click, { capture: true });
  listeners.listen(page, "scroll", hide, { capture: true });
  listeners.listen(page, "keydown", key);
  return listeners;
}

function isTouch(event: Event): boolean {
  return "pointerType" in event && event.pointerType === "touch";
}

/** The element with a hint that an event is in. */
function hinted(event: Event): Element | null {
  return event.target instanceof Element ? event.target.closest("[data-hint]") : null;
}

/** Whether an event of mouse or focus shows a hint: of the focus only a visible one, and not on a touch screen. */
function showsHint(event: Event, touched: boolean): boolean {
  if (event.type !== "focusin") return true;
  if (touched || matchMedia("(hover: none)").matches) return false;
  return (event.target as Element).matches(":focus-visible");
}

function read(element: Element, touch: boolean): Shown | null {
  const text = element.getAttribute("data-hint");
  return text && element.isConnected ? { text, at: element.getBoundingClientRect(), touch } : null;
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

/** Above the element, where no finger is; below it only at the top of the page. */
function placeAbove(at: DOMRect): CSSProperties {
  const left = Math.max(GAP, at.left);
  const vertical = at.top > 60 ? { bottom: innerHeight - at.top + GAP } : { top: at.bottom + GAP };
  return { ...vertical, left, maxWidth: Math.min(MAX_WIDTH, innerWidth - left - GAP) };
}
