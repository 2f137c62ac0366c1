/** The canvas of the scene, with what belongs to it alone: renderer, size, background and tone mapping. */
import {
  ACESFilmicToneMapping,
  Color,
  NoToneMapping,
  PCFShadowMap,
  SRGBColorSpace,
  WebGLRenderer,
} from "three";
import type { ToneMapping } from "../protocol/messages.gen";
import { Disposables } from "../shared/disposables";
import { omitTexturesFromShadows } from "./shadowTextures";

/** More than two pixels for each CSS pixel cost much and show little. */
const MAX_PIXEL_RATIO = 2;
/** The page's own colors (app.css), for a page without that style sheet. */
const BACKGROUND = { light: "#ffffff", dark: "#1a1d21" };

/** Size of the canvas in CSS pixels, and how many device pixels one of them has on a side. */
export interface CanvasSize {
  width: number;
  height: number;
  ratio: number;
}

export class SceneCanvas {
  readonly element = document.createElement("canvas");
  readonly renderer: WebGLRenderer;
  private readonly disposables = new Disposables();
  private ratio: number | null = null;
  private sizeChanged = true;
  private dark = false;

  /**
   * Throws when there is no WebGL 2. `resized` is called when the canvas will have another size, which
   * applySize() then gives it.
   */
  constructor(
    private readonly container: HTMLElement,
    private readonly resized: () => void,
  ) {
    const { element } = this;
    Object.assign(element.style, {
      position: "absolute",
      inset: "0",
      width: "100%",
      height: "100%",
      display: "block",
      touchAction: "none",
    });
    element.tabIndex = 0;
    element.setAttribute("aria-label", "3D scene");
    this.renderer = new WebGLRenderer({ canvas: element, ...opaqueContext(element) });
    this.renderer.outputColorSpace = SRGBColorSpace;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.shadowMap.autoUpdate = false;
    this.setToneMapping("linear");
    omitTexturesFromShadows();
    container.append(element);
    this.watchSize();
  }

  /** Samples per pixel. */
  get samples(): number {
    const gl = this.renderer.getContext();
    return Math.min(gl.getParameter(gl.SAMPLES), this.renderer.capabilities.maxSamples);
  }

  /** Applies to lit surfaces; everything else is drawn in its own colors. */
  setToneMapping(mapping: ToneMapping): void {
    this.renderer.toneMapping = mapping === "filmic" ? ACESFilmicToneMapping : NoToneMapping;
  }

  setDark(dark: boolean): void {
    this.dark = dark;
    this.paintBackground();
  }

  /** Sets the clear color from the page's style sheet. Needed again after the context was restored. */
  paintBackground(): void {
    const page = getComputedStyle(this.container).getPropertyValue("--viser-page").trim();
    const color = new Color(BACKGROUND[this.dark ? "dark" : "light"]);
    if (/^#[0-9a-f]{6}$/i.test(page)) color.setStyle(page);
    this.renderer.setClearColor(color, 1);
  }

  /** Device pixels per CSS pixel; null: as the screen has, within limits. */
  setPixelRatio(ratio: number | null): void {
    this.ratio = ratio;
    this.changeSize();
  }

  /** Gives the canvas the size of its container; null when it has that size already. */
  applySize(): CanvasSize | null {
    if (!this.sizeChanged) return null;
    this.sizeChanged = false;
    const ratio = this.ratio ?? Math.min(window.devicePixelRatio || 1, MAX_PIXEL_RATIO);
    const width = Math.max(1, this.container.clientWidth);
    const height = Math.max(1, this.container.clientHeight);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    return { width, height, ratio };
  }

  dispose(): void {
    this.disposables.dispose();
    this.renderer.dispose();
    // Frees what three.js keeps for itself (its shadow programs), and the context: browsers allow only a few.
    this.renderer.forceContextLoss();
    this.element.remove();
  }

  private changeSize(): void {
    this.sizeChanged = true;
    this.resized();
  }

  private watchSize(): void {
    const observer = new ResizeObserver(() => this.changeSize());
    observer.observe(this.container);
    this.disposables.add(() => observer.disconnect());
    // Moving the window to another screen changes the ratio, not the size.
    let query: MediaQueryList | null = null;
    const watchRatio = () => {
      query?.removeEventListener("change", watchRatio);
      query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener("change", watchRatio);
      this.changeSize();
    };
    watchRatio();
    this.disposables.add(() => query?.removeEventListener("change", watchRatio));
  }
}

/**
 * A context without alpha. three.js would request one with alpha, in which the page is visible through the
 * smoothed edges of points.
 */
function opaqueContext(canvas: HTMLCanvasElement): { context?: WebGL2RenderingContext } {
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: true,
    depth: true,
    stencil: false,
    powerPreference: "high-performance",
  });
  // Without one, three.js throws an error with the reason.
  return gl ? { context: gl } : {};
}
