import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that cannot be confused with a later one that was given the same number. */
export type ProcessMark = { readonly pid: number; readonly started: string };

/**
 * The mark of a running process, or undefined when there is none. A zombie counts as gone: it holds no
 * files and no port, it only waits for its parent to look.
 */
export const markOf = (pid: number): ProcessMark | undefined => {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command name stands in brackets and may itself hold blanks or brackets: count after the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state, started] = [fields[0], fields[19]];
      return state === 'Z' || state === 'X' || started === undefined ? undefined : { pid, started };
    } catch {
      return undefined;
    }
  }
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : { pid, started: line.replace(/^\S+\s+/, '') };
  } catch {
    return undefined;
  }
};

/** True while the marked process still runs (and is not another one with its number). */
export const isAlive = (mark: ProcessMark): boolean => markOf(mark.pid)?.started === mark.started;

/** The command line of a process, empty when it is gone or hidden. */
export const commandLineOf = (pid: number): string => {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
};

/** Sends a signal, and does not mind when the process has gone meanwhile. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // Gone, or not ours to signal; the caller looks at the process itself afterwards.
  }
};

/** Waits until the process is gone; false when it still runs after `timeoutMs`. */
export const waitUntilGone = async (mark: ProcessMark, timeoutMs: number): Promise<boolean> => {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(mark)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
};

/** The number of the process that started this one; 0 when unknown. */
export const parentOf = (pid: number): number => {
  try {
    if (process.platform !== 'linux') {
      return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
};
