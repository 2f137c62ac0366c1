import type { Connection, ConnectionState } from "./contract";

/** A connection that comes at once needs no words. */
const QUIET_MS = 500;

/**
 * Says what the connection is doing, above everything, while there is none. It works without scene and
 * panel, which may not have been loaded.
 */
export function mountConnectionBanner(parent: HTMLElement, connection: Connection): () => void {
  const banner = document.createElement("div");
  banner.className = "viser-connection";
  banner.setAttribute("role", "status");
  banner.hidden = true;
  const text = banner.appendChild(document.createElement("span"));
  const retry = banner.appendChild(document.createElement("button"));
  retry.type = "button";
  retry.textContent = "Try now";
  retry.addEventListener("click", () => connection.retryNow());
  parent.appendChild(banner);

  let quiet: ReturnType<typeof setTimeout> | undefined;
  let countdown: ReturnType<typeof setInterval> | undefined;

  const write = (): void => {
    const state = connection.get();
    text.textContent = bannerText(state, Date.now());
    retry.hidden = !canRetry(state);
  };
  const update = (state: ConnectionState): void => {
    document.documentElement.dataset.connection = state.kind;
    clearInterval(countdown);
    countdown = undefined;
    if (state.kind === "live") {
      clearTimeout(quiet);
      quiet = undefined;
      banner.hidden = true;
      return;
    }
    write();
    if (state.nextRetryAt !== undefined) countdown = setInterval(write, 1000);
    quiet ??= setTimeout(() => {
      banner.hidden = false;
    }, QUIET_MS);
  };
  update(connection.get());
  const unsubscribe = connection.subscribe(update);

  return () => {
    unsubscribe();
    clearTimeout(quiet);
    clearInterval(countdown);
    banner.remove();
  };
}

export function bannerText(state: ConnectionState, now: number): string {
  if (state.nextRetryAt === undefined) return state.detail;
  const seconds = Math.max(0, Math.ceil((state.nextRetryAt - now) / 1000));
  return seconds === 0
    ? `${state.detail} Trying again …`
    : `${state.detail} Trying again in ${seconds} s …`;
}

function canRetry(state: ConnectionState): boolean {
  return state.kind === "closed" || state.nextRetryAt !== undefined;
}
