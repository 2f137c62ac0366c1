/**
 * All labels of the scene in two draw calls: those with a depth test, and those that are always on top.
 * Typesetter lays out text, Pass draws it, and Placement avoids overlaps.
 */
import { type Camera, Group, type Object3D, Vector3, Vector4 } from "three";
import type { FrameUniforms } from "../visual";
import { CanvasGlyphs, type GlyphSource } from "./glyphs";
import { Label, type LabelOwner, type LabelSpec } from "./label";
import { Pass } from "./pass";
import { type Candidate, Placement } from "./placement";
import { type LabelUniforms, labelMaterial, labelUniforms, paint } from "./shader";
import { type AtlasPages, Typesetter } from "./typesetter";

export { Label, type LabelSpec };

const PAGES: AtlasPages = { size: 1024, text: 24, color: 8 };

export class LabelLayer implements LabelOwner {
  private readonly typesetter: Typesetter;
  private readonly uniforms: LabelUniforms;
  private readonly passes: { tested: Pass; onTop: Pass };
  private readonly group = new Group();
  private readonly unset = new Set<Label>();
  readonly all = new Set<Label>();
  private readonly forward = new Vector3();
  /** One per camera, so that pictures for the program do not change what the page shows. */
  private readonly placements = new WeakMap<Camera, Placement<Label>>();
  /** The inputs of the last placement. */
  private lastView: readonly unknown[] = [];
  private changes = 0;

  constructor(
    stage: Object3D,
    private readonly frame: FrameUniforms,
    private readonly requestRender: () => void,
    glyphs: GlyphSource = new CanvasGlyphs(),
    pages: AtlasPages = PAGES,
  ) {
    this.typesetter = new Typesetter(glyphs, pages);
    const { text, pictures } = this.typesetter;
    this.uniforms = labelUniforms(frame, text.texture, pictures.texture);
    this.passes = {
      tested: new Pass(labelMaterial(this.uniforms, true), true),
      onTop: new Pass(labelMaterial(this.uniforms, false), false),
    };
    this.group.matrixAutoUpdate = false;
    this.group.add(this.passes.tested.mesh, this.passes.onTop.mesh);
    stage.add(this.group);
    this.setDark(false);
  }

  /** False while a picture without labels is drawn. */
  set visible(visible: boolean) {
    this.group.visible = visible;
  }

  get count(): number {
    return this.all.size;
  }

  setDark(dark: boolean): void {
    paint(this.uniforms, dark);
  }

  /** Device pixels per CSS pixel of the next picture: screen-sized text is laid out again for it. */
  setPixelRatio(ratio: number): void {
    if (ratio === this.typesetter.pixelRatio) return;
    this.typesetter.pixelRatio = ratio;
    for (const label of this.all) if (label.spec.mode === "screen") this.unset.add(label);
  }

  add(spec: LabelSpec, report: (text: string | null) => void): Label {
    const label = new Label(this, spec, report);
    this.all.add(label);
    this.passOf(spec).labels.push(label);
    this.unset.add(label);
    return label;
  }

  replace(label: Label, spec: LabelSpec): void {
    const from = this.passOf(label.spec);
    const to = this.passOf(spec);
    label.spec = spec;
    label.quads = null;
    this.unset.add(label);
    if (from !== to) {
      from.labels.splice(from.labels.indexOf(label), 1);
      to.labels.push(label);
      from.refill = true;
    }
    this.changed(label);
  }

  moved(label: Label): void {
    this.changes++;
    this.passOf(label.spec).moved(label);
    if (label.shown) this.requestRender();
  }

  changed(label: Label): void {
    this.changes++;
    this.passOf(label.spec).refill = true;
    this.requestRender();
  }

  drop(label: Label): void {
    if (!this.all.delete(label)) return;
    this.unset.delete(label);
    const pass = this.passOf(label.spec);
    pass.labels.splice(pass.labels.indexOf(label), 1);
    this.changed(label);
  }

  /** Call before drawing with this camera. */
  flush(camera: Camera): void {
    if (this.all.size === 0 && !this.passes.tested.refill && !this.passes.onTop.refill) return;
    const ratio = this.frame.pixelRatio.value;
    const { x, y } = this.frame.viewport.value;
    this.setPictureWidth(x / ratio);
    this.setTexts();
    camera.updateWorldMatrix(true, false);
    this.place(camera, x / ratio, y / ratio);
    for (const pass of [this.passes.tested, this.passes.onTop]) {
      pass.sort(camera, this.forward);
      pass.upload();
    }
    this.uniforms.text.value = this.typesetter.text.texture;
    this.uniforms.pictures.value = this.typesetter.pictures.texture;
  }

  dispose(): void {
    this.passes.tested.dispose();
    this.passes.onTop.dispose();
    this.typesetter.dispose();
  }

  private passOf(spec: LabelSpec): Pass {
    return spec.depthTest ? this.passes.tested : this.passes.onTop;
  }

  /** Lays out labels again whose line breaks depend on the picture's width. */
  private setPictureWidth(width: number): void {
    const before = this.typesetter.pictureWidth;
    if (width === before) return;
    this.typesetter.pictureWidth = width;
    const fits = Typesetter.widestLine(Math.min(before, width));
    for (const label of this.all) if (label.unwrappedWidth > fits) this.unset.add(label);
  }

  private setTexts(): void {
    if (this.unset.size === 0) return;
    this.changes++;
    let full = false;
    for (const label of this.unset) {
      full = !this.setText(label);
      if (full) break;
    }
    if (full) {
      // The pages may hold pieces that are no longer used: start over with those in use.
      this.startOver();
      for (const label of this.unset) {
        if (!this.setText(label)) label.report("there is no space for more different text");
      }
    }
    this.unset.clear();
  }

  private setText(label: Label): boolean {
    this.passOf(label.spec).refill = true;
    return this.typesetter.set(label);
  }

  private startOver(): void {
    this.typesetter.clear();
    for (const label of this.all) {
      label.quads = null;
      this.unset.add(label);
    }
    this.requestRender();
  }

  /** Moves screen-sized labels apart, and into the picture. */
  private place(camera: Camera, width: number, height: number): void {
    const view = [
      camera,
      width,
      height,
      this.changes,
      ...camera.matrixWorldInverse.elements,
      ...camera.projectionMatrix.elements,
    ];
    if (view.every((value, i) => value === this.lastView[i])) return;
    this.lastView = view;
    let placement = this.placements.get(camera);
    if (!placement) {
      placement = new Placement();
      this.placements.set(camera, placement);
    }
    const candidates = this.candidates(camera, width, height);
    const placed = placement.place(candidates, width, height);
    for (const [i, { key }] of candidates.entries()) {
      const { shiftX, shiftY, position } = placed[i]!;
      this.shift(key, shiftX, shiftY, position < 0);
    }
  }

  /** Visible labels; the placement of all others is reset. */
  private candidates(camera: Camera, width: number, height: number): Candidate<Label>[] {
    const out: Candidate<Label>[] = [];
    const clip = new Vector4();
    for (const label of this.all) {
      const box = label.shown && label.spec.mode === "screen" ? label.box : null;
      if (!box) continue;
      clip.set(label.x, label.y, label.z, 1).applyMatrix4(camera.matrixWorldInverse);
      clip.applyMatrix4(camera.projectionMatrix);
      const x = (0.5 + (0.5 * clip.x) / clip.w) * width;
      const y = (0.5 + (0.5 * clip.y) / clip.w) * height;
      const seen = clip.w > 0 && Math.abs(clip.z) <= clip.w && near(x, box[2], width);
      if (seen && near(y, box[3], height)) out.push({ key: label, x, y, depth: clip.w, box });
      else this.shift(label, 0, 0, false);
    }
    return out;
  }

  private shift(label: Label, x: number, y: number, faded: boolean): void {
    if (label.shiftX === x && label.shiftY === y && label.faded === faded) return;
    const pass = this.passOf(label.spec);
    if (label.faded !== faded) pass.refill = true;
    label.shiftX = x;
    label.shiftY = y;
    label.faded = faded;
    pass.moved(label);
  }
}

/** Whether a label with this anchor can reach into the picture. */
function near(anchor: number, size: number, extent: number): boolean {
  return anchor > -size && anchor < extent + size;
}
