import "./noticeList.css";
import { useCell, useGui } from "../context";
import { IconButton } from "../icons";
import type { Notice } from "./notices";

export function NoticeList() {
  const { notices } = useGui();
  const all = useCell(notices.all);
  return (
    <section className="vg-notices" aria-label="Notifications" aria-live="polite">
      {all.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { notices } = useGui();
  const { id, title, body, loading, closable, color, progress, link } = notice;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only pauses the timer.
    <div
      className="vg-notice"
      data-loading={loading || undefined}
      style={{ "--vg-accent": color }}
      onPointerEnter={() => notices.pauseTimer(id)}
      onPointerLeave={() => notices.resumeTimer(id)}
      onFocus={() => notices.pauseTimer(id)}
      onBlur={() => notices.resumeTimer(id)}
    >
      {loading && <span className="vg-spinner" role="img" aria-label="Working" />}
      <div className="vg-notice-text">
        {title && <strong>{title}</strong>}
        {body && <p>{body}</p>}
        {progress !== undefined && (
          <div
            className="vg-progress"
            role="progressbar"
            aria-label={title}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(progress * 100)}
          >
            <div style={{ width: `${progress * 100}%` }} />
          </div>
        )}
        {link && (
          <a href={link.href} download={link.filename}>
            {link.text}
          </a>
        )}
      </div>
      {closable && (
        <IconButton icon="close" label={`Close: ${title}`} onClick={() => notices.close(id)} />
      )}
    </div>
  );
}
