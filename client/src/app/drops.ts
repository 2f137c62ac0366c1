import { Disposables } from "../shared/disposables";

const SHOWN_MS = 8000;
const HINT = "Drop a recording (.viser) to play it here";

/** Why a file is not opened; null: it is. */
export type OpenFile = (file: File) => Promise<string | null>;

export interface Drops {
  /** As if they were dropped. */
  readonly take: (files: Iterable<File>) => Promise<void>;
  dispose(): void;
}

/**
 * Takes files that are dropped anywhere on the page, but for elements that take them themselves. Otherwise the browser
 * would leave the page for the file.
 */
export function mountDrops(parent: HTMLElement, open: OpenFile): Drops {
  const over = parent.appendChild(document.createElement("div"));
  over.className = "viser-drop";
  over.hidden = true;
  over.textContent = HINT;
  // Read by screen readers only if it is there before.
  const said = parent.appendChild(document.createElement("p"));
  said.className = "viser-drop-error";
  said.setAttribute("role", "alert");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (text: string): void => {
    clearTimeout(timer);
    said.textContent = text;
    if (text) timer = setTimeout(() => say(""), SHOWN_MS);
  };
  const carries = (e: DragEvent): boolean => {
    if (!e.defaultPrevented && e.dataTransfer?.types.includes("Files")) return true;
    over.hidden = true;
    return false;
  };
  const hover = (e: DragEvent): void => {
    if (!carries(e)) return;
    e.preventDefault();
    e.dataTransfer!.dropEffect = "copy";
    over.hidden = false;
  };
  const take = async ([file, more]: Iterable<File>): Promise<void> => {
    if (!file) return;
    const problem = more ? "only one recording can be played" : await open(file);
    say(problem === null ? "" : `${file.name} is not played: ${problem}.`);
  };
  const disposables = new Disposables();
  disposables.listen(window, "dragenter", hover);
  disposables.listen(window, "dragover", hover);
  disposables.listen<DragEvent>(window, "dragleave", (e) => {
    if (e.relatedTarget === null) over.hidden = true; // it has left the page
  });
  disposables.listen<DragEvent>(window, "drop", (e) => {
    if (!carries(e)) return;
    e.preventDefault();
    over.hidden = true;
    void take(e.dataTransfer!.files);
  });
  return {
    take,
    dispose() {
      disposables.dispose();
      clearTimeout(timer);
      over.remove();
      said.remove();
    },
  };
}
