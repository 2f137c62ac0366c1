import { type RefObject, useEffect, useState } from "react";
import { Disposables } from "../../shared/disposables";
import { useGui } from "../context";

/** Marks a gesture from pointerdown until the pointer is released anywhere. */
export function useGesture(uuid: string, target: RefObject<HTMLElement | null>): () => void {
  const { store } = useGui();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!held) return;
    const gesture = new Disposables();
    store.beginGesture(uuid);
    gesture.add(() => store.endGesture(uuid));
    for (const name of ["pointerup", "pointercancel", "blur"]) {
      gesture.listen(window, name, () => setHeld(false));
    }
    return () => gesture.dispose();
  }, [held, store, uuid]);
  return () => setHeld(target.current !== null && !target.current.matches(":disabled"));
}
