import { checkpointText, parseCheckpointText, parseSize, type TreeHead } from './checkpoint';
import { HASH_BYTES, type Hash } from './merkle';
import { parseNote, strictBase64 } from './note';

/**
 * c2sp.org/tlog-proof@v1: one file that shows, without a network, that something is in the log. The `extra`
 * line carries the leaf's own bytes, so that the file alone is enough: nobody has to fetch them from us.
 */
export type TlogProof = {
  readonly extra: Buffer | null;
  readonly index: bigint;
  readonly hashes: readonly Hash[];
  /** The checkpoint verbatim, with the signatures of the log and of witnesses. */
  readonly checkpoint: string;
};

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** No tree of 2⁶³ leaves is higher than 63. */
const HASHES_MAX = 63;

/** The text of a proof file; its suffix is `.tlog-proof`. */
export const formatTlogProof = ({ extra, index, hashes, checkpoint }: TlogProof): string =>
  [
    FIRST_LINE,
    ...(extra ? [`extra ${extra.toString('base64')}`] : []),
    `index ${index}`,
    ...hashes.map((hash) => Buffer.from(hash).toString('base64')),
    '',
    checkpoint,
  ].join('\n');

/** Reads a proof file strictly. It proves nothing yet: the checkpoint's signature and the climb come after. */
export const parseTlogProof = (file: string): (TlogProof & { readonly head: TreeHead }) | null => {
  const blank = file.indexOf('\n\n');
  if (blank < 0) return null;
  const [first, ...lines] = file.slice(0, blank).split('\n');
  if (first !== FIRST_LINE) return null;

  let extra: Buffer | null = null;
  if (lines[0]?.startsWith('extra ')) {
    extra = strictBase64(lines[0].slice('extra '.length));
    if (!extra) return null;
    lines.shift();
  }
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseSize(indexLine.slice('index '.length)) : null;
  if (index === null || lines.length > HASHES_MAX) return null;

  const hashes: Hash[] = [];
  for (const line of lines) {
    const hash = strictBase64(line);
    if (hash?.length !== HASH_BYTES) return null;
    hashes.push(hash);
  }
  const checkpoint = file.slice(blank + 2);
  const note = parseNote(checkpoint);
  const head = note && parseCheckpointText(note.text);
  if (!head || index >= head.size || !note.text.startsWith(checkpointText(head))) return null;
  return { extra, index, hashes, checkpoint, head };
};
