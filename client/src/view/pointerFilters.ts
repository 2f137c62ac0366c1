/** Which scene clicks and rectangle selections the server's scene, and each client's own, listens to. */
import type {
  KeyModifier,
  ScenePointerEnableMessage,
  ScenePointerEventType,
} from "../protocol/messages.gen";

export class PointerFilters {
  private readonly filters = new Map<
    string,
    { type: ScenePointerEventType; modifiers: readonly (KeyModifier | null)[]; received: boolean }
  >();

  set(m: ScenePointerEnableMessage): void {
    const key = `${m.event_type} ${m.owner}`;
    if (m.modifiers.length === 0) this.filters.delete(key);
    else this.filters.set(key, { type: m.event_type, modifiers: m.modifiers, received: true });
  }

  /** Whether there is a listener for this event with exactly these modifiers. */
  engaged(type: ScenePointerEventType, modifier: KeyModifier | null): boolean {
    for (const f of this.filters.values()) {
      if (f.type === type && f.modifiers.some((m) => (m ?? null) === modifier)) return true;
    }
    return false;
  }

  replayStart(): void {
    for (const f of this.filters.values()) f.received = false;
  }

  replayDone(): void {
    for (const [key, f] of this.filters) if (!f.received) this.filters.delete(key);
  }
}
