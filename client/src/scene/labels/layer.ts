/**
 * All labels of the scene in two draw calls: those that things can hide, and those that are always on top.
 * A label is a chip and some pieces of text, each one instance of a square that faces the camera.
 *
 * Labels of a size in pixels are drawn from pieces of exactly that size, on whole pixels, so that they are
 * as sharp as the page's own text. Labels of a size in the scene come from large pieces and get smaller by
 * mipmaps.
 */
import {
  BufferAttribute,
  type Camera,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  type Object3D,
  ShaderMaterial,
  Sphere,
  Vector3,
} from "three";
import type { LabelAnchor } from "../../protocol/messages.gen";
import { capacityFor } from "../batch/slots";
import type { FrameUniforms } from "../visual";
import { Atlas, type Entry } from "./atlas";
import { CanvasGlyphs, type GlyphSource } from "./glyphs";
import { layOut } from "./layout";
import { type Token, tokenize } from "./tokens";

/** Height of a label's text at font_screen_scale 1, in CSS pixels. */
const SCREEN_FONT_PX = 13;
/** Height that scene-sized text is drawn in. */
const SCENE_FONT_PX = 64;
const MAX_FONT_PX = 256;
const PAGE = 1024;
const MAX_PAGES = 24;
const MAX_COLOR_PAGES = 8;

/** Floats of one quad: anchor 3, scale 1, rect 4, uv 4, kind 1, page 1, depth bias 2 unused. */
const STRIDE = 16;
const KIND_CHIP = 0;
const KIND_TEXT = 1;
const KIND_COLOR = 2;

export interface LabelSpec {
  text: string;
  mode: "screen" | "scene";
  /** font_screen_scale or font_scene_height. */
  size: number;
  depthTest: boolean;
  anchor: LabelAnchor;
}

/** One label's handle. */
export class Label {
  /** Its quads, the anchor left out; null: to be laid out. */
  quads: Float32Array | null = null;
  /** First quad in its pass's buffer. */
  first = 0;
  x = 0;
  y = 0;
  z = 0;
  /** Distance along the view when last sorted. */
  depth = 0;
  shown = false;

  constructor(
    private readonly layer: LabelLayer,
    public spec: LabelSpec,
    private readonly report: (text: string | null) => void,
  ) {}

  set(spec: LabelSpec): void {
    this.layer.replace(this, spec);
  }

  moveTo(x: number, y: number, z: number): void {
    this.x = x;
    this.y = y;
    this.z = z;
    this.layer.moved(this);
  }

  show(shown: boolean): void {
    if (shown === this.shown) return;
    this.shown = shown;
    this.layer.changed(this);
  }

  remove(): void {
    this.layer.drop(this);
  }

  /** Its background as last drawn, around its place: [left, bottom, width, height] in units of `size`. */
  get box(): { rect: readonly number[]; size: number } | null {
    const q = this.quads;
    // The first quad is the background; its scale has the sign of the mode.
    return q && { rect: Array.from(q.subarray(4, 8)), size: Math.abs(q[3]!) };
  }

  say(text: string | null): void {
    this.report(text);
  }
}

const vertexShader = /* glsl */ `
uniform vec2 viewport;
uniform float pixelRatio;
in vec2 corner;
in vec4 anchorScale;
in vec4 rect;
in vec4 uvRect;
in vec2 kindPage;
out vec2 vUv;
flat out vec2 vKindPage;
out vec2 vInChip;
flat out vec2 vChipSize;

void main() {
  vUv = uvRect.xy + vec2(corner.x, 1.0 - corner.y) * uvRect.zw;
  vKindPage = kindPage;
  vec2 place = rect.xy + corner * rect.zw;
  vec4 view = viewMatrix * vec4(anchorScale.xyz, 1.0);
  float perPixel;
  if (anchorScale.w > 0.0) {
    // Sized on the screen: scale is CSS pixels for each pixel of the pieces.
    vec4 clip = projectionMatrix * view;
    float k = anchorScale.w * pixelRatio;
    vec2 pixel = floor((clip.xy / clip.w * 0.5 + 0.5) * viewport + 0.5) + place * k;
    gl_Position = vec4((pixel / viewport * 2.0 - 1.0) * clip.w, clip.zw);
    if (clip.w <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    perPixel = k;
  } else {
    // Sized in the scene: scale is minus the scene units for each pixel of the pieces.
    view.xy -= place * anchorScale.w;
    gl_Position = projectionMatrix * view;
    perPixel = 1.0;
  }
  vInChip = corner * rect.zw * perPixel;
  vChipSize = rect.zw * perPixel;
  if (any(isnan(view)) || any(isinf(view))) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const fragmentShader = /* glsl */ `
precision highp sampler2DArray;
uniform sampler2DArray text;
uniform sampler2DArray pictures;
uniform vec4 textColor;
uniform vec4 chipColor;
in vec2 vUv;
flat in vec2 vKindPage;
in vec2 vInChip;
flat in vec2 vChipSize;
out vec4 fragColor;

void main() {
  // All are read always: what is read only sometimes has no defined mipmap.
  float coverage = texture(text, vec3(vUv, vKindPage.y)).r;
  vec4 picture = texture(pictures, vec3(vUv, vKindPage.y));
  float radius = 0.22 * min(vChipSize.y, vChipSize.x);
  vec2 toEdge = abs(vInChip - 0.5 * vChipSize) - 0.5 * vChipSize + radius;
  float outside = length(max(toEdge, 0.0)) - radius;
  float chip = clamp(0.5 - outside / max(fwidth(outside), 1e-6), 0.0, 1.0);
  if (vKindPage.x < 0.5) fragColor = vec4(chipColor.rgb, chipColor.a * chip);
  else if (vKindPage.x < 1.5) fragColor = vec4(textColor.rgb, textColor.a * coverage);
  else fragColor = picture;
  if (fragColor.a <= 0.0) discard;
}
`;

/** The labels of one kind of depth test. */
class Pass {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  readonly labels: Label[] = [];
  private buffer: InstancedInterleavedBuffer;
  refill = true;
  private movedFrom = Number.POSITIVE_INFINITY;
  private movedTo = -1;

  constructor(material: ShaderMaterial, depthTest: boolean) {
    this.buffer = new InstancedInterleavedBuffer(new Float32Array(STRIDE * 64), STRIDE, 1);
    this.mesh = new Mesh(this.makeGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
    this.mesh.visible = false;
    this.mesh.renderOrder = depthTest ? 900 : 1000;
  }

  /** Back to front for this camera; says whether the order is new. */
  sort(camera: Camera, forward: Vector3): void {
    if (this.labels.length < 2) return;
    camera.getWorldDirection(forward);
    let last = Number.POSITIVE_INFINITY;
    let sorted = true;
    for (const l of this.labels) {
      l.depth = l.x * forward.x + l.y * forward.y + l.z * forward.z;
      if (l.depth > last) sorted = false;
      last = l.depth;
    }
    if (sorted) return;
    this.labels.sort((a, b) => b.depth - a.depth);
    this.refill = true;
  }

  moved(label: Label): void {
    if (this.refill || !label.shown || !label.quads) return;
    const array = this.buffer.array as Float32Array;
    const n = label.quads.length / STRIDE;
    for (let i = 0, at = label.first * STRIDE; i < n; i++, at += STRIDE) {
      array[at] = label.x;
      array[at + 1] = label.y;
      array[at + 2] = label.z;
    }
    this.movedFrom = Math.min(this.movedFrom, label.first);
    this.movedTo = Math.max(this.movedTo, label.first + n);
  }

  upload(): void {
    if (this.refill) this.fill();
    else if (this.movedTo > this.movedFrom) {
      this.buffer.addUpdateRange(this.movedFrom * STRIDE, (this.movedTo - this.movedFrom) * STRIDE);
      this.buffer.needsUpdate = true;
    }
    this.refill = false;
    this.movedFrom = Number.POSITIVE_INFINITY;
    this.movedTo = -1;
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
  }

  private fill(): void {
    let quads = 0;
    for (const l of this.labels) if (l.shown && l.quads) quads += l.quads.length / STRIDE;
    const have = this.buffer.array.length / STRIDE;
    const capacity = capacityFor(quads, have);
    if (capacity !== have) {
      this.mesh.geometry.dispose();
      this.buffer = new InstancedInterleavedBuffer(new Float32Array(STRIDE * capacity), STRIDE, 1);
      this.mesh.geometry = this.makeGeometry();
    }
    const array = this.buffer.array as Float32Array;
    let at = 0;
    for (const l of this.labels) {
      if (!l.shown || !l.quads) continue;
      l.first = at / STRIDE;
      array.set(l.quads, at);
      for (const end = at + l.quads.length; at < end; at += STRIDE) {
        array[at] = l.x;
        array[at + 1] = l.y;
        array[at + 2] = l.z;
      }
    }
    this.buffer.clearUpdateRanges();
    this.buffer.addUpdateRange(0, at);
    this.buffer.needsUpdate = true;
    this.mesh.geometry.instanceCount = quads;
    this.mesh.visible = quads > 0;
  }

  private makeGeometry(): InstancedBufferGeometry {
    const g = new InstancedBufferGeometry();
    const corners = new Float32Array([0, 0, 1, 0, 1, 1, 0, 1]);
    g.setAttribute("corner", new BufferAttribute(corners, 2));
    g.setIndex(new BufferAttribute(new Uint16Array([0, 1, 2, 0, 2, 3]), 1));
    g.boundingSphere = new Sphere();
    this.buffer.setUsage(DynamicDrawUsage);
    const part = (n: number, offset: number) =>
      new InterleavedBufferAttribute(this.buffer, n, offset);
    g.setAttribute("anchorScale", part(4, 0));
    g.setAttribute("rect", part(4, 4));
    g.setAttribute("uvRect", part(4, 8));
    g.setAttribute("kindPage", part(2, 12));
    return g;
  }
}

export class LabelLayer {
  private readonly text: Atlas;
  private readonly pictures: Atlas;
  private readonly passes: { tested: Pass; onTop: Pass };
  private readonly materials: ShaderMaterial[];
  private readonly unlaid = new Set<Label>();
  private readonly all = new Set<Label>();
  private readonly forward = new Vector3();
  /** Device pixels that pieces of screen-sized labels are drawn for, per CSS pixel. */
  private pieceRatio = 1;

  constructor(
    stage: Object3D,
    frame: FrameUniforms,
    private readonly requestRender: () => void,
    private readonly glyphs: GlyphSource = new CanvasGlyphs(),
    pages: { size: number; text: number; color: number } = {
      size: PAGE,
      text: MAX_PAGES,
      color: MAX_COLOR_PAGES,
    },
  ) {
    this.text = new Atlas(glyphs, false, pages.size, pages.text);
    this.pictures = new Atlas(glyphs, true, pages.size, pages.color);
    const uniforms = {
      viewport: frame.viewport,
      pixelRatio: frame.pixelRatio,
      text: { value: this.text.texture },
      pictures: { value: this.pictures.texture },
      textColor: { value: [0, 0, 0, 1] },
      chipColor: { value: [1, 1, 1, 1] },
    };
    this.materials = [true, false].map((depthTest) => {
      const m = new ShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        transparent: true,
        depthWrite: false,
        depthTest,
      });
      m.uniforms = uniforms;
      return m;
    });
    this.passes = {
      tested: new Pass(this.materials[0]!, true),
      onTop: new Pass(this.materials[1]!, false),
    };
    stage.add(this.passes.tested.mesh, this.passes.onTop.mesh);
    this.setDark(false);
  }

  get count(): number {
    return this.all.size;
  }

  setDark(dark: boolean): void {
    const u = this.materials[0]!.uniforms;
    u.textColor!.value = dark ? [0.945, 0.953, 0.961, 1] : [0.102, 0.106, 0.118, 1];
    u.chipColor!.value = dark ? [0.13, 0.135, 0.15, 0.82] : [1, 1, 1, 0.82];
  }

  /** Pixels per CSS pixel of what is drawn next: text of a size on the screen is laid out anew for it. */
  setPixelRatio(ratio: number): void {
    if (ratio === this.pieceRatio) return;
    this.pieceRatio = ratio;
    for (const label of this.all) if (label.spec.mode === "screen") this.unlaid.add(label);
  }

  add(spec: LabelSpec, report: (text: string | null) => void): Label {
    const label = new Label(this, spec, report);
    this.all.add(label);
    this.passOf(spec).labels.push(label);
    this.unlaid.add(label);
    return label;
  }

  replace(label: Label, spec: LabelSpec): void {
    const from = this.passOf(label.spec);
    const to = this.passOf(spec);
    label.spec = spec;
    label.quads = null;
    this.unlaid.add(label);
    if (from !== to) {
      from.labels.splice(from.labels.indexOf(label), 1);
      to.labels.push(label);
      from.refill = true;
    }
    this.changed(label);
  }

  moved(label: Label): void {
    this.passOf(label.spec).moved(label);
    if (label.shown) this.requestRender();
  }

  changed(label: Label): void {
    this.passOf(label.spec).refill = true;
    this.requestRender();
  }

  drop(label: Label): void {
    if (!this.all.delete(label)) return;
    this.unlaid.delete(label);
    const pass = this.passOf(label.spec);
    pass.labels.splice(pass.labels.indexOf(label), 1);
    this.changed(label);
  }

  /** Before drawing with this camera. */
  flush(camera: Camera): void {
    this.layOutAll();
    for (const pass of [this.passes.tested, this.passes.onTop]) {
      pass.sort(camera, this.forward);
      pass.upload();
    }
    const u = this.materials[0]!.uniforms;
    u.text!.value = this.text.texture;
    u.pictures!.value = this.pictures.texture;
  }

  dispose(): void {
    this.passes.tested.dispose();
    this.passes.onTop.dispose();
    for (const m of this.materials) m.dispose();
    this.text.dispose();
    this.pictures.dispose();
  }

  private passOf(spec: LabelSpec): Pass {
    return spec.depthTest ? this.passes.tested : this.passes.onTop;
  }

  private layOutAll(): void {
    if (this.unlaid.size === 0) return;
    let full = false;
    for (const label of this.unlaid) {
      if (!this.layOutOne(label)) {
        full = true;
        break;
      }
    }
    if (full) {
      // The pages hold pieces that no label uses any more: once more, with what is used only.
      this.startOver();
      for (const label of this.unlaid) {
        if (!this.layOutOne(label)) label.say("there is no room for more different text");
      }
    }
    this.unlaid.clear();
  }

  private startOver(): void {
    this.text.clear();
    this.pictures.clear();
    for (const label of this.all) {
      label.quads = null;
      this.unlaid.add(label);
    }
    this.passes.tested.refill = this.passes.onTop.refill = true;
    this.requestRender();
  }

  /** False when the pages are full; the label then has what did fit. */
  private layOutOne(label: Label): boolean {
    const { spec } = label;
    const wanted = spec.mode === "screen" ? SCREEN_FONT_PX * spec.size : spec.size;
    if (!(wanted > 0) || !Number.isFinite(wanted)) {
      label.quads = null;
      label.say("its size must be a positive number");
      return true;
    }
    const { px, scale } = this.resolution(spec.mode, wanted);
    const { lines, cut } = tokenize(spec.text);
    label.say(cut ? "its text is too long and was cut" : null);
    const layout = layOut(
      lines,
      px,
      this.glyphs.metrics(px),
      (t: Token) => this.glyphs.advance(t, px),
      spec.anchor,
    );
    const out = new Float32Array((layout.tokens.length + 1) * STRIDE);
    let n = 0;
    let room = true;
    n = writeQuad(out, n, scale, layout.box, KIND_CHIP, null, this.text.pageSize);
    for (const { token, x, y } of layout.tokens) {
      const atlas = token.colored ? this.pictures : this.text;
      const entry = atlas.get(token, px);
      if (entry === "full") room = false;
      if (entry === null || entry === "full") continue;
      const pen = spec.mode === "screen" ? Math.round(x) : x;
      const rect = [pen + entry.left, y + entry.top - entry.height, entry.width, entry.height];
      const kind = token.colored ? KIND_COLOR : KIND_TEXT;
      n = writeQuad(out, n, scale, rect, kind, entry, atlas.pageSize);
    }
    label.quads = out.subarray(0, n * STRIDE);
    this.passOf(spec).refill = true;
    return room;
  }

  /** Font size to draw pieces in, and the quad's scale: what one of their pixels is on screen or in the scene. */
  private resolution(mode: "screen" | "scene", wanted: number): { px: number; scale: number } {
    if (mode === "scene") return { px: SCENE_FONT_PX, scale: -wanted / SCENE_FONT_PX };
    const device = wanted * this.pieceRatio;
    const px = Math.max(1, Math.min(MAX_FONT_PX, Math.round(device)));
    // Rounded to whole device pixels unless the font had to be limited.
    const scale = px === MAX_FONT_PX ? device / px / this.pieceRatio : 1 / this.pieceRatio;
    return { px, scale };
  }
}

function writeQuad(
  out: Float32Array,
  n: number,
  scale: number,
  rect: readonly number[],
  kind: number,
  entry: Entry | null,
  pageSize: number,
): number {
  const at = n * STRIDE;
  out[at + 3] = scale;
  out.set(rect, at + 4);
  if (entry) {
    out[at + 8] = entry.x / pageSize;
    out[at + 9] = entry.y / pageSize;
    out[at + 10] = entry.width / pageSize;
    out[at + 11] = entry.height / pageSize;
    out[at + 13] = entry.page;
  }
  out[at + 12] = kind;
  return n + 1;
}
