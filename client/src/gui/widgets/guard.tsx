import { Component, type ReactNode } from "react";

interface GuardProps {
  /** Name of the content, for the message. */
  what: string;
  /** A new version renders the content again. */
  version: unknown;
  children: ReactNode;
}

interface GuardState {
  error: { text: string; version: unknown } | null;
}

/** An error boundary: shows a message in place of a widget that failed to render. */
export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { error: null };

  static getDerivedStateFromProps(props: GuardProps, state: GuardState): GuardState | null {
    const outdated = state.error !== null && state.error.version !== props.version;
    return outdated ? { error: null } : null;
  }

  override componentDidCatch(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    console.error(`viser: “${this.props.what}” could not be drawn:`, error);
    this.setState({ error: { text, version: this.props.version } });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <p className="vg-note" role="alert">
        “{this.props.what}” could not be shown: {error.text}
      </p>
    );
  }
}
