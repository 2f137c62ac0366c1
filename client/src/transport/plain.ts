/** Fields that only viser-go defines. Upstream viser refuses a message with keys that it does not know. */
import type { ClientMessage } from "../protocol/messages.gen";

const EXTENSION_FIELDS: { readonly [type in ClientMessage["type"]]?: readonly string[] } = {
  SceneNodeClickMessage: ["hit_position"],
  GuiUpdateMessage: ["revision"],
  ViewerCameraMessage: ["projection"],
};

export function withoutExtensions(message: ClientMessage): ClientMessage {
  const extensions = EXTENSION_FIELDS[message.type];
  if (!extensions) return message;
  const plain = { ...message };
  for (const key of extensions) Reflect.deleteProperty(plain, key);
  return plain;
}
