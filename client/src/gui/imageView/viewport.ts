/** Which part of a picture a box shows. Pixels of the picture and CSS pixels of the box, both from the upper left. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  /** CSS pixels for a pixel of the picture. */
  readonly scale: number;
  /** The point of the picture in the middle of the box. */
  readonly x: number;
  readonly y: number;
  /** It shows the whole picture, also when the box or the picture change their size. */
  readonly fit: boolean;
}

export type Point = readonly [number, number];

/** CSS pixels for a pixel of the picture, at most. */
export const MAX_SCALE = 128;
/** The picture is never smaller than this share of what fits. */
const MIN_SHARE = 0.5;

export function fitScale(box: Size, picture: Size): number {
  return Math.min(box.width / picture.width, box.height / picture.height);
}

export function fitted(box: Size, picture: Size): View {
  const scale = Math.min(MAX_SCALE, fitScale(box, picture));
  return { scale, x: picture.width / 2, y: picture.height / 2, fit: true };
}

/** The view for a box or a picture that has changed, and never one beside the picture. */
export function kept(view: View, box: Size, picture: Size): View {
  if (view.fit) return fitted(box, picture);
  const least = Math.min(1, fitScale(box, picture) * MIN_SHARE);
  return {
    scale: Math.min(MAX_SCALE, Math.max(least, view.scale)),
    x: Math.min(picture.width, Math.max(0, view.x)),
    y: Math.min(picture.height, Math.max(0, view.y)),
    fit: false,
  };
}

/** The point of the picture at a point of the box. */
export function toPicture(view: View, box: Size, [x, y]: Point): Point {
  return [view.x + (x - box.width / 2) / view.scale, view.y + (y - box.height / 2) / view.scale];
}

/** The point of the box at a point of the picture. */
export function toBox(view: View, box: Size, [x, y]: Point): Point {
  return [(x - view.x) * view.scale + box.width / 2, (y - view.y) * view.scale + box.height / 2];
}

/** Zooms; the point of the picture at `at` stays there. */
export function zoomed(view: View, scale: number, at: Point, box: Size, picture: Size): View {
  const point = toPicture(view, box, at);
  const next = kept({ ...view, scale, fit: false }, box, picture);
  return kept(
    {
      ...next,
      x: point[0] - (at[0] - box.width / 2) / next.scale,
      y: point[1] - (at[1] - box.height / 2) / next.scale,
    },
    box,
    picture,
  );
}

/** Moves the picture by CSS pixels. */
export function moved(view: View, dx: number, dy: number, box: Size, picture: Size): View {
  const next = { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale, fit: false };
  return kept(next, box, picture);
}

/** The pixel at a point of the box; null: beside the picture. */
export function pixelAt(view: View, box: Size, at: Point, picture: Size): Point | null {
  const [x, y] = toPicture(view, box, at).map(Math.floor) as [number, number];
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? [x, y] : null;
}
