import "./videoLine.css";
import { useCell, useGui } from "../context";
import type { VideoRecorder } from "./videoRecorder";

/** How long the video in progress is, and its end. */
export default function VideoLine() {
  const video = useCell(useGui().pictures.video);
  return video && <Line video={video} />;
}

function Line({ video }: { video: VideoRecorder }) {
  const { seconds, bytes } = useCell(video.progress);
  const minutes = Math.floor(seconds / 60);
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  return (
    <section className="vg-video" aria-label="Video">
      <span className="vg-video-dot" aria-hidden="true" />
      <span>
        {minutes}:{rest}, {(bytes / 1e6).toFixed(1)} MB
      </span>
      <button type="button" className="vg-plain-button" onClick={() => void video.stop()}>
        Stop and save
      </button>
    </section>
  );
}
