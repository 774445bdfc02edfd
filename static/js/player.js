// One <video>, one playlist at a time: hls.js where there is MediaSource, the browser's own HLS elsewhere.
// It shows pictures or says what is wrong; what to do about it is decided by whoever holds it.
const SYNC = 1.0; // seconds behind the edge: over one segment (0.5 s) plus its fetch, or every segment's end stalls
const STILL = 6000; // milliseconds without movement before the picture counts as frozen
const POLICY = (firstByte, retries) => ({
  default: {
    maxTimeToFirstByteMs: firstByte, maxLoadTimeMs: firstByte + 5000,
    timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
    errorRetry: { maxNumRetry: retries, retryDelayMs: 400, maxRetryDelayMs: 1600 },
  },
});

const CONFIG = {
  // Else a playlist that arrives before the video is ready waits for the player's next beat: a tenth of a second of every start.
  startFragPrefetch: true,
  liveSyncDuration: SYNC,
  maxLiveSyncPlaybackRate: 1.3,
  liveSyncOnStallIncrease: 0.25,
  liveDurationInfinity: true,
  maxBufferLength: 15,
  maxMaxBufferLength: 20,
  backBufferLength: 8, // a page that stays open all night must not keep the night in memory
  // The portal holds the first playlist up to 12 s, until there is a picture.
  manifestLoadPolicy: POLICY(18000, 1),
  playlistLoadPolicy: POLICY(8000, 2),
  fragLoadPolicy: POLICY(8000, 2),
};

const H265 = 'video/mp4; codecs="hvc1.1.6.L93.B0"';

// What this browser plays besides H.264, for the portal to know: others get such cameras encoded anew.
export function playsBesides() {
  const source = window.ManagedMediaSource ?? window.MediaSource;
  const plays = window.Hls?.isSupported() ? source.isTypeSupported(H265) : document.createElement("video").canPlayType(H265) !== "";
  return plays ? ["h265"] : [];
}

export function createPlayer(video, { onPicture, onTrouble, onBlocked }) {
  const native = !window.Hls?.isSupported();
  let hls = null;
  let url = null;
  let lastTime = -1;
  let movedAt = 0;
  let recoveredAt = 0;

  function letGo() {
    hls?.destroy();
    hls = null;
    url = null;
    video.pause();
    video.removeAttribute("src");
    video.load(); // blanks it: a frozen last picture would look alive
  }

  function trouble(reason) {
    if (url === null) return;
    letGo();
    onTrouble(reason);
  }

  async function play() {
    try {
      await video.play();
    } catch (error) {
      if (error.name === "NotAllowedError" && url !== null) onBlocked();
    }
  }

  // Playback starts at the newest keyframe, up to a GOP ago. When everything up to now has arrived, jump to now: inside the
  // buffer only, since a seek before its start would wait for the next keyframe.
  function towardsNow(event, { frag }) {
    const details = hls?.latestLevelDetails;
    if (!details || frag.end < details.edge - 0.1) return;
    const { buffered, currentTime } = video;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.1 && currentTime < buffered.end(i)) {
        const now = Math.max(buffered.end(i) - SYNC, buffered.start(i));
        if (now - currentTime > 0.7) video.currentTime = now;
      }
    }
  }

  function onError(event, { fatal, type }) {
    if (!fatal) return;
    if (type === window.Hls.ErrorTypes.MEDIA_ERROR && performance.now() - recoveredAt > 5000) {
      recoveredAt = performance.now();
      hls.recoverMediaError();
    } else {
      trouble(type);
    }
  }

  function load(playlist) {
    letGo();
    url = playlist;
    movedAt = performance.now() + 12000; // the first picture may take as long as the playlist is held
    lastTime = -1;
    if (native) {
      video.src = playlist;
    } else {
      hls = new window.Hls(CONFIG);
      hls.on(window.Hls.Events.ERROR, onError);
      hls.on(window.Hls.Events.FRAG_BUFFERED, towardsNow);
      hls.attachMedia(video);
      hls.loadSource(playlist);
    }
    play();
  }

  video.addEventListener("error", () => native && trouble("native"));
  video.addEventListener("ended", () => trouble("ended"));
  const beat = setInterval(() => {
    if (url === null) return;
    const now = performance.now();
    if (video.readyState >= 2 && video.currentTime !== lastTime && !video.seeking) {
      const first = lastTime === -1;
      lastTime = video.currentTime;
      movedAt = now;
      if (first) return; // one frame is no movement
      if (!video.paused) onPicture();
    } else if (now - movedAt > STILL && !video.paused) {
      trouble("still");
    }
  }, 120);

  return {
    // The playlist to hold from now on; null lets go of everything.
    hold(playlist) {
      if (playlist === url) return;
      if (playlist === null) letGo();
      else load(playlist);
    },
    play,
    // The wall-clock time of the picture on screen, as the portal's segments say, or null.
    pictureTime() {
      if (native) {
        const start = video.getStartDate?.();
        return start && !Number.isNaN(+start) ? new Date(+start + video.currentTime * 1000) : null;
      }
      return hls?.playingDate ?? null;
    },
    delay: () => hls?.latency ?? null,
    end() {
      clearInterval(beat);
      letGo();
    },
  };
}
