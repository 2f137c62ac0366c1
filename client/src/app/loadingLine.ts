import type { ConnectionState } from "../contract";
import type { Observable } from "../shared/observable";

/** Arrays that arrive within this time are not worth a line. */
const QUIET_MS = 500;

/** Shows in the corner how much of the large arrays has been fetched. The page can be used meanwhile. */
export function mountLoadingLine(
  parent: HTMLElement,
  connection: Observable<ConnectionState>,
): () => void {
  const line = document.createElement("div");
  line.className = "viser-loading";
  line.hidden = true;
  const text = line.appendChild(document.createElement("p"));
  // A screen reader announces how many there are, not each change of the size.
  const count = text.appendChild(document.createElement("span"));
  count.setAttribute("role", "status");
  const size = text.appendChild(document.createElement("span"));
  size.setAttribute("aria-hidden", "true");
  const bar = line.appendChild(document.createElement("progress"));
  bar.setAttribute("aria-label", "Large arrays");
  parent.append(line);

  let quiet: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const { arrays } = connection.get();
    if (!arrays) return;
    const announced = `Loading ${arrays.count === 1 ? "1 array" : `${arrays.count} arrays`}`;
    if (count.textContent !== announced) count.textContent = announced;
    size.textContent = `, ${megabytesOf(arrays.loaded, arrays.total)}`;
    bar.max = Math.max(1, arrays.total);
    bar.value = arrays.loaded;
  };
  const update = ({ arrays }: ConnectionState): void => {
    if (!arrays) {
      clearTimeout(quiet);
      quiet = undefined;
      line.hidden = true;
      count.textContent = "";
    } else if (!line.hidden) write();
    else {
      quiet ??= setTimeout(() => {
        line.hidden = false;
        write();
      }, QUIET_MS);
    }
  };
  update(connection.get());
  const unsubscribe = connection.subscribe(update);
  return () => {
    unsubscribe();
    clearTimeout(quiet);
    line.remove();
  };
}

/** "45 of 200 MB". */
function megabytesOf(loaded: number, total: number): string {
  const digits = total < 10e6 ? 1 : 0;
  return `${(loaded / 1e6).toFixed(digits)} of ${(total / 1e6).toFixed(digits)} MB`;
}
