const STORAGE_KEY = "viser-go.software-rendering-told";
const SHOWN_MS = 20_000;

/** Shows a notice in the corner, once per browser, that the page is drawn without a graphics card. */
export function mountSoftwareNotice(
  parent: HTMLElement,
  drawsInSoftware: () => boolean,
  storage: () => Storage,
): () => void {
  if (shownBefore(storage) || !drawsInSoftware()) return () => {};
  const notice = document.createElement("p");
  notice.className = "viser-software";
  notice.setAttribute("role", "status");
  notice.append(
    "Drawn without a graphics card, which is slow. See “hardware acceleration” in the browser's settings.",
  );
  const close = notice.appendChild(document.createElement("button"));
  close.type = "button";
  close.textContent = "OK";
  const timer = setTimeout(() => notice.remove(), SHOWN_MS);
  close.addEventListener("click", () => notice.remove());
  parent.append(notice);
  return () => {
    clearTimeout(timer);
    notice.remove();
  };
}

/** Whether the notice was shown before; records that it is shown now. Without storage it is shown each time. */
function shownBefore(storage: () => Storage): boolean {
  try {
    const shown = storage().getItem(STORAGE_KEY) !== null;
    storage().setItem(STORAGE_KEY, "1");
    return shown;
  } catch {
    return false;
  }
}
