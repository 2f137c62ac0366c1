import { join } from "node:path";

export const clientDir = join(import.meta.dirname, "..");
export const builtServer = join(clientDir, ".cache", "testserver");

/** The server's command line in VISER_E2E_SERVER, split at blanks; null: the Go one of e2e/testserver. */
export function serverCommand(): string[] | null {
  const command = process.env.VISER_E2E_SERVER?.trim();
  return command ? command.split(/\s+/) : null;
}
