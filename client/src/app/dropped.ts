/** How many files a folder may have: more were not meant. */
const MOST = 2000;

/**
 * The files of a drop, those in folders and their subfolders among them. It must be called while the event is handled: later
 * a browser has forgotten what was dropped.
 */
export function filesOf(data: DataTransfer): File[] | Promise<File[]> {
  const entries = [...(data.items ?? [])].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return [...data.files];
  return collect(entries.filter((entry) => entry !== null));
}

/** Files come in the order of their paths, but those of a folder before those of its subfolders. */
async function collect(entries: FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  for (let next = entries; next.length > 0 && files.length < MOST; ) {
    const below: FileSystemEntry[] = [];
    for (const entry of next) {
      if (files.length === MOST) break;
      if (entry.isDirectory) below.push(...(await contents(entry as FileSystemDirectoryEntry)));
      else files.push(...(await file(entry as FileSystemFileEntry)));
    }
    next = below;
  }
  return files;
}

/** What is in a folder, without what is hidden; nothing if it can't be read. */
async function contents(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // Browsers return at most a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    all.push(...some);
    if (some.length === 0 || all.length >= MOST) break;
  }
  return all.filter(({ name }) => !name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const file = (entry: FileSystemFileEntry): Promise<File[]> =>
  new Promise((resolve) =>
    entry.file(
      (f) => resolve([f]),
      () => resolve([]),
    ),
  );
