import type { ServerResponse } from 'node:http';
import { duringRequest, type Asked } from './asked';
import { codeOfStatus, type RefusalCode } from './refusal-kinds.rules';
import { noteRefusal } from './refusal-log';

/** What Next says when a form or a script asks for an action it does not have. */
const NO_SUCH_ACTION = 'x-nextjs-action-not-found';

/**
 * Writes the line of a request that was refused where nobody could say more of it: by the wall against other sites, by
 * the framework (a method the address does not take, a form that is none), by a handler that answers a status alone.
 */
export const noteIfRefused = (asked: Asked, response: ServerResponse): void => {
  response.once('finish', () => {
    const code: RefusalCode | null = response.hasHeader(NO_SUCH_ACTION)
      ? 'action_unknown'
      : codeOfStatus(response.statusCode);
    if (code !== null && !asked.noted) duringRequest(asked, () => noteRefusal({ code }));
  });
};
