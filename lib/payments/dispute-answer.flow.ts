import 'server-only';
import { runCommand } from '../command';
import { noteAnswerSent } from '../donations/dispute-answer.commands';
import { ok, refuse, type Result } from '../shared/result';
import { disputeAnswer } from './payment.queries';
import { STRIPE, type Around } from './stripe-event.flow';

/**
 * Hands an answer to the provider; its own id is the idempotency key, so that asking twice answers once. The evidence
 * file itself stays with us: the text names it with its fingerprint, and it is sent on request.
 */
export const sendDisputeAnswer = async (
  id: string,
  { gateway, db }: Around,
): Promise<Result<{ readonly sent: boolean }>> => {
  const answer = await disputeAnswer(id, db);
  if (!answer) return refuse('not_found');
  if (answer.sent) return ok({ sent: true });
  const evidence =
    answer.document === null
      ? ''
      : `\n\nEvidence on file: ${answer.document}, SHA-256 ${answer.sha256 ?? ''}`;
  const given = await gateway.answerDispute(answer.providerId, `${answer.words}${evidence}`, true, id);
  if (!given.ok) return { ok: false, refusal: given.refusal };
  const noted = await runCommand(noteAnswerSent, { answer: id }, STRIPE, { key: `answer-sent:${id}`, db });
  return noted.ok ? ok({ sent: true }) : noted;
};
