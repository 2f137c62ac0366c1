/** Shows and edits the properties of one node, on this page only. In a separate chunk. */
import "./propertyEditor.css";
import { useCallback, useEffect, useRef, useState } from "react";
import type { NodeDetails } from "../../contract";
import { NODE_PROPS, type NodeProp } from "../../protocol/nodeProps.gen";
import { useGui } from "../context";
import { Icon, IconButton } from "../icons";
import type { Edit } from "./editRow";
import { OrientationRow, POSITION, PositionRow, WXYZ } from "./propertyPose";
import { PropertyRow } from "./propertyRow";

/** Polling interval in milliseconds: a program may move a node in every frame. */
const POLL_MS = 150;

/** The node's current details; polled a few times per second, so that pose updates have no extra cost. */
function useDetails(path: string): [NodeDetails | null, () => void] {
  const { scene } = useGui().options;
  const [details, set] = useState(() => scene.node(path));
  const look = useCallback(() => {
    set((before) => {
      const now = scene.node(path);
      return now && before && sameDetails(now, before) ? before : now;
    });
  }, [scene, path]);
  useEffect(() => {
    const timer = setInterval(look, POLL_MS);
    return () => clearInterval(timer);
  }, [look]);
  return [details, look];
}

function sameDetails(a: NodeDetails, b: NodeDetails): boolean {
  return (
    a.kind === b.kind &&
    a.owner === b.owner &&
    a.props === b.props &&
    a.error === b.error &&
    a.edited.size === b.edited.size &&
    a.position.every((x, i) => Object.is(x, b.position[i])) &&
    a.wxyz.every((x, i) => Object.is(x, b.wxyz[i]))
  );
}

export interface PropertyEditorProps {
  path: string;
  /** Opened by the user: takes the keyboard focus. */
  asked: boolean;
  close: () => void;
}

export default function PropertyEditor({ path, asked, close }: PropertyEditorProps) {
  const { scene } = useGui().options;
  const [details, look] = useDetails(path);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!asked) return;
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "start" });
  }, [asked]);
  const change: Edit = (edit) => {
    scene.edit(path, edit);
    look();
  };
  const reset = (names: readonly string[] | null) => {
    scene.unedit(path, names);
    look();
  };
  const kind = details?.kind.replace(/Message$/, "");
  return (
    <section
      ref={box}
      className="vg-props"
      aria-label={`Properties of ${path}`}
      tabIndex={-1}
      onKeyDown={(e) => {
        if (e.key === "Escape" && !e.defaultPrevented) close();
      }}
    >
      <header>
        <h3>{kind || "Properties"}</h3>
        <IconButton icon="close" label="Close the properties" onClick={close} />
      </header>
      <p className="vg-props-path">{path}</p>
      {details === null ? (
        <p className="vg-note" role="status">
          This node is gone.
        </p>
      ) : (
        <>
          {details.error && <p className="vg-tree-error">{details.error}</p>}
          <PositionRow
            value={details.position}
            change={change}
            reset={details.edited.has(POSITION) ? () => reset([POSITION]) : null}
          />
          <OrientationRow
            value={details.wxyz}
            change={change}
            reset={details.edited.has(WXYZ) ? () => reset([WXYZ]) : null}
          />
          {propsOf(details).map((prop) => (
            <PropertyRow
              key={prop.key}
              prop={prop}
              value={details.props[prop.key]}
              change={change}
              reset={details.edited.has(prop.key) ? () => reset([prop.key]) : null}
            />
          ))}
          <footer>
            <p className="vg-note">
              Changes are for this page only, until the program sets the property itself.
            </p>
            {details.edited.size > 0 && (
              <button type="button" className="vg-plain-button" onClick={() => reset(null)}>
                <Icon name="undo" />
                Undo all changes
              </button>
            )}
          </footer>
        </>
      )}
    </section>
  );
}

/** Properties in the schema, in its order, and then unknown ones of this server. */
function propsOf({ kind, props }: NodeDetails): readonly NodeProp[] {
  const known = (Object.hasOwn(NODE_PROPS, kind) ? NODE_PROPS[kind]! : []).filter((prop) =>
    Object.hasOwn(props, prop.key),
  );
  const keys = new Set(known.map((prop) => prop.key));
  const others = Object.keys(props).filter((key) => !keys.has(key) && !key.startsWith("#"));
  return [...known, ...others.map((key): NodeProp => ({ key, doc: "", kind: "encoding" }))];
}
