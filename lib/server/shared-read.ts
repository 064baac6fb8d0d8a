/**
 * Shares one read between everyone who waits for it, without ever answering with what was read before they asked: who
 * comes while a read is under way waits for the next one. So a crowd costs one read at a time, and nobody sees the past.
 */
export const sharedRead = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let running: Promise<Value> | undefined;
  let waiting: Promise<Value> | undefined;
  const start = (): Promise<Value> => {
    running = read().finally(() => (running = undefined));
    // Its error belongs to those who asked; this handle only says that it has ended.
    running.catch(() => undefined);
    return running;
  };
  return () => {
    if (!running) return start();
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        return start();
      });
    return waiting;
  };
};
