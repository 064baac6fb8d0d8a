// Finds the proof in what somebody drops on the page “Check it yourself”: a .tlog-proof file, or a PDF receipt that
// carries one among its attachments.
const text = (bytes) => new TextDecoder().decode(bytes);

const MAGIC = 'c2sp.org/tlog-proof@v1';
const PRIVATE = '{\n "format": "shanlu-openings@v1"';

/** The proof inside a file, and the private part beside it: the file itself, or what is attached to a PDF receipt. */
export const proofIn = async (bytes) => {
  if (!text(bytes.subarray(0, 5)).startsWith('%PDF')) return { proof: bytes };
  const found = {};
  const source = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  for (const mark of source.matchAll(/stream\r?\n/g)) {
    const from = mark.index + mark[0].length;
    const to = source.indexOf('endstream', from);
    if (to < 0 || source.slice(mark.index - 3, mark.index) === 'end') continue;
    const stream = bytes.subarray(from, to);
    for (const content of [stream, await inflated(stream)]) {
      if (content && startsWith(content, MAGIC)) found.proof ??= trimmed(content);
      if (content && startsWith(content, PRIVATE)) found.privatePart ??= trimmed(content);
    }
  }
  return found;
};

const startsWith = (bytes, words) => text(bytes.subarray(0, words.length)) === words;

// A stream may be followed by a line break before "endstream"; a proof file ends with exactly one.
const trimmed = (bytes) => new TextEncoder().encode(`${text(bytes).trimEnd()}\n`);

const inflated = async (bytes) => {
  try {
    const body = new Response(bytes).body.pipeThrough(new DecompressionStream('deflate'));
    const parts = [];
    for (const reader = body.getReader(); ;) {
      const { done, value } = await reader.read().catch(() => ({ done: true }));
      if (done) break;
      parts.push(value);
    }
    return parts.length ? new Uint8Array(await new Blob(parts).arrayBuffer()) : null;
  } catch {
    return null;
  }
};
