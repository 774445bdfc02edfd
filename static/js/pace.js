// How often each still on screen is asked for, so that a page of many stays within what somebody's data can bear. Pure.
//
// While all together fit into the hour's budget, everyone is asked for every five seconds. Where they do not, those in the middle of
// the screen are, and the others share what is left: what somebody looks at is fresh, what they look past is calm.
const SOONEST = 5; // seconds
export const LATEST = 60;
const SAVING = 30; // everyone's, where data is saved
const HOURLY = 16e6; // bytes for stills; the page may use 20 MB with all that moves beside them

const bytesOf = (shown) => shown.reduce((sum, one) => sum + one.bytes, 0);
const alike = (shown, seconds) => new Map(shown.map(({ key }) => [key, seconds]));

// shown: [{ key, bytes, near }]: what one question costs on the average, and how far from the middle of the screen it is.
// → Map of key to seconds.
export function paces(shown, { hourly = HOURLY, saving = false } = {}) {
  const budget = hourly / 3600;
  const whole = bytesOf(shown);
  if (saving) return alike(shown, SAVING);
  if (whole / SOONEST <= budget) return alike(shown, SOONEST);
  if (whole / LATEST >= budget) return alike(shown, whole / budget);
  const calm = [...shown].sort((one, other) => one.near - other.near);
  const result = new Map();
  // Everyone has the slowest in any case. Half of what is left is for those in the middle, the other half for all others.
  let left = budget - whole / LATEST;
  let spare = calm.length === 1 ? left : left / 2;
  while (calm.length && calm[0].bytes * (1 / SOONEST - 1 / LATEST) <= spare) {
    const { key, bytes } = calm.shift();
    result.set(key, SOONEST);
    spare -= bytes * (1 / SOONEST - 1 / LATEST);
    left -= bytes * (1 / SOONEST - 1 / LATEST);
  }
  if (!result.size) {
    const { key, bytes } = calm.shift();
    result.set(key, bytes / (bytes / LATEST + spare));
    left -= spare;
  }
  const rest = bytesOf(calm);
  calm.forEach(({ key }) => result.set(key, Math.max(SOONEST, rest / (rest / LATEST + left))));
  return result;
}
