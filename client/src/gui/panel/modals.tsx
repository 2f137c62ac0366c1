import { lazy, Suspense } from "react";
import { useChildren, useElement } from "../context";
import { MODALS } from "../store/elements";

const ModalBox = lazy(() => import("./modalBox"));

/** The modals that the program has opened. */
export function Modals() {
  return useChildren(MODALS).map((uuid) => <OneModal key={uuid} uuid={uuid} />);
}

function OneModal({ uuid }: { uuid: string }) {
  const el = useElement(uuid);
  if (el?.type !== "GuiModalMessage") return null;
  return (
    <Suspense fallback={null}>
      <ModalBox el={el} />
    </Suspense>
  );
}
