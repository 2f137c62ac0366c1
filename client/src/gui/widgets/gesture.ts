import { type RefObject, useEffect, useState } from "react";
import { useGui } from "../context";

/** Marks a gesture from pointerdown until the pointer is released anywhere. */
export function useGesture(uuid: string, target: RefObject<HTMLElement | null>): () => void {
  const { store } = useGui();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!held) return;
    store.beginGesture(uuid);
    const end = () => setHeld(false);
    const names = ["pointerup", "pointercancel", "blur"] as const;
    for (const name of names) window.addEventListener(name, end);
    return () => {
      for (const name of names) window.removeEventListener(name, end);
      store.endGesture(uuid);
    };
  }, [held, store, uuid]);
  return () => setHeld(target.current !== null && !target.current.matches(":disabled"));
}
