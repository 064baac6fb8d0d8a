/**
 * How far an import has come, told from inside its one transaction to whoever runs it: what the transaction itself
 * writes, nobody can see before it ends. Within one process, from the command to the job around it.
 */
export type ImportPhase = 'reading' | 'comparing' | 'storing';
type Listener = (phase: ImportPhase, done: number, total: number) => Promise<void>;

const listeners = new Map<string, Listener>();

export const listenToImport = (code: string, listener: Listener): (() => void) => {
  listeners.set(code, listener);
  return () => void listeners.delete(code);
};

export const tellProgress = async (
  code: string,
  phase: ImportPhase,
  done: number,
  total: number,
): Promise<void> => {
  await listeners.get(code)?.(phase, done, total);
};
