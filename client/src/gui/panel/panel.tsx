import { type CSSProperties, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { useCell, useChildren, useGui } from "../context";
import { IconButton } from "../icons";
import { PANELS, ROOT } from "../store/elements";
import { Tools } from "../tools/tools";
import { Container } from "../widgets/containers";
import { Help } from "./help";
import { MARGIN, type Placement } from "./panel-state";
import { useSheetRoom } from "./sheet-room";
import { Status } from "./status";

const WIDTHS = { small: "16rem", medium: "20rem", large: "24rem" } as const;

export interface PanelProps {
  phone: boolean;
  /** The page's box. */
  root: RefObject<HTMLDivElement | null>;
}

export function Panel({ phone, root }: PanelProps) {
  const { panel } = useGui();
  const label = useCell(panel.label);
  const collapsed = useCell(panel.collapsed);
  const view = useCell(panel.view);
  const box = useRef<HTMLElement>(null);
  const style = usePlace(phone, root);
  const floating = useDrag(box, root);
  const sheet = useSheetDrag(root);
  useSheetRoom(phone, box);
  const toggle = () => panel.collapsed.update((c) => !c);
  return (
    <aside
      ref={box}
      className="vg-panel"
      aria-label={label ?? "Control panel"}
      data-collapsed={collapsed || undefined}
      style={style}
    >
      <header className="vg-head" {...(phone ? sheet : floating)}>
        <Status />
        <h1 className="vg-title" title={label ?? undefined}>
          {label ?? "Controls"}
        </h1>
        <IconButton
          icon="tools"
          label={view === "tools" ? "Back to the controls" : "Scene and tools"}
          aria-pressed={view === "tools"}
          onClick={() => {
            panel.view.update((v) => (v === "tools" ? "controls" : "tools"));
            panel.collapsed.set(false);
          }}
        />
        <Help />
        <IconButton
          icon="chevron"
          className="vg-collapse"
          label={collapsed ? "Open the panel" : "Close the panel"}
          aria-expanded={!collapsed}
          onClick={toggle}
        />
      </header>
      {/* What is not seen stays: its folders keep their state, and what is half typed is not lost. */}
      <div className="vg-body" hidden={collapsed || view !== "controls"}>
        <Container id={ROOT} />
        <Container id={PANELS} />
        <Empty />
      </div>
      {!collapsed && view === "tools" && <Tools phone={phone} />}
    </aside>
  );
}

function Empty() {
  const { options } = useGui();
  const connection = useCell(options.connection);
  const count = useChildren(ROOT).length + useChildren(PANELS).length;
  if (count > 0 || connection.kind !== "live" || connection.replaying) return null;
  return (
    <p className="vg-note">
      The program has no controls. Scene and tools are behind the icon above.
    </p>
  );
}

/** Where the panel stands; a docked one makes the picture give way. */
function usePlace(phone: boolean, root: RefObject<HTMLDivElement | null>): CSSProperties {
  const { panel, theme } = useGui();
  const placement = useCell(panel.placement);
  const collapsed = useCell(panel.collapsed);
  const sheet = useCell(panel.sheet);
  const height = useCell(panel.height);
  const given = useCell(panel.width);
  const named = WIDTHS[useCell(theme.program).width];
  const width = given === null ? named : `${given}px`;
  const docked = !phone && placement.mode === "dock" && !collapsed;
  const { side } = placement;

  useEffect(() => {
    const page = root.current?.parentElement?.parentElement;
    if (!page || !docked) return;
    const name = `--viser-dock-${side}`;
    page.style.setProperty(name, `min(${width}, 60%)`);
    return () => {
      page.style.removeProperty(name);
    };
  }, [docked, side, width, root]);

  if (phone) return { "--vg-sheet": `${Math.round(sheet * 100)}%` };
  const common = { "--vg-width": width };
  if (docked)
    return { ...common, [side]: 0, top: 0, bottom: 0, borderRadius: 0, maxHeight: "none" };
  const top = Math.max(0, placement.y);
  return {
    ...common,
    [side]: `clamp(0px, ${placement.x}px, calc(100% - min(var(--vg-width), 100%)))`,
    top: `min(${top}px, calc(100% - 3rem))`,
    "--vg-top": `${top}px`,
    ...(height === null || collapsed ? {} : { height }),
  };
}

/** A press that moves less than this is a click. */
const CLICK_PX = 4;

type HeadEvent = PointerEvent<HTMLElement>;

/** Follows the pointer from pressing the header to letting go; a click in between toggles the panel. */
function useHeader(onMove: (event: HeadEvent, dx: number, dy: number, first: boolean) => void) {
  const { panel } = useGui();
  const start = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  return {
    onPointerDown: (e: HeadEvent) => {
      if (e.button !== 0 || (e.target as Element).closest("button, a, input")) return;
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
      if (start.current && !start.current.moved) panel.collapsed.update((c) => !c);
      start.current = null;
    },
    onPointerCancel: () => {
      start.current = null;
    },
  };
}

function useDrag(box: RefObject<HTMLElement | null>, root: RefObject<HTMLDivElement | null>) {
  const { panel } = useGui();
  const from = useRef({ left: 0, top: 0 });
  return useHeader((_, dx, dy, first) => {
    const page = root.current?.getBoundingClientRect();
    const self = box.current?.getBoundingClientRect();
    if (!page || !self) return;
    if (first) from.current = { left: self.left - page.left, top: self.top - page.top };
    const left = from.current.left + dx;
    const top = from.current.top + dy;
    panel.placement.set(placeAt(left, top, self.width, page));
  });
}

/** The side that is nearer holds the panel, so that it stays where it is when the window is resized. */
export function placeAt(
  left: number,
  top: number,
  width: number,
  page: { width: number; height: number },
): Placement {
  const right = page.width - left - width;
  const side = left < right ? "left" : "right";
  return {
    mode: "float",
    side,
    x: Math.min(Math.max(0, side === "left" ? left : right), Math.max(0, page.width - width)),
    y: Math.min(Math.max(0, top), Math.max(0, page.height - 4 * MARGIN)),
  };
}

function useSheetDrag(root: RefObject<HTMLDivElement | null>) {
  const { panel } = useGui();
  const from = useRef(0);
  return useHeader((_, __, dy, first) => {
    const page = root.current?.getBoundingClientRect();
    if (!page || page.height === 0) return;
    if (first) from.current = panel.collapsed.get() ? 0 : panel.sheet.get();
    const part = from.current - dy / page.height;
    panel.collapsed.set(part < 0.15);
    panel.sheet.set(Math.min(0.85, Math.max(0.2, part)));
  });
}
