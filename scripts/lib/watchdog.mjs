import { statSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';
import { atMost } from './pace.mjs';

const usualSilenceMs = 3 * 60_000;
const lookMs = 1000;

/**
 * Barks once when a file, which is written to at each beginning and end of a test, has not changed for three minutes
 * (longer where the machine is slow). However long a run takes, it is not cut while it gets on. Returns what ends it.
 */
export function watchRecord(file, bark, silenceMs = usualSilenceMs) {
  let [size, silent, looked] = [sizeOf(file), 0, performance.now()];
  const timer = setInterval(() => {
    const [now, grown] = [performance.now(), sizeOf(file)];
    // While this process does not get its turn, nor does the run: such a time counts as one look.
    silent = grown === size ? silent + Math.min(now - looked, 2 * lookMs) : 0;
    [size, looked] = [grown, now];
    if (silent < atMost(silenceMs)) return;
    clearInterval(timer);
    bark(`nothing happened for ${duration(silent)}`);
  }, lookMs);
  return () => clearInterval(timer);
}

function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}

function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}
