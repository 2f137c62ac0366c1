import type { TakenFiles } from "../contract";
import { Disposables } from "../shared/disposables";
import { filesOf } from "./dropped";

const SHOWN_MS = 8000;
const HINT = "Drop a recording (.viser) to play it here";
const FILE_HINT = "Drop a file to open it here";
const RECORDING = ".viser";

export interface DropTarget {
  /** Plays a recording; returns why it does not, else null. */
  play(file: File): Promise<string | null>;
  /** What the program takes now. */
  taken(): TakenFiles | null;
  upload(files: readonly File[]): void;
}

export interface Drops {
  /** As if they were dropped. */
  readonly take: (files: Iterable<File>) => Promise<void>;
  dispose(): void;
}

/**
 * Takes files that are dropped anywhere on the page, but for elements that take them themselves. Otherwise the browser
 * would leave the page for the file.
 */
export function mountDrops(parent: HTMLElement, target: DropTarget): Drops {
  const over = parent.appendChild(document.createElement("div"));
  over.className = "viser-drop";
  over.hidden = true;
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
    const taken = target.taken();
    over.textContent = taken ? taken.hint || FILE_HINT : HINT;
    over.hidden = false;
  };
  const play = async (file: File, alone: boolean): Promise<void> => {
    const problem = alone ? await target.play(file) : "only one recording can be played";
    say(problem === null ? "" : `${file.name} is not played: ${problem}.`);
  };
  const take = async (given: Iterable<File>): Promise<void> => {
    const files = [...given];
    const first = files[0];
    if (!first) return;
    const taken = target.taken();
    if (!taken || (files.length === 1 && isRecording(first)))
      return play(first, files.length === 1);
    const refused = files.map((file) => ({ file, why: refusal(file, taken) }));
    const fit = refused.filter(({ why }) => why === null).map(({ file }) => file);
    if (fit.length > 0) target.upload(fit);
    const bad = refused.find(({ why }) => why !== null);
    const more = files.length - fit.length - 1;
    const others =
      more > 0 ? ` ${more} more ${more === 1 ? "file is" : "files are"} not opened.` : "";
    say(bad ? `${bad.file.name} is not opened: ${bad.why}.${others}` : "");
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
    const files = filesOf(e.dataTransfer!);
    void (files instanceof Promise ? files.then(take) : take(files));
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

const isRecording = (file: File): boolean => file.name.toLowerCase().endsWith(RECORDING);

/** Why the program does not take the file; null: it may take it. */
function refusal(file: File, { types, maxBytes }: TakenFiles): string | null {
  if (isRecording(file)) return "a recording is played if it is dropped alone";
  const name = file.name.toLowerCase();
  if (types.length > 0 && !types.some((type) => name.endsWith(type))) {
    return `only files of these types are: ${types.join(", ")}`;
  }
  return file.size > maxBytes ? `it is larger than ${megabytes(maxBytes)}` : null;
}

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${bytes} bytes` : `${Math.round(bytes / 2 ** 20)} MiB`;
