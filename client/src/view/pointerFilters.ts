/** Which scene clicks and rectangle selections the server's scene, and each client's own, listens to. */
import type {
  KeyModifier,
  ScenePointerEnableMessage,
  ScenePointerEventType,
} from "../protocol/messages.gen";

export class PointerFilters {
  private readonly filters = new Map<
    string,
    { type: ScenePointerEventType; modifiers: readonly (KeyModifier | null)[]; said: boolean }
  >();

  set(m: ScenePointerEnableMessage): void {
    const key = `${m.event_type} ${m.owner}`;
    if (m.modifiers.length === 0) this.filters.delete(key);
    else this.filters.set(key, { type: m.event_type, modifiers: m.modifiers, said: true });
  }

  /** Whether anybody listens to this, with exactly these modifiers. */
  engaged(type: ScenePointerEventType, modifier: KeyModifier | null): boolean {
    for (const f of this.filters.values()) {
      if (f.type === type && f.modifiers.some((m) => (m ?? null) === modifier)) return true;
    }
    return false;
  }

  replayStart(): void {
    for (const f of this.filters.values()) f.said = false;
  }

  replayDone(): void {
    for (const [key, f] of this.filters) if (!f.said) this.filters.delete(key);
  }
}
