import type { ServerResponse } from 'node:http';

/**
 * Puts another answer in the place of one that Next is about to give: as soon as it begins, if `unwanted` says so, all
 * that Next still says is held back, and `answer` is called with it once Next is done. Status and headers are those of Next
 * until `answer` changes them.
 */
export const insteadOf = (
  response: ServerResponse,
  unwanted: () => boolean,
  answer: (body: Buffer) => void,
): void => {
  const { writeHead, write, end, flushHeaders } = response;
  const parts: Buffer[] = [];
  let held = false;
  const look = (): boolean => (held ||= !response.headersSent && unwanted());

  // The four ways in which an answer begins.
  response.flushHeaders = () => {
    if (!look()) flushHeaders.call(response);
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (held || !response.headersSent) takeHead(response, status, rest);
    return look()
      ? response
      : (writeHead as (...all: unknown[]) => ServerResponse).call(response, status, ...rest);
  }) as ServerResponse['writeHead'];
  response.write = ((...values: unknown[]) => {
    if (!look()) return (write as (...all: unknown[]) => boolean).apply(response, values);
    takePart(parts, values);
    return true;
  }) as ServerResponse['write'];
  response.end = ((...values: unknown[]) => {
    if (!look()) return (end as (...all: unknown[]) => ServerResponse).apply(response, values);
    takePart(parts, values);
    Object.assign(response, { writeHead, write, end, flushHeaders });
    answer(Buffer.concat(parts));
    return response;
  }) as ServerResponse['end'];
};

const takeHead = (response: ServerResponse, status: number, rest: readonly unknown[]): void => {
  response.statusCode = status;
  const headers = rest.find((one) => typeof one === 'object' && one !== null && !Array.isArray(one)) ?? {};
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string | string[]);
};

/** What `write` and `end` are given: a part, its encoding and whom to tell, of which each may be left out. */
const takePart = (parts: Buffer[], values: readonly unknown[]): void => {
  const [part, encoding] = values;
  if (typeof part === 'string')
    parts.push(Buffer.from(part, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
  else if (part instanceof Uint8Array) parts.push(Buffer.from(part));
  const done = values.find((value) => typeof value === 'function') as (() => void) | undefined;
  if (done) process.nextTick(done);
};
