import type { NotificationProps } from "../../protocol/messages.gen";
import { Cell } from "../../shared/observable";
import { errorText } from "../errorText";
import { numOrNull, str } from "../store/read";
import { cssColor } from "../widgets/color";

export interface NoticeLink {
  text: string;
  href: string;
  /** Name of the file that the link saves. */
  filename: string;
}

export interface NoticeContent {
  title: string;
  body: string;
  loading: boolean;
  closable: boolean;
  /** CSS color; undefined: the default. */
  color?: string | undefined;
  /** From 0 to 1. */
  progress?: number;
  link?: NoticeLink;
  /** Milliseconds; null: stays. */
  autoCloseMs: number | null;
}

export interface Notice extends NoticeContent {
  readonly id: string;
}

/** With more than this, the oldest is removed. */
export const MAX_NOTICES = 60;

interface Life {
  timer: ReturnType<typeof setTimeout> | null;
  onClose: (() => void) | undefined;
  fromServer: boolean;
  /** Sent by the server since the last replay began. */
  fresh: boolean;
}

/** Notifications of the program and of the page itself. */
export class Notices {
  readonly all = new Cell<readonly Notice[]>([]);
  private readonly lives = new Map<string, Life>();

  /** Shows or updates a notification of the page itself. onClose is called once, however it is closed. */
  show(id: string, content: NoticeContent, onClose?: () => void): void {
    this.put(id, content, { fromServer: false, onClose });
  }

  /** An action of the page's user did not work. */
  actionFailed(label: string, error: unknown): void {
    this.show("action failed", {
      title: `“${label}” did not work`,
      body: errorText(error),
      loading: false,
      closable: true,
      autoCloseMs: 10_000,
    });
  }

  showFromServer(uuid: unknown, props: NotificationProps): void {
    if (typeof uuid !== "string") return;
    const content = fromProps(props);
    this.closeOldCopy(serverId(uuid), content);
    this.put(serverId(uuid), content, { fromServer: true });
  }

  /** A program that was restarted shows each visitor the same again. */
  private closeOldCopy(id: string, { title, body }: NoticeContent): void {
    if (this.lives.has(id)) return;
    const old = this.all
      .get()
      .find((n) => n.title === title && n.body === body && this.isOld(n.id));
    if (old) this.close(old.id);
  }

  /** Whether it is of an earlier connection. */
  private isOld(id: string): boolean {
    const life = this.lives.get(id);
    return life?.fromServer === true && !life.fresh;
  }

  /** Updates a notification of the program; one that the user has closed stays closed. */
  updateFromServer(uuid: unknown, props: NotificationProps): void {
    if (typeof uuid === "string" && this.lives.has(serverId(uuid)))
      this.showFromServer(uuid, props);
  }

  closeFromServer(uuid: unknown): void {
    if (typeof uuid === "string") this.close(serverId(uuid));
  }

  close(id: string): void {
    const life = this.lives.get(id);
    if (!life) return;
    this.lives.delete(id);
    stop(life);
    this.all.update((all) => all.filter((notice) => notice.id !== id));
    life.onClose?.();
  }

  /** Pauses automatic closing while the notification is hovered or focused. */
  pauseTimer(id: string): void {
    const life = this.lives.get(id);
    if (life) stop(life);
  }

  resumeTimer(id: string): void {
    const notice = this.all.get().find((n) => n.id === id);
    if (notice) this.arm(notice);
  }

  replayStart(): void {
    for (const life of this.lives.values()) life.fresh = false;
  }

  /**
   * Removes notifications of an earlier connection that only its server could close; the user or a timer closes the
   * others.
   */
  replayDone(): void {
    for (const { id, loading, closable } of [...this.all.get()]) {
      if (this.isOld(id) && (loading || !closable)) this.close(id);
    }
  }

  dispose(): void {
    for (const { id } of [...this.all.get()]) this.close(id);
  }

  private put(
    id: string,
    content: NoticeContent,
    life: { fromServer: boolean; onClose?: (() => void) | undefined },
  ): void {
    const old = this.lives.get(id);
    if (old) stop(old);
    else this.removeOldest();
    const notice: Notice = { ...content, id };
    this.lives.set(id, {
      timer: null,
      onClose: life.onClose ?? old?.onClose,
      fromServer: life.fromServer,
      fresh: true,
    });
    this.all.update((all) => (old ? all.map((n) => (n.id === id ? notice : n)) : [...all, notice]));
    this.arm(notice);
  }

  private removeOldest(): void {
    const all = this.all.get();
    if (all.length >= MAX_NOTICES) this.close(all[0]!.id);
  }

  private arm({ id, autoCloseMs }: Notice): void {
    const life = this.lives.get(id);
    if (!life || autoCloseMs === null) return;
    stop(life);
    life.timer = setTimeout(() => this.close(id), autoCloseMs);
  }
}

/** A prefix, so that a server cannot address the page's own notifications. */
function serverId(uuid: string): string {
  return `server:${uuid}`;
}

/** Browsers limit timers to 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function fromProps(props: NotificationProps): NoticeContent {
  const seconds = numOrNull(props.auto_close_seconds);
  return {
    title: str(props.title),
    body: str(props.body),
    loading: props.loading === true,
    closable: props.with_close_button !== false,
    color: cssColor(props.color),
    autoCloseMs: seconds === null ? null : Math.min(MAX_TIMER_MS, Math.max(0, seconds * 1000)),
  };
}

function stop(life: Life): void {
  if (life.timer !== null) clearTimeout(life.timer);
  life.timer = null;
}
