import { useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import { Disposables } from "../../shared/disposables";
import { useChildren, useGui } from "../context";
import { NoticeList } from "../notices/noticeList";
import { PANELS } from "../store/elements";
import { list } from "../store/read";
import { Guard } from "../widgets/guard";
import { Docks, DropHighlight } from "./docks";
import { Panel } from "./panel";
import { CONTROL_PANEL } from "./panelState";
import { SidePanel } from "./sidePanel";
import { useStage } from "./useStage";

/** All panels, and the notifications between them. */
export function Panels({ phone }: { phone: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  const ids = useShown();
  const shown = useMemo(() => new Set([CONTROL_PANEL, ...ids]), [ids]);
  const stage = useStage(ref, phone, shown);
  return (
    <div ref={ref} className="vg-stage">
      <NoticeList />
      <Guard what="The control panel" version={phone}>
        <Panel phone={phone} stage={stage} />
      </Guard>
      {!phone && (
        <>
          {ids.map((id) => (
            <Guard key={id} what="A panel" version={stage}>
              <SidePanel id={id} stage={stage} />
            </Guard>
          ))}
          <Docks stage={stage} />
          <DropHighlight />
        </>
      )}
    </div>
  );
}

const SEPARATOR = "\0";

/** Panels with content. */
function useShown(): readonly string[] {
  const { store } = useGui();
  const all = useChildren(PANELS);
  const key = useSyncExternalStore(
    useCallback(
      (cb) => {
        const subscriptions = new Disposables();
        for (const id of all) subscriptions.add(store.watch(id, cb));
        return () => subscriptions.dispose();
      },
      [store, all],
    ),
    () => all.filter((id) => isShown(store.element(id)?.props)).join(SEPARATOR),
  );
  return useMemo(() => (key === "" ? [] : key.split(SEPARATOR)), [key]);
}

function isShown(props: unknown): boolean {
  const { visible, _tab_container_ids: ids } = (props ?? {}) as Record<string, unknown>;
  return visible !== false && list(ids).length > 0;
}
