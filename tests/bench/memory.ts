import { readFileSync } from 'node:fs';

/** What lies in memory of a process, in MB. */
export const residentMb = (pid: number | string): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
