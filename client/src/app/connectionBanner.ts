import type { Connection, ConnectionState } from "../contract";

/** A connection that is established within this time shows no banner. */
const QUIET_MS = 500;
/** How long a message about an interruption that is over stays. */
const NOTE_MS = 5000;

/**
 * Shows the state of the connection above everything while there is none. It works without scene and
 * panel, which may not have been loaded.
 */
export function mountConnectionBanner(parent: HTMLElement, connection: Connection): () => void {
  // For screen readers, which announce changes of a text only if its element is there before. It has the reason, and
  // not each attempt and each second of the countdown.
  const heard = parent.appendChild(document.createElement("p"));
  heard.className = "viser-unseen";
  heard.setAttribute("role", "status");
  const banner = document.createElement("div");
  banner.className = "viser-connection";
  banner.hidden = true;
  const text = banner.appendChild(document.createElement("span"));
  text.setAttribute("aria-hidden", "true");
  const detail = text.appendChild(document.createElement("span"));
  const countdown = text.appendChild(document.createElement("span"));
  const retry = banner.appendChild(document.createElement("button"));
  retry.type = "button";
  retry.textContent = "Try now";
  retry.addEventListener("click", () => connection.retryNow());
  parent.appendChild(banner);
  // Notifications are below the banner where both have no place beside each other.
  const makeRoom = (): void => {
    const { style } = document.documentElement;
    if (!banner.hidden) style.setProperty("--viser-banner", `${banner.offsetHeight}px`);
    else style.removeProperty("--viser-banner");
  };
  window.addEventListener("resize", makeRoom);
  const show = (visible: boolean): void => {
    banner.hidden = !visible;
    makeRoom();
  };
  const announce = (text: string): void => {
    if (heard.textContent !== text) heard.textContent = text;
  };

  let quiet: ReturnType<typeof setTimeout> | undefined;
  let seconds: ReturnType<typeof setInterval> | undefined;
  let note: ReturnType<typeof setTimeout> | undefined;

  /** Why there is no connection; while it is tried again, that of before. */
  let reason: string | undefined;

  const write = (): void => {
    const state = connection.get();
    if (detail.textContent !== state.detail) detail.textContent = state.detail;
    countdown.textContent = countdownText(state, Date.now());
    retry.hidden = !canRetry(state);
    if (banner.hidden) return;
    makeRoom();
    announce(reason ?? state.detail);
  };
  let live = false;
  let shownNote: string | undefined;
  const showNote = (text: string | undefined): void => {
    clearTimeout(note);
    shownNote = text;
    if (text === undefined) {
      show(false);
      if (heard.textContent === "") return;
      announce("Connected.");
      note = setTimeout(() => announce(""), NOTE_MS);
      return;
    }
    detail.textContent = text;
    countdown.textContent = "";
    retry.hidden = true;
    show(true);
    announce(text);
    note = setTimeout(() => {
      show(false);
      announce("");
    }, NOTE_MS);
  };
  const update = (state: ConnectionState): void => {
    document.documentElement.dataset.connection = state.kind;
    clearInterval(seconds);
    seconds = undefined;
    if (state.kind === "live") {
      clearTimeout(quiet);
      quiet = undefined;
      reason = undefined;
      if (!live || state.note !== shownNote) showNote(state.note);
      live = true;
      return;
    }
    live = false;
    clearTimeout(note);
    note = undefined;
    shownNote = undefined;
    if (canRetry(state)) reason = state.detail;
    write();
    if (state.nextRetryAt !== undefined) seconds = setInterval(write, 1000);
    quiet ??= setTimeout(() => {
      show(true);
      write();
    }, QUIET_MS);
  };
  update(connection.get());
  const unsubscribe = connection.subscribe(update);

  return () => {
    unsubscribe();
    clearTimeout(quiet);
    clearInterval(seconds);
    clearTimeout(note);
    show(false);
    window.removeEventListener("resize", makeRoom);
    banner.remove();
    heard.remove();
  };
}

function countdownText({ nextRetryAt }: ConnectionState, now: number): string {
  if (nextRetryAt === undefined) return "";
  const seconds = Math.max(0, Math.ceil((nextRetryAt - now) / 1000));
  return seconds === 0 ? " Trying again …" : ` Trying again in ${seconds} s …`;
}

function canRetry(state: ConnectionState): boolean {
  return state.kind === "closed" || state.nextRetryAt !== undefined;
}
