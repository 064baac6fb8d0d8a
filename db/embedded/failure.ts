/**
 * A reason why the embedded database cannot run, said in one sentence for the person at the terminal.
 * Everything a newcomer can cause (full disk, taken port, wrong owner) arrives as this class; any other
 * error is a bug and keeps its stack.
 */
export class EmbeddedFailure extends Error {
  readonly sentence: string;

  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'EmbeddedFailure';
    this.sentence = sentence;
  }
}

/** The system's error code (`ENOSPC`, `EACCES`, …) of anything thrown, if it has one. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/**
 * Says a file-system error as one sentence. `what` completes “cannot …”, for example “create the data folder”.
 */
export const fileFailure = (error: unknown, what: string, path: string): EmbeddedFailure => {
  const reasons: Record<string, string> = {
    ENOSPC: `The disk that holds ${path} is full: free some space (about 200 MB) and start again.`,
    EDQUOT: `Your disk quota for ${path} is used up: free some space (about 200 MB) and start again.`,
    EROFS: `${path} is on a read-only disk: name a writable folder with DATA_DIR.`,
    EACCES: `This user may not ${what} (${path}): start as its owner, or name another folder with DATA_DIR.`,
    EPERM: `This user may not ${what} (${path}): start as its owner, or name another folder with DATA_DIR.`,
    ENOTDIR: `Part of the path ${path} is a file, not a folder: name another folder with DATA_DIR.`,
  };
  const reason = reasons[errorCode(error) ?? ''];
  if (reason === undefined) throw error;
  return new EmbeddedFailure(reason, { cause: error });
};
