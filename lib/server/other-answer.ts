import type { ServerResponse } from 'node:http';

/**
 * Puts another answer in the place of one that Next is about to give: as soon as it begins, if `unwanted` says so, all
 * that Next still says is dropped, and `answer` is called once Next is done.
 */
export const insteadOf = (response: ServerResponse, unwanted: () => boolean, answer: () => void): void => {
  const { writeHead, write, end, flushHeaders } = response;
  let held = false;
  const look = (): boolean => (held ||= !response.headersSent && unwanted());

  // The four ways in which an answer begins.
  response.flushHeaders = () => {
    if (!look()) flushHeaders.call(response);
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (!held) response.statusCode = status;
    return look()
      ? response
      : (writeHead as (...all: unknown[]) => ServerResponse).call(response, status, ...rest);
  }) as ServerResponse['writeHead'];
  response.write = ((...values: unknown[]) => {
    if (!look()) return (write as (...all: unknown[]) => boolean).apply(response, values);
    const done = values.find((value) => typeof value === 'function') as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  }) as ServerResponse['write'];
  response.end = ((...values: unknown[]) => {
    if (!look()) return (end as (...all: unknown[]) => ServerResponse).apply(response, values);
    Object.assign(response, { writeHead, write, end, flushHeaders });
    answer();
    return response;
  }) as ServerResponse['end'];
};
