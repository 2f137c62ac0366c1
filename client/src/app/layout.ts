import type { DummyWindow } from "../shared/params";

export interface Layout {
  /** The container of the 3D canvas. */
  scene: HTMLElement;
  /** Covers the scene; passes the pointer through where it has no element of its own. */
  gui: HTMLElement;
  /** The page's own elements at the bottom left: logo, statistics. */
  corner: HTMLElement;
  /** Below all others, as high as what is in it: the timeline. */
  strip: HTMLElement;
}

/** Fills root with the page's frame. */
export function buildLayout(root: HTMLElement, dummyWindow: DummyWindow | null): Layout {
  const page = dummyWindow ? windowFrame(root, dummyWindow) : root;
  page.classList.add("viser-page");
  const area = page.appendChild(box("viser-area"));
  return {
    scene: area.appendChild(box("viser-scene")),
    corner: area.appendChild(box("viser-corner")),
    gui: area.appendChild(box("viser-gui")),
    strip: page.appendChild(box("viser-strip")),
  };
}

function windowFrame(root: HTMLElement, { size, title }: DummyWindow): HTMLElement {
  root.classList.add("viser-desktop");
  const frame = root.appendChild(box("viser-window"));
  if (size !== "fill") {
    frame.style.width = `${size[0]}px`;
    frame.style.height = `${size[1]}px`;
  } else frame.classList.add("viser-window-fill");
  const bar = frame.appendChild(box("viser-window-bar"));
  for (let i = 0; i < 3; i++) bar.appendChild(box("viser-window-dot"));
  const label = bar.appendChild(box("viser-window-title"));
  label.textContent = title;
  return frame.appendChild(box("viser-window-content"));
}

function box(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}
