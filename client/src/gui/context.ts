import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { GuiOptions } from "../contract";
import type { Observable } from "../shared/observable";
import type { Commands } from "./commands/commands";
import type { Notices } from "./notices/notices";
import type { PanelState } from "./panel/panelState";
import type { GuiElement } from "./store/elements";
import type { Forms } from "./store/forms";
import type { GuiStore } from "./store/guiStore";
import type { ThemeState } from "./themeState";
import type { Uploads } from "./uploads/uploads";

/** What every part of the panel can reach. It never changes while the panel is there. */
export interface Gui {
  readonly options: GuiOptions;
  readonly store: GuiStore;
  readonly forms: Forms;
  readonly commands: Commands;
  readonly notices: Notices;
  readonly uploads: Uploads;
  readonly panel: PanelState;
  readonly theme: ThemeState;
}

const GuiContext = createContext<Gui | null>(null);

export const GuiProvider = GuiContext.Provider;

export function useGui(): Gui {
  const gui = useContext(GuiContext);
  if (!gui) throw new Error("useGui outside of GuiProvider: mountGui makes one");
  return gui;
}

/** True where the page is so narrow that the panel is a sheet and everything is for fingers. */
export const PhoneContext = createContext(false);

export function useCell<T>(cell: Observable<T>): T {
  return useSyncExternalStore(
    useCallback((cb) => cell.subscribe(cb), [cell]),
    () => cell.get(),
  );
}

/** The widget as it is; redraws the caller when it changes and at no other time. */
export function useElement(uuid: string): GuiElement | undefined {
  const { store } = useGui();
  return useSyncExternalStore(
    useCallback((cb) => store.watch(uuid, cb), [store, uuid]),
    () => store.element(uuid),
  );
}

/** Uuids of what is in the container, in order. */
export function useChildren(container: string): readonly string[] {
  const { store } = useGui();
  return useSyncExternalStore(
    useCallback((cb) => store.watchChildren(container, cb), [store, container]),
    () => store.children(container),
  );
}
