import type { LocalStorageGetItemResponseMessage, ServerMessage } from "../protocol/messages.gen";

/** The server's part of the browser's storage: it can neither see nor clear what else this origin keeps. */
const PREFIX = "viser-user:";

type Answer = LocalStorageGetItemResponseMessage;

/** Handles a LocalStorage… message; false if it is another. */
export function handleLocalStorage(
  message: ServerMessage,
  send: (answer: Answer) => void,
  storage: () => Storage = () => window.localStorage,
): boolean {
  switch (message.type) {
    case "LocalStorageSetItemMessage":
      attempt(() => storage().setItem(PREFIX + message.key, message.value));
      return true;
    case "LocalStorageRemoveItemMessage":
      attempt(() => storage().removeItem(PREFIX + message.key));
      return true;
    case "LocalStorageClearMessage":
      attempt(() => clear(storage()));
      return true;
    case "LocalStorageGetItemRequestMessage": {
      const answer: Answer = {
        type: "LocalStorageGetItemResponseMessage",
        value: null,
        error: null,
        request_uuid: message.request_uuid,
      };
      answer.error = attempt(() => {
        answer.value = storage().getItem(PREFIX + message.key);
      });
      send(answer);
      return true;
    }
    default:
      return false;
  }
}

function clear(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i));
  for (const key of keys) if (key?.startsWith(PREFIX)) storage.removeItem(key);
}

/** Storage may be full, or forbidden as a whole; returns why. */
function attempt(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (e) {
    const why = e instanceof Error ? e.message : String(e);
    console.warn(`viser: the browser's storage refused: ${why}`);
    return why;
  }
}
