import "./frame.css";
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useRef,
} from "react";
import { useCell, useGui } from "../context";
import {
  dock,
  float,
  isCollapsed,
  raise,
  setHeight,
  setWidth,
  split,
  windowOf,
} from "./arrangement";
import { collapsesTo, dropAt, type Stage, spotAt } from "./geometry";
import { CONTROL_PANEL } from "./panelState";
import { useSheetInset } from "./sheetInset";

export interface FrameProps {
  id: string;
  name: string;
  head: ReactNode;
  phone: boolean;
  stage: Stage;
  children: ReactNode;
}

/** A panel's window: position, and moving it by its heading. */
export function Frame({ id, name, head, phone, stage, children }: FrameProps) {
  const { panel } = useGui();
  const arrangement = useCell(panel.arrangement);
  const sheet = useCell(panel.sheet);
  const box = useRef<HTMLElement>(null);
  const move = useMove(id, stage, box);
  const pull = usePull();
  useSheetInset(phone, box);
  const collapsed = isCollapsed(arrangement, id);
  const place = stage.plan.boxes.get(id);
  const style: CSSProperties = phone
    ? { "--vg-sheet": `${Math.round(sheet * 100)}%` }
    : stylePlace(stage, id, collapsed);
  const Name = id === CONTROL_PANEL ? "aside" : "section";
  return (
    <Name
      ref={box as never}
      className="vg-panel"
      aria-label={name}
      data-collapsed={collapsed || undefined}
      data-docked={(!phone && place?.docked) || undefined}
      data-collapses={collapsesTo(phone ? null : (place ?? null))}
      hidden={!phone && place?.away}
      style={style}
      onPointerDownCapture={() => {
        if (!phone) panel.arrangement.update((a) => raise(a, id));
      }}
    >
      <header className="vg-head" {...(phone ? pull : move)}>
        {head}
      </header>
      {children}
      {!phone && place && !place.docked && !collapsed && (
        <Corner id={id} name={name} stage={stage} box={box} />
      )}
    </Name>
  );
}

function stylePlace(stage: Stage, id: string, collapsed: boolean): CSSProperties {
  const b = stage.plan.boxes.get(id);
  if (!b) return { display: "none" };
  return {
    left: b.left,
    width: b.width,
    ...(b.top !== null && { top: b.top }),
    ...(b.bottom !== null && { bottom: b.bottom }),
    ...(b.height !== null && !(collapsed && !b.docked) && { height: b.height }),
    maxHeight: b.maxHeight,
    zIndex: b.z,
  };
}

/** A press that moves less than this is a click. */
const CLICK_PX = 4;

type HeadEvent = PointerEvent<HTMLElement>;

interface Handlers {
  /** Called for each movement; `first` for the first one of a drag. */
  onMove: (event: HeadEvent, dx: number, dy: number, first: boolean) => void;
  onEnd?: () => void;
  onClick?: () => void;
}

/** Tracks the pointer from pointerdown to pointerup. */
export function usePointerDrag({ onMove, onEnd, onClick }: Handlers) {
  const start = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  return {
    onPointerDown: (e: HeadEvent) => {
      const inner = (e.target as Element).closest("button, a, input, [role=tab]");
      if (e.button !== 0 || (inner && inner !== e.currentTarget)) return;
      start.current = { x: e.clientX, y: e.clientY, moved: false };
      e.currentTarget.setPointerCapture?.(e.pointerId);
    },
    onPointerMove: (e: HeadEvent) => {
      const from = start.current;
      if (!from) return;
      const dx = e.clientX - from.x;
      const dy = e.clientY - from.y;
      if (!from.moved && Math.hypot(dx, dy) < CLICK_PX) return;
      onMove(e, dx, dy, !from.moved);
      from.moved = true;
    },
    onPointerUp: () => {
      const { current } = start;
      start.current = null;
      if (current?.moved) onEnd?.();
      else if (current) onClick?.();
    },
    onPointerCancel: () => {
      if (start.current?.moved) onEnd?.();
      start.current = null;
    },
  };
}

/** Moves a panel with the pointer; released near an edge or over a docked panel, it docks there. */
function useMove(id: string, stage: Stage, box: { current: HTMLElement | null }) {
  const { panel } = useGui();
  const from = useRef({ left: 0, top: 0, width: 0 });
  return usePointerDrag({
    onMove: (e, dx, dy, first) => {
      const self = box.current?.getBoundingClientRect();
      const page = box.current?.parentElement?.getBoundingClientRect();
      if (!self || !page) return;
      const docked = Boolean(stage.plan.boxes.get(id)?.docked);
      if (first)
        from.current = { left: self.left - page.left, top: self.top - page.top, width: self.width };
      const { left, top, width } = from.current;
      panel.arrangement.update((a) =>
        float(a, id, spotAt(left + dx, top + dy, width, stage.size, stage.plan.inset)),
      );
      if (first && docked)
        panel.arrangement.update((a) => setWidth(a, id, windowOf(a, id)?.width ?? null));
      panel.drop.set(
        dropAt(
          id,
          e.clientX - page.left,
          e.clientY - page.top,
          stage.plan,
          stage.size,
          stage.defaultWidth,
        ),
      );
    },
    onEnd: () => {
      const drop = panel.drop.get();
      panel.drop.set(null);
      if (!drop) return;
      panel.arrangement.update((a) =>
        drop.kind === "edge" ? dock(a, id, drop.side) : split(a, id, drop.anchor, drop.where),
      );
    },
    onClick: () => {
      if (!stage.plan.boxes.get(id)?.docked) panel.toggle(id);
    },
  });
}

/** On phones, dragging the heading resizes the sheet. */
function usePull() {
  const { panel } = useGui();
  const from = useRef(0);
  return usePointerDrag({
    onMove: (e, _, dy, first) => {
      const height = e.currentTarget.closest(".vg-stage")?.clientHeight ?? 0;
      if (height === 0) return;
      if (first) from.current = panel.collapsed(CONTROL_PANEL) ? 0 : panel.sheet.get();
      const part = from.current - dy / height;
      panel.setCollapsed(CONTROL_PANEL, part < 0.15);
      panel.sheet.set(Math.min(0.85, Math.max(0.2, part)));
    },
    onClick: () => panel.toggle(CONTROL_PANEL),
  });
}

const STEP = 16;

interface CornerProps {
  id: string;
  name: string;
  stage: Stage;
  box: { current: HTMLElement | null };
}

/** The resize handle of a floating panel, by dragging or with the arrow keys. */
function Corner({ id, name, stage, box }: CornerProps) {
  const { panel } = useGui();
  const spot = windowOf(panel.arrangement.get(), id)?.spot;
  const from = useRef({ width: 0, height: 0 });
  // The handle is at the side that is not anchored.
  const right = spot?.side !== "right";
  const measure = () => {
    const r = box.current?.getBoundingClientRect();
    from.current = { width: r?.width ?? stage.defaultWidth, height: r?.height ?? 0 };
  };
  const resize = (dx: number, dy: number) => {
    const { width, height } = from.current;
    panel.arrangement.update((a) => {
      const wide = dx === 0 ? a : setWidth(a, id, width + (right ? dx : -dx));
      return dy === 0 ? wide : setHeight(wide, id, height + dy);
    });
  };
  const drag = usePointerDrag({
    onMove: (_, dx, dy, first) => {
      if (first) measure();
      resize(dx, dy);
    },
  });
  const key = (e: KeyboardEvent) => {
    const way = ARROWS[e.key];
    if (!way) return;
    e.preventDefault();
    measure();
    resize(way[0] * STEP, way[1] * STEP);
  };
  return (
    <button
      type="button"
      className="vg-corner"
      data-side={right ? "right" : "left"}
      aria-label={`Resize ${name}`}
      aria-description="The arrow keys change the size"
      data-arrows
      {...drag}
      onKeyDown={key}
    />
  );
}

export const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
