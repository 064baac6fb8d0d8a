import { readUpload } from '../files/upload';

/** Larger than any form without a file that our pages send; more is not read. */
const BODY_MAX = 10_000;

/** The fields of a small form, or null when the body is none, is too large, or breaks off. */
export const readSmallForm = async (request: Request): Promise<URLSearchParams | null> => {
  if (!(request.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded'))
    return null;
  const body = await readUpload(request.body, BODY_MAX);
  return body.ok ? new URLSearchParams(new TextDecoder().decode(body.value)) : null;
};

/** JSON of a small request, or undefined when it is none, is too large, or breaks off. */
export const readSmallJson = async (request: Request): Promise<unknown> => {
  const body = await readUpload(request.body, BODY_MAX);
  if (!body.ok) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body.value));
  } catch {
    return undefined;
  }
};
