/** Draws an element of the page into a picture: boxes, texts and canvases of plain layouts, as a color bar has. */
export function drawElement(to: OffscreenCanvasRenderingContext2D, element: Element): void {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return;
  const box = element.getBoundingClientRect();
  drawBox(to, style, box);
  if (element instanceof HTMLCanvasElement) {
    if (element.width === 0 || element.height === 0) return;
    to.imageSmoothingEnabled = style.imageRendering !== "pixelated";
    to.drawImage(element, box.x, box.y, box.width, box.height);
    return;
  }
  drawMark(to, element, box);
  for (const child of element.childNodes) {
    if (child instanceof Element) drawElement(to, child);
    else if (child instanceof Text) drawText(to, style, child);
  }
}

function drawBox(
  to: OffscreenCanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  { x, y, width, height }: DOMRect,
): void {
  const border = Number.parseFloat(style.borderTopWidth) || 0;
  to.beginPath();
  to.roundRect(
    x + border / 2,
    y + border / 2,
    Math.max(0, width - border),
    Math.max(0, height - border),
    Number.parseFloat(style.borderTopLeftRadius) || 0,
  );
  to.fillStyle = style.backgroundColor;
  to.fill();
  if (border === 0) return;
  to.lineWidth = border;
  to.strokeStyle = style.borderTopColor;
  to.stroke();
}

/** The colored square before a text, which a style sheet makes. */
function drawMark(to: OffscreenCanvasRenderingContext2D, element: Element, box: DOMRect): void {
  const mark = getComputedStyle(element, "::before");
  if (mark.display !== "inline-block") return;
  const side = Number.parseFloat(mark.width) || 0;
  to.fillStyle = mark.backgroundColor;
  to.fillRect(box.x, box.y + (box.height - side) / 2, side, side);
}

function drawText(
  to: OffscreenCanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  text: Text,
): void {
  const range = document.createRange();
  range.selectNodeContents(text);
  const box = range.getBoundingClientRect();
  if (box.width === 0) return;
  to.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  to.fillStyle = style.color;
  to.textBaseline = "middle";
  to.fillText(text.data, box.x, box.y + box.height / 2);
}
