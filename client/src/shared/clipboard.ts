/** The clipboard. A page that came over plain HTTP from another machine may only write text, and only by a selection. */

/** Whether pictures can be copied, too. */
export function copiesPictures(): boolean {
  return typeof ClipboardItem === "function" && navigator.clipboard?.write !== undefined;
}

/** Rejects with a reason for the user. Call it in the handler of a key or a click: browsers want that. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copySelected(text)) throw new Error("The browser does not let this page copy.");
  }
}

/** The picture may still be in the making. Rejects with a reason for the user. */
export async function copyPicture(png: Promise<Blob>): Promise<void> {
  // Its own reason, if it can't be made; the browser's would hide it.
  png.catch(() => {});
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
  } catch {
    await png;
    throw new Error("The browser does not let this page copy pictures.");
  }
}

function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  // Within a dialog that traps the focus, if there is one.
  const dialog = focused?.closest('[role="dialog"]');
  (dialog ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done;
}
