/** What lies over the canvas and can be drawn into pictures, such as a color bar. */
export interface PictureOverlay {
  /** For a checkbox: "Color bar". */
  readonly label: string;
  /** Draws it as it is seen. `scale` is pixels per CSS pixel of the canvas, whose size in CSS pixels comes with it. */
  draw(to: OffscreenCanvasRenderingContext2D, scale: number, width: number, height: number): void;
}
