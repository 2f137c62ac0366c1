import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { builtServer, clientDir, serverCommand } from "./paths";

/** Needs the built page, and builds the Go server of the scenarios once for all tests. */
export default function globalSetup(): void {
  if (!existsSync(join(clientDir, "dist", "assets"))) {
    throw new Error("the page is not built: run `npm run build` first");
  }
  if (serverCommand() !== null) return;
  if (!existsSync(join(clientDir, "e2e", "testserver"))) return;
  execFileSync("go", ["build", "-o", builtServer, "./e2e/testserver"], {
    cwd: clientDir,
    stdio: "inherit",
  });
}
