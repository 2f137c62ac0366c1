import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { GuiOptions, ServerMessage } from "../contract";
import type { Observable } from "../shared/observable";
import type { Commands } from "./commands/commands";
import type { Notices } from "./notices/notices";
import type { PanelState } from "./panel/panelState";
import type { PictureTools } from "./picture/pictureTools";
import type { GuiElement } from "./store/elements";
import type { Forms } from "./store/forms";
import type { GuiStore } from "./store/guiStore";
import type { ThemeState } from "./themeState";
import type { Uploads } from "./uploads/uploads";

/** Dependencies of all parts of the panel. Constant while the panel is mounted. */
export interface Gui {
  readonly options: GuiOptions;
  readonly store: GuiStore;
  readonly forms: Forms;
  readonly commands: Commands;
  readonly notices: Notices;
  readonly uploads: Uploads;
  readonly panel: PanelState;
  readonly theme: ThemeState;
  readonly pictures: PictureTools;
  /** Receives all messages before they are applied; set only while something measures. */
  readonly tap: { listener: ((messages: readonly ServerMessage[]) => void) | null };
  /** The user may only look. */
  readonly readOnly: Observable<boolean>;
}

const GuiContext = createContext<Gui | null>(null);

export const GuiProvider = GuiContext.Provider;

export function useGui(): Gui {
  const gui = useContext(GuiContext);
  if (!gui) throw new Error("useGui outside of GuiProvider: mountGui makes one");
  return gui;
}

/** True on narrow pages, where the panel is a bottom sheet and controls are sized for touch. */
export const PhoneContext = createContext(false);

export function useCell<T>(cell: Observable<T>): T {
  return useSyncExternalStore(
    useCallback((cb) => cell.subscribe(cb), [cell]),
    () => cell.get(),
  );
}

/** The widget's current state; rerenders the caller only when it changes. */
export function useElement(uuid: string): GuiElement | undefined {
  const { store } = useGui();
  return useSyncExternalStore(
    useCallback((cb) => store.watch(uuid, cb), [store, uuid]),
    () => store.element(uuid),
  );
}

/** Uuids of the container's children, in order. */
export function useChildren(container: string): readonly string[] {
  const { store } = useGui();
  return useSyncExternalStore(
    useCallback((cb) => store.watchChildren(container, cb), [store, container]),
    () => store.children(container),
  );
}
