import { Component, type ReactNode } from "react";

interface GuardProps {
  /** What is inside, for the message. */
  what: string;
  /** A new version gets a new try. */
  version: unknown;
  children: ReactNode;
}

interface GuardState {
  error: { text: string; version: unknown } | null;
}

/** Keeps a widget that cannot be drawn from taking the others with it, and says what happened. */
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
