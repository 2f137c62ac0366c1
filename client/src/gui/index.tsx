import "./mantine";
import "./base.css";
import "./controls.css";
import { createRoot } from "react-dom/client";
import type { GuiOptions, GuiView, ServerMessage } from "../contract";
import { Disposables } from "../shared/disposables";
import { Cell } from "../shared/observable";
import { App } from "./app";
import { Commands } from "./commands/commands";
import { pageActions } from "./commands/pageActions";
import { type Gui, GuiProvider } from "./context";
import { Downloads } from "./notices/downloads";
import { Notices } from "./notices/notices";
import { Unsent } from "./notices/unsent";
import { openLayoutStorage } from "./panel/layoutStorage";
import { PanelState } from "./panel/panelState";
import { PictureTools } from "./picture/pictureTools";
import { PANELS } from "./store/elements";
import { Forms } from "./store/forms";
import { GuiStore } from "./store/guiStore";
import { strOrNull } from "./store/read";
import { ThemeState } from "./themeState";
import { DROPPED, Uploads } from "./uploads/uploads";
import { WIDGET_KINDS } from "./widgets/kinds";
import { WidgetKindsContext } from "./widgets/widget";

/** Title of a page whose program sets no label for its panel. An exported page may have another one. */
const PAGE_TITLE = document.title || "Viser";

/** Whether the title was chosen for an exported page: then a label does not replace it. */
const titleStays = () => document.querySelector("title[data-stays]") !== null;

/** Mounts the panel, its notifications and its modals over the scene. */
export function mountGui(el: HTMLElement, options: GuiOptions): GuiView {
  const disposables = new Disposables();
  const confirms = () => options.connection.get().dialect === "viser-go.v1";
  const store = disposables.use(new GuiStore(options.send, undefined, confirms));
  const forms = new Forms(store, (message) => store.act(message));
  store.onEdit = (uuid) => forms.userEdited(uuid);
  const layoutStorage = openLayoutStorage(options.params.websocket);
  if (layoutStorage) disposables.use(layoutStorage);
  const panel = disposables.use(new PanelState(layoutStorage));
  const notices = disposables.use(new Notices());
  const downloads = disposables.use(new Downloads(notices));
  const uploads = disposables.use(
    new Uploads({
      store,
      canCancel: () => options.connection.get().dialect === "viser-go.v1",
    }),
  );
  const commands = disposables.use(new Commands((message) => store.act(message)));
  const unsent = new Unsent({ store, commands, notices });
  store.onUnsent = (message) => unsent.tell(message);
  const readOnly = new Cell(false);
  const { linkedView } = options.params;
  const theme = disposables.use(new ThemeState(options.dark, undefined, linkedView.theme));
  const gui: Gui = {
    readOnly,
    options,
    store,
    forms,
    commands,
    notices,
    uploads,
    panel,
    theme,
    pictures: disposables.use(new PictureTools(options, notices, theme)),
    tap: { listener: null },
  };
  options.actions.say = (title) => gui.pictures.say(title);
  options.actions.onFailure = (action, error) => notices.actionFailed(action.label, error);
  disposables.add(options.actions.add(...pageActions(gui)));
  const react = createRoot(el);
  disposables.add(() => react.unmount());
  react.render(
    <GuiProvider value={gui}>
      <WidgetKindsContext.Provider value={WIDGET_KINDS}>
        <App />
      </WidgetKindsContext.Provider>
    </GuiProvider>,
  );

  disposables.add(
    options.connection.subscribe((state) => {
      if (state.kind === "live") return;
      store.disconnected();
      if (state.resumable) return; // then files in transfer continue
      downloads.connectionLost();
      uploads.connectionLost();
    }),
  );
  disposables.use(followDark(gui));

  return {
    apply(messages) {
      gui.tap.listener?.(messages);
      for (const message of messages) {
        try {
          handle(message, gui, downloads);
        } catch (e) {
          console.error(`viser: the panel could not apply a ${message.type}:`, e);
        }
      }
    },
    replayStart() {
      downloads.connectionLost();
      uploads.connectionLost();
      store.replayStart();
      gui.commands.replayStart();
      notices.replayStart();
    },
    replayDone() {
      store.replayDone();
      gui.commands.replayDone();
      gui.panel.keepOnly(store.children(PANELS));
      notices.replayDone();
    },
    resumed(complete) {
      store.resumed(complete);
    },
    upload(files) {
      uploads.add(DROPPED, files);
    },
    unsent(message) {
      unsent.tell(message);
    },
    setReadOnly(value) {
      store.readOnly = value;
      gui.commands.readOnly = value;
      readOnly.set(value);
    },
    dispose() {
      disposables.dispose();
    },
  };
}

/** Applies the user's choice of dark or light mode to the scene and the rest of the page. */
function followDark({ options, theme }: Gui): Disposables {
  const follow = () => {
    if (theme.choice.get() === "program") return;
    options.scene.setDark(theme.dark.get());
    document.documentElement.dataset.theme = theme.dark.get() ? "dark" : "light";
  };
  const back = () => {
    options.scene.setDark(theme.dark.get());
    document.documentElement.dataset.theme = theme.dark.get() ? "dark" : "light";
  };
  follow();
  const disposables = new Disposables();
  disposables.add(theme.choice.subscribe(back));
  disposables.add(options.dark.subscribe(follow));
  return disposables;
}

function handle(message: ServerMessage, gui: Gui, downloads: Downloads): void {
  const { store, notices, panel, theme } = gui;
  switch (message.type) {
    case "GuiUpdateMessage":
      store.update(message.uuid, message.updates);
      break;
    case "GuiUpdateAckMessage":
      store.confirm(message.uuid, message.revision);
      break;
    case "GuiPatchMessage":
      store.patch(message.uuid, message.patches);
      break;
    case "GuiRemoveMessage":
    case "GuiCloseModalMessage":
      store.remove(message.uuid);
      gui.forms.mark(message.uuid, false);
      break;
    case "GuiPanelRemoveMessage":
      store.remove(message.uuid);
      panel.remove(message.uuid);
      break;
    case "ResetGuiMessage":
      store.reset();
      break;
    case "GuiModalMessage":
      store.create(message);
      break;
    case "GuiPanelMessage":
      store.create(message);
      if (store.element(message.uuid)) panel.add(message.uuid);
      break;
    case "GuiFormDirtyMessage":
      gui.forms.mark(message.uuid, true);
      break;
    case "GuiFormSubmitMessage":
      gui.forms.mark(message.uuid, false);
      break;
    case "RegisterCommandMessage":
      gui.commands.register(message.uuid, message.props);
      break;
    case "CommandUpdateMessage":
      gui.commands.update(message.uuid, message.updates);
      break;
    case "RemoveCommandMessage":
      gui.commands.remove(message.uuid);
      break;
    case "GuiSetPanelPositionMessage":
    case "GuiSetPanelWidthMessage":
    case "GuiSetPanelHeightMessage":
    case "GuiSetPanelCollapsedMessage":
      panel.apply(message);
      break;
    case "SetGuiPanelLabelMessage":
      panel.label.set(strOrNull(message.label));
      if (!titleStays()) document.title = panel.label.get() ?? PAGE_TITLE;
      break;
    case "ThemeConfigurationMessage":
      theme.configure(message);
      break;
    case "NotificationShowMessage":
      notices.showFromServer(message.uuid, message.props);
      break;
    case "NotificationUpdateMessage":
      notices.updateFromServer(message.uuid, message.props);
      break;
    case "RemoveNotificationMessage":
      notices.closeFromServer(message.uuid);
      break;
    case "FileTransferStartDownload":
      downloads.start(message);
      break;
    case "FileTransferPartAck":
      gui.uploads.acknowledged(message);
      break;
    case "FileTransferRefusedMessage":
      gui.uploads.refused(message);
      break;
    case "FileTransferPart":
      downloads.part(message);
      break;
    default:
      if ("container_uuid" in message) store.create(message);
  }
}
