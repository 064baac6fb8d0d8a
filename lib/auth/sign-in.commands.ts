import { timingSafeEqual } from 'node:crypto';
import { defineCommand } from '../context';
import { env } from '../env';
import { queueMail } from '../mail/outbox.store';
import { letterLink } from '../shared/letter-link.rules';
import { ok, refuse } from '../shared/result';
import { CODE_LENGTH, groupedCode, readCode } from './code.rules';
import { isOnTheWayToGive } from './next-path.rules';
import { codeToken, requestHash, verificationHash } from './secrets';
import { SIGN_IN_CODE_TRIES, SIGN_IN_SECONDS } from './session-limits.rules';
import { askForm, completeForm, tryForm } from './sign-in.form';
import {
  accountOf,
  addressBelongsToSomebody,
  countAttempt,
  giverName,
  insertRequest,
  lockRequest,
  tieGifts,
  useRequest,
} from './sign-in.store';

/**
 * Someone asks for a sign-in link and code. For an address that belongs to nobody the very same rows are written
 * (request, mail, job, audit event), only without the address; the worker drops that mail. So neither the answer
 * nor its time tells who is known here, and an unknown address is not kept. Whoever proves a mailbox on the way to a
 * gift may be new here: that mail goes to every address alike, which tells as little.
 */
export const askToSignIn = defineCommand({
  name: 'sign_in.ask',
  permission: 'sign-in:work',
  events: ['sign_in_asked'],
  input: askForm,
  run: async (ctx, input) => {
    const belongs = await addressBelongsToSomebody(ctx.trx, input.email);
    const known = belongs || isOnTheWayToGive(input.next);
    const id = ctx.newId();
    await insertRequest(ctx.trx, {
      id,
      requestHash: requestHash(input.requestSecret),
      linkHash: Buffer.from(verificationHash(input.linkSecret), 'hex'),
      codeHash: Buffer.from(verificationHash(codeToken(input.requestSecret, input.code)), 'hex'),
      email: known ? input.email : null,
      lang: input.lang,
      next: input.next,
      expiresAt: new Date(ctx.now.getTime() + SIGN_IN_SECONDS * 1000),
    });
    await queueMail(ctx, {
      to: known ? { address: input.email } : { nobody: true },
      lang: input.lang,
      template: 'sign_in',
      data: {
        code: groupedCode(input.code),
        url: letterLink(`${env.PUBLIC_URL}/${input.lang}/sign-in/confirm`, input.linkSecret),
        device: input.device,
      },
      goodForSeconds: SIGN_IN_SECONDS,
    });
    ctx.record({ event: 'sign_in_asked', subjectKind: 'sign_in', subjectId: id });
    return ok({ requestId: id });
  },
});

export type TryVerdict = 'right' | 'wrong' | 'expired' | 'used' | 'tries_used_up';

/**
 * Someone types a code in the browser that asked for it. The try is counted whatever comes of it. "Used" is said
 * only to who knows the right code: otherwise a guesser would learn that somebody owns the address.
 */
export const trySignInCode = defineCommand({
  name: 'sign_in.try_code',
  permission: 'sign-in:work',
  events: ['sign_in_code_tried'],
  input: tryForm,
  run: async (ctx, input) => {
    const request = await lockRequest(ctx.trx, requestHash(input.requestSecret));
    if (request === null) return refuse('code_expired');
    let verdict: TryVerdict;
    if (request.expired) verdict = 'expired';
    else if (request.attempts >= SIGN_IN_CODE_TRIES) verdict = 'tries_used_up';
    else {
      await countAttempt(ctx.trx, request.id);
      const code = readCode(input.code ?? '', CODE_LENGTH);
      const hash = Buffer.from(verificationHash(codeToken(input.requestSecret, code ?? '')), 'hex');
      const right = timingSafeEqual(hash, request.codeHash);
      if (right) verdict = request.used ? 'used' : 'right';
      else verdict = request.attempts + 1 >= SIGN_IN_CODE_TRIES ? 'tries_used_up' : 'wrong';
    }
    ctx.record({
      event: 'sign_in_code_tried',
      subjectKind: 'sign_in',
      subjectId: request.id,
      details: { verdict },
    });
    return ok({ verdict });
  },
});

/**
 * A link or code is used: the mailbox is theirs. Makes the account of a donor on first use and ties the gifts made
 * with this address to it. Staff accounts are never made here, only by an administrator.
 */
export const completeSignIn = defineCommand({
  name: 'sign_in.complete',
  permission: 'sign-in:work',
  events: ['signed_in', 'donor_account_made'],
  input: completeForm,
  run: async (ctx, { tokenHash }) => {
    const request = await useRequest(ctx.trx, Buffer.from(tokenHash, 'hex'), ctx.now);
    if (request === null) return refuse('code_used');
    const account = await accountOf(ctx.trx, request.email);
    if (account?.disabled) return refuse('not_permitted');
    let personId = account?.id;
    if (personId === undefined) {
      const name = await giverName(ctx.trx, request.email);
      if (name === undefined && !isOnTheWayToGive(request.next)) return refuse('not_permitted');
      personId = ctx.newId();
      await ctx.trx
        .insertInto('person')
        .values({ id: personId, email: request.email, name: name ?? '—', lang: request.lang })
        .execute();
      ctx.record({ event: 'donor_account_made', subjectKind: 'person', subjectId: personId });
    }
    await tieGifts(ctx.trx, request.email, personId);
    ctx.record({
      event: 'signed_in',
      subjectKind: 'person',
      subjectId: personId,
      details: { request: request.id },
    });
    return ok({ personId });
  },
});
