import "./status.css";
import { Popover } from "@mantine/core";
import { useState } from "react";
import type { ConnectionState } from "../../contract";
import { useCell, useGui } from "../context";

/** One word for the header; the page's banner has the details. */
export function stateWord(state: ConnectionState): string {
  if (state.kind === "live") {
    if (state.replaying) return "Loading";
    return state.notLive
      ? { recording: "Recording", past: "Not live" }[state.notLive]
      : "Connected";
  }
  if (state.notLive === "recording") return state.kind === "closed" ? "Not opened" : "Opening";
  return { connecting: "Connecting", reconnecting: "Reconnecting", closed: "Not connected" }[
    state.kind
  ];
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** Below the panel's title: the state of what is not live; the button beside it has it, too. */
export function StateLine() {
  const state = useCell(useGui().options.connection);
  if (state.kind === "live" && !state.replaying && !state.notLive) return null;
  return (
    <span className="vg-state" aria-hidden>
      {stateWord(state)}
    </span>
  );
}

/** Connection status: a dot; opened, the details. */
export function Status() {
  const { options } = useGui();
  const state = useCell(options.connection);
  const [opened, setOpened] = useState(false);
  const word = stateWord(state);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" width={280}>
      <Popover.Target>
        <button
          type="button"
          className="vg-status"
          data-state={state.kind}
          data-not-live={state.notLive}
          aria-label={`${state.notLive === "recording" ? "Recording" : "Connection"}: ${word}`}
          aria-expanded={opened}
          data-hint={opened ? undefined : word}
          onClick={() => setOpened((o) => !o)}
        >
          <i />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="vg-status-card" p="sm">
        <StatusCard state={state} />
      </Popover.Dropdown>
    </Popover>
  );
}

function StatusCard({ state }: { state: ConnectionState }) {
  const { options } = useGui();
  const pending = state.bytesPending ?? 0;
  return (
    <>
      <strong>{stateWord(state)}</strong>
      {state.kind !== "live" && <p>{state.detail}</p>}
      <dl>
        {state.server && (
          <Fact
            name={state.notLive === "recording" ? "Recording" : "Server"}
            value={state.server}
          />
        )}
        {state.user && <Fact name="User" value={state.user} />}
        {state.readOnly && <Fact name="Access" value="look only" />}
        {state.dialect && <Fact name="Protocol" value={state.dialect} />}
        {!!state.attempt && <Fact name="Failed attempts" value={String(state.attempt)} />}
        {pending > 0 && <Fact name="Not yet shown" value={megabytes(pending)} />}
      </dl>
      {state.kind !== "live" && state.kind !== "connecting" && (
        <button
          type="button"
          className="vg-plain-button"
          onClick={() => options.connection.retryNow()}
        >
          Try now
        </button>
      )}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
