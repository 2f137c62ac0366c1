/** The meaning of a websocket's close code: a message for the user, and what to do next. */

export interface Ending {
  detail: string;
  /**
   * "backoff": retry after a growing delay. "other-version": at once, offering `version`. "stop": only
   * when the user asks, because it would end the same way.
   */
  next: "backoff" | "other-version" | "stop";
  version?: string;
}

export interface CloseFacts {
  code: number;
  reason: string;
  /** Whether the connection had been established. */
  wasOpen: boolean;
  /** The version of viser that this page offered last, "1.1.1". */
  offered: string;
}

/** The page gives up this connection. Without the code the server would take it for a page that was closed. */
export const GIVEN_UP = 4000;
/** The server closes: the program ends, or a proxy starts anew. */
export const STOPPED = 1001;
/** Another page has taken over the session. */
export const REPLACED = 4010;
/** The access was revoked or has expired. */
const NO_ACCESS = 4005;
/** The program has ended this client. */
const DISMISSED = 4007;
const MISMATCH = /^Version mismatch\..*\bServer:\s*(\S+)/;
/** All releases with this prefix are assumed to have the same protocol. */
const KNOWN_VERSION = /^1\.1\.\d{1,6}$/;

export function ending({ code, reason, wasOpen, offered }: CloseFacts): Ending {
  const version = code === 1002 ? MISMATCH.exec(reason)?.[1] : undefined;
  if (version !== undefined) return mismatch(version, offered);
  if (code === NO_ACCESS) return { detail: noAccess(reason), next: "stop" };
  return {
    detail: closeDetail(code, reason, wasOpen),
    next: code === REPLACED || code === DISMISSED ? "stop" : "backoff",
  };
}

/** A retry would end the same way, until somebody gives the user access again. */
function noAccess(reason: string): string {
  const what = /expired/.test(reason)
    ? "Your access to this viewer has expired."
    : "Your access to this viewer was revoked.";
  return `${what} Ask the person who runs it for a new link.`;
}

function mismatch(version: string, offered: string): Ending {
  if (!KNOWN_VERSION.test(version)) {
    return {
      detail: `The server speaks viser ${version}, this page speaks viser 1.1. Open the page that the server itself offers, or install a matching version.`,
      next: "stop",
    };
  }
  if (version === offered) {
    return {
      detail: `The server reports viser ${version}, but refuses this version.`,
      next: "stop",
    };
  }
  return { detail: `The server speaks viser ${version}.`, next: "other-version", version };
}

/** What a close code of an established connection means. */
export function describeClose(code: number): string {
  return closeDetail(code, "", true);
}

function closeDetail(code: number, reason: string, wasOpen: boolean): string {
  const why = reason === "" ? "" : ` (${reason})`;
  switch (code) {
    case 1000:
      return `The server ended the connection${why}.`;
    case STOPPED:
      return `The server was stopped${why}.`;
    case 1002:
      return `The server reported a protocol violation${why}.`;
    case 1006:
      return wasOpen ? "The connection was lost." : "The server cannot be reached.";
    case 1008:
      return `The server refused the connection${why}.`;
    case 1009:
      return `This page sent a message that is too large for the server${why}.`;
    case 1011:
      return `The server had an error${why}.`;
    case 4001:
      return `The server dropped this page, which received nothing for too long${why}.`;
    case 4002:
      return `The server could not read what this page sent${why}.`;
    case DISMISSED:
      return `The program has disconnected this page${why}.`;
    case REPLACED:
      return "Another page continues this session: a copy of this tab, perhaps. Connecting again begins a new one.";
    case 4006:
      return "Too many pages are open from your address.";
    case 4003:
      return `The server is full: it accepts no more pages at the moment${why}.`;
    default:
      return `The server ended the connection with code ${code}${why}.`;
  }
}
