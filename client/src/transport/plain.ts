/** What a server that speaks plain viser must not be sent: it refuses keys that it does not know. */
import type { ClientMessage } from "../protocol/messages.gen";

const OURS: { readonly [type in ClientMessage["type"]]?: readonly string[] } = {
  SceneNodeClickMessage: ["hit_position"],
};

export function withoutOurs(message: ClientMessage): ClientMessage {
  const ours = OURS[message.type];
  if (!ours) return message;
  const kept = Object.entries(message).filter(([key]) => !ours.includes(key));
  return Object.fromEntries(kept) as unknown as ClientMessage;
}
