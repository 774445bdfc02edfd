// The sound of a kentongan: a hollow log, struck fast. Made here, so that nothing has to be fetched while it is needed.
const ROUND = 6; // seconds from one series of knocks to the next
const ROUNDS = 5;
const KNOCKS = 14; // in a series
const APART = 0.17; // seconds

let sound = null;
let timer = null;

function knockAt(time) {
  const tone = sound.createOscillator();
  const loud = sound.createGain();
  tone.type = "triangle";
  tone.frequency.setValueAtTime(760, time);
  tone.frequency.exponentialRampToValueAtTime(410, time + 0.09);
  loud.gain.setValueAtTime(0.0001, time);
  loud.gain.exponentialRampToValueAtTime(0.7, time + 0.004);
  loud.gain.exponentialRampToValueAtTime(0.0001, time + 0.13);
  tone.connect(loud).connect(sound.destination);
  tone.start(time);
  tone.stop(time + 0.15);
}

function series(left) {
  for (let knock = 0; knock < KNOCKS; knock += 1) knockAt(sound.currentTime + 0.05 + knock * APART);
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200, 100, 400]);
  if (left > 1) timer = setTimeout(series, ROUND * 1000, left - 1);
}

// Resolves to whether it can be heard: browsers are silent until somebody has touched the page.
export async function knock() {
  hush();
  try {
    sound ??= new AudioContext();
  } catch {
    return false;
  }
  await Promise.race([sound.resume(), new Promise((done) => setTimeout(done, 300))]);
  if (sound.state !== "running") return false;
  series(ROUNDS);
  return true;
}

export function hush() {
  clearTimeout(timer);
  sound?.suspend();
}
