import "./sceneTree.css";
import {
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type RefObject,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { SceneTreeModel, SelectMode, TreeNode } from "../../contract";
import { useGui } from "../context";
import { Icon } from "../icons";
import {
  ancestors,
  findNode,
  flatten,
  isShown,
  type OpenBranches,
  search,
  type TreeRow,
} from "./flatten";

const PropertyEditor = lazy(() => import("./propertyEditor"));

const ROW_PX = 26;
const ROW_PX_TOUCH = 44;
/** Extra rows above and below the visible ones. */
const SPARE = 8;
/** Update interval in milliseconds: a scene may change in every frame. */
const REFRESH_MS = 150;

/** A version that is incremented, at most every 150 ms, when the tree has changed. */
function useTreeVersion(tree: SceneTreeModel): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const off = tree.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null;
        setVersion((v) => v + 1);
      }, REFRESH_MS);
    });
    return () => {
      off();
      if (timer !== null) clearTimeout(timer);
    };
  }, [tree]);
  return version;
}

export function SceneTree({ phone }: { phone: boolean }) {
  const { options } = useGui();
  const { scene } = options;
  const box = useRef<HTMLDivElement>(null);
  const version = useTreeVersion(scene.tree);
  const [branches, setBranches] = useState<OpenBranches>(new Map());
  const [active, setActive] = useState("");
  const [edited, setEdited] = useState<{ path: string; asked: boolean } | null>(null);
  const [text, setText] = useState("");
  // Deferred: searching ten thousand nodes takes longer than a key press.
  const wanted = useDeferredValue(text.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the tree's content.
  const { rows, count } = useMemo(() => {
    const root = scene.tree.root();
    if (wanted !== "") return search(root, wanted);
    return { rows: flatten(root, branches), count: null };
  }, [scene, branches, version, wanted]);

  const setOpen = useCallback(
    (node: TreeNode, open: boolean) => setBranches((b) => new Map(b).set(node.path, open)),
    [],
  );
  const toggleShown = useCallback(
    (row: TreeNode) => {
      // Keys may repeat before the last change is rendered, so this reads the current tree.
      const node = findNode(scene.tree.root(), row.path);
      if (!node) return;
      const next = !isShown(node);
      scene.setVisibilityOverride(node.path, next === node.visible ? null : next);
    },
    [scene],
  );
  const selection = useSyncExternalStore(scene.selection.subscribe, scene.selection.get);
  const chosen = useMemo(() => new Set(selection), [selection]);
  const select = useCallback(
    (paths: readonly string[], mode: SelectMode, at: string) => {
      setActive(at);
      scene.select(paths, mode);
    },
    [scene],
  );
  const showProperties = useCallback(
    (node: TreeNode) => {
      if (node.path === "") return;
      select([node.path], "set", node.path);
      setEdited({ path: node.path, asked: true });
    },
    [select],
  );
  const last = selection.at(-1);
  useEffect(() => {
    if (last === undefined) return;
    setActive(last);
    // Selected in the picture, it may be in a closed branch.
    setBranches((open) => withOpen(open, ancestors(scene.tree.root(), last)));
    // Open properties follow the selection; the focus stays in the tree.
    setEdited((open) => (open && open.path !== last ? { path: last, asked: false } : open));
  }, [scene, last]);
  const selected = rows.find((row) => row.node.path === active);
  return (
    <>
      <Search text={text} setText={setText} count={count} into={() => box.current?.focus()} />
      <TreeList
        box={box}
        rows={rows}
        rowPx={phone ? ROW_PX_TOUCH : ROW_PX}
        active={selected ? active : ""}
        chosen={chosen}
        select={select}
        setOpen={setOpen}
        toggleShown={toggleShown}
        showProperties={showProperties}
      />
      {count === 0 && <p className="vg-note">No node has “{wanted}” in its name or kind.</p>}
      {selected?.node.error && (
        <p className="vg-tree-error" role="status">
          <b>{selected.node.path}</b>: {selected.node.error}
        </p>
      )}
      {edited !== null && (
        <Suspense>
          <PropertyEditor
            key={edited.path}
            path={edited.path}
            asked={edited.asked}
            close={() => {
              setEdited(null);
              box.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

interface SearchProps {
  text: string;
  setText: (text: string) => void;
  /** Number of matches; null: no search. */
  count: number | null;
  /** Moves the focus to the results. */
  into: () => void;
}

function Search({ text, setText, count, into }: SearchProps) {
  const { scene } = useGui().options;
  const nodes = scene.stats().nodes;
  const all = `${nodes.toLocaleString("en")} ${nodes === 1 ? "node" : "nodes"}`;
  return (
    <div className="vg-tree-search">
      <input
        type="search"
        className="vg-field"
        aria-label="Find nodes"
        placeholder="Find by name or kind"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key !== "ArrowDown" && e.key !== "Enter") return;
          e.preventDefault();
          into();
        }}
      />
      <span role="status">{count === null ? all : `${count.toLocaleString("en")} of ${all}`}</span>
    </div>
  );
}

interface TreeListProps {
  box: RefObject<HTMLDivElement | null>;
  rows: readonly TreeRow[];
  rowPx: number;
  active: string;
  /** The paths of the selected nodes. */
  chosen: ReadonlySet<string>;
  /** Selects, and makes the row `at` the active one. */
  select: (paths: readonly string[], mode: SelectMode, at: string) => void;
  setOpen: (node: TreeNode, open: boolean) => void;
  toggleShown: (node: TreeNode) => void;
  showProperties: (node: TreeNode) => void;
}

/** Renders only visible rows; the rest is empty space of the same height. */
function TreeList({ box, rows, rowPx, active, chosen, select, ...actions }: TreeListProps) {
  const treeId = useId();
  const [view, setView] = useState({ top: 0, height: 320 });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() =>
      setView((v) => ({ ...v, height: element.clientHeight })),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);

  const at = Math.max(
    0,
    rows.findIndex((row) => row.node.path === active),
  );
  const first = Math.max(0, Math.floor(view.top / rowPx) - SPARE);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowPx) + SPARE);

  // Wherever the active row was chosen, it is in view.
  useEffect(() => {
    if (chosen.has(active)) scrollTo(box.current, at * rowPx, rowPx);
  }, [box, active, chosen, at, rowPx]);

  const choose = (row: TreeRow, more: "one" | "range" | null) => {
    const { path } = row.node;
    if (more === null || path === "") select(path === "" ? [] : [path], "set", path);
    else if (more === "one") select([path], "toggle", path);
    else select(between(rows, at, rows.indexOf(row)), "add", path);
  };
  const goTo = (index: number, more = false) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (!row) return;
    choose(row, more ? "range" : null);
    scrollTo(box.current, rows.indexOf(row) * rowPx, rowPx);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = (index: number) => goTo(index, event.shiftKey);
    if (!treeKey(event.key, row, at, rows, { goTo: go, ...actions })) return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      className="vg-tree"
      role="tree"
      aria-label="Scene tree"
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={rows.length > 0 ? `${treeId}-${at}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={(e) => {
        const top = e.currentTarget.scrollTop;
        setView((v) => ({ ...v, top }));
      }}
    >
      <div style={{ height: rows.length * rowPx, position: "relative" }}>
        {rows.slice(first, last).map((row, i) => (
          <Line
            key={row.node.path}
            id={`${treeId}-${first + i}`}
            row={row}
            top={(first + i) * rowPx}
            height={rowPx}
            active={first + i === at}
            chosen={chosen.has(row.node.path)}
            only={chosen.size === 0 && first + i === at}
            choose={choose}
            {...actions}
          />
        ))}
      </div>
    </div>
  );
}

/** The paths of the nodes from one row to another, that one last. */
function between(rows: readonly TreeRow[], from: number, to: number): string[] {
  const paths = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((r) => r.node.path);
  if (from > to) paths.reverse();
  return paths.filter((path) => path !== "");
}

/** The branches with these open; the same object if they are. */
function withOpen(open: OpenBranches, paths: readonly string[]): OpenBranches {
  const closed = paths.filter((path) => open.get(path) !== true);
  if (closed.length === 0) return open;
  const more = new Map(open);
  for (const path of closed) more.set(path, true);
  return more;
}

function scrollTo(box: HTMLElement | null, top: number, height: number): void {
  if (!box) return;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + height - box.clientHeight;
  }
}

interface TreeActions extends Pick<TreeListProps, "setOpen" | "toggleShown" | "showProperties"> {
  goTo: (index: number) => void;
}

/** Handles a key of a tree; returns false for other keys. */
function treeKey(
  key: string,
  row: TreeRow,
  at: number,
  rows: readonly TreeRow[],
  { goTo, setOpen, toggleShown, showProperties }: TreeActions,
): boolean {
  const branch = row.node.children.length > 0;
  switch (key) {
    case "ArrowDown":
      goTo(at + 1);
      return true;
    case "ArrowUp":
      goTo(at - 1);
      return true;
    case "Home":
      goTo(0);
      return true;
    case "End":
      goTo(rows.length - 1);
      return true;
    case "ArrowRight":
      if (branch && !row.open) setOpen(row.node, true);
      else if (branch) goTo(at + 1);
      return true;
    case "ArrowLeft":
      if (row.open) setOpen(row.node, false);
      else goTo(parentOf(rows, at));
      return true;
    case " ":
      toggleShown(row.node);
      return true;
    case "Enter":
      showProperties(row.node);
      return true;
    default:
      return false;
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  for (let i = at - 1; i >= 0; i--) if (rows[i]!.depth < depth) return i;
  return at;
}

interface LineProps {
  id: string;
  row: TreeRow;
  top: number;
  height: number;
  active: boolean;
  chosen: boolean;
  /** It is the active row, and no node is selected. */
  only: boolean;
  choose: (row: TreeRow, more: "one" | "range" | null) => void;
  setOpen: (node: TreeNode, open: boolean) => void;
  toggleShown: (node: TreeNode) => void;
  showProperties: (node: TreeNode) => void;
}

function Line(props: LineProps) {
  const { id, row, top, height, active, chosen, only, choose } = props;
  const { setOpen, toggleShown, showProperties } = props;
  // The buttons leave the selection as it is.
  const alone = (press: () => void) => (e: MouseEvent) => {
    e.stopPropagation();
    press();
  };
  const { node, depth, open, hidden } = row;
  const shown = isShown(node);
  const branch = node.children.length > 0;
  const name = node.path === "" ? "Scene" : node.name;
  return (
    // The tree handles the keyboard, and refers to its active row.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    // biome-ignore lint/a11y/useFocusableInteractive: see above.
    <div
      id={id}
      role="treeitem"
      className="vg-tree-line"
      aria-level={depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={branch ? open : undefined}
      aria-selected={chosen || only}
      data-active={active || undefined}
      data-chosen={chosen || undefined}
      data-hidden={hidden || undefined}
      data-override={node.override !== null || undefined}
      data-edited={node.edited}
      style={{ top, height, "--vg-depth": Math.min(depth, 12) }}
      onClick={(e) => choose(row, e.shiftKey ? "range" : e.ctrlKey || e.metaKey ? "one" : null)}
      onDoubleClick={() => branch && setOpen(node, !open)}
    >
      <button
        type="button"
        tabIndex={-1}
        className="vg-tree-fold"
        aria-hidden
        disabled={!branch}
        onClick={alone(() => setOpen(node, !open))}
      >
        {branch && <Icon name="chevron" />}
      </button>
      <span className="vg-tree-name">{name}</span>
      {node.kind && <VisuallyHidden>, </VisuallyHidden>}
      {!node.error && <span className="vg-tree-kind">{node.kind}</span>}
      {node.error && (
        <span className="vg-tree-warning" data-hint={node.error}>
          <Icon name="warning" />
          <VisuallyHidden>{`${node.kind}, problem: ${node.error}`}</VisuallyHidden>
        </span>
      )}
      {branch && !open && <span className="vg-tree-count">{node.children.length}</span>}
      {!shown && <VisuallyHidden>, hidden</VisuallyHidden>}
      {node.edited && <VisuallyHidden>, changed on this page</VisuallyHidden>}
      {node.path !== "" && (
        <button
          type="button"
          tabIndex={-1}
          className="vg-tree-pencil"
          aria-hidden
          data-hint={node.edited ? "Properties, changed on this page" : "Properties"}
          onClick={alone(() => showProperties(node))}
        >
          <Icon name="pencil" />
        </button>
      )}
      <button
        type="button"
        tabIndex={-1}
        className="vg-tree-eye"
        aria-hidden
        data-hint={eyeHint(node, shown)}
        onClick={alone(() => toggleShown(node))}
      >
        <Icon name={shown ? "eye" : "eyeOff"} />
      </button>
    </div>
  );
}

/** Text for screen readers only. */
function VisuallyHidden({ children }: { children: string }) {
  return <span className="vg-unseen">{children}</span>;
}

function eyeHint(node: TreeNode, shown: boolean): string {
  if (node.override !== null) return "Changed on this page only; click to follow the program again";
  return shown ? "Hide on this page" : "Show on this page";
}
