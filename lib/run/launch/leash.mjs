// Preloaded into every process we start (node --import). Our end of its standard input is a leash: when we are gone, by
// whatever signal, the pipe closes and the process ends, so that even kill -9 of the launcher leaves nobody behind on
// the ports of the next start.
import { isMainThread } from 'node:worker_threads';

const graceMs = 8_000;

// Only the process we started itself: what it starts in turn inherits this preload, but has another input.
if (isMainThread && process.env['SHANLU_LEASH'] === String(process.ppid)) {
  process.stdin.on('error', () => undefined);
  process.stdin.once('end', endGroup).resume();
  process.stdin.unref();
}

function endGroup() {
  // Every process we start leads a group of its own, which holds what it started too.
  const send = (signal) => {
    try {
      process.kill(-process.pid, signal);
    } catch {
      process.kill(process.pid, signal);
    }
  };
  setTimeout(() => send('SIGKILL'), graceMs).unref();
  send('SIGTERM');
}
