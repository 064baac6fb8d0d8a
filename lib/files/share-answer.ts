import 'server-only';
import { createHash } from 'node:crypto';
import { sharePicture, type SharePicture } from './share-picture.gateway';

/** Pictures kept per process: drawing one takes a moment, and a link shared in a group is asked for by everybody. */
const KEPT = 120;
const kept = new Map<string, Promise<Buffer>>();

/** The picture as an answer. Its tag is the hash of what it says, so it is sent again only when that changes. */
export const shareAnswer = async (request: Request, picture: SharePicture): Promise<Response> => {
  const says = createHash('sha256').update(JSON.stringify(picture)).digest('hex');
  const headers = { ETag: `"${says.slice(0, 32)}"`, 'Cache-Control': 'public, max-age=300' };
  if (request.headers.get('if-none-match') === headers.ETag)
    return new Response(null, { status: 304, headers });
  const drawing = kept.get(says) ?? sharePicture(picture);
  kept.delete(says);
  kept.set(says, drawing);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return new Response(new Uint8Array(await drawing), {
    headers: { ...headers, 'Content-Type': 'image/png' },
  });
};
