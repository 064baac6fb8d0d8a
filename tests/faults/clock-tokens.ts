import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { enrolPerson } from '@/lib/auth/person.commands';
import { BUDGETS, takeFromBudget } from '@/lib/auth/rate-limit';
import { giveFactor, renewCodesOf } from '@/lib/auth/recovery';
import type { Actor } from '@/lib/auth/roles.rules';
import { newSecret, sessionTokenHash } from '@/lib/auth/secrets';
import { requestOfBrowser } from '@/lib/auth/sign-in.queries';
import { newId } from '@/lib/shared/id';
import { must } from '../db/donations-kit';
import { done } from '../support/act';
import { ask, consumeCode, live, signIn, STAFF_SECRET, type Asked } from '../support/sign-in';
import { betweenSteps, totp } from '../support/totp';

const MINUTE = 60;
const CODE_LIVES = 10 * MINUTE;
const IDLE = 30 * MINUTE;
const BUDGET = BUDGETS.sign_in_mail_per_address;

/** The same act under the same key. */
const again = <T>(act: (key: string) => Promise<T>): Promise<T> => {
  const key = newId();
  return patiently(() => act(key));
};

type Signed = {
  readonly email: string;
  readonly personId: string;
  readonly recovery: string[];
  /** Of a session that has its second factor. */
  token: string;
  sessionId: string;
  readonly asked: Asked;
};

/**
 * PostgreSQL now and then takes a jump for a time limit that has passed, and ends what is under way: whoever is told so
 * tries again.
 */
export const patiently = async <T>(act: () => Promise<T>): Promise<T> => {
  for (let left = 5; ; left -= 1) {
    try {
      return await act();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(100);
    }
  }
};

/** What somebody of the staff holds who signed in while the clock was right, and what is given out while it is not. */
export class ClockTokens {
  /** Each thing that was not as it must be, in words. */
  readonly wrong: string[] = [];
  readonly figure = { sessions: 0, codes: 0, codesClearedMeanwhile: 0 };

  constructor(
    private readonly db: Kysely<Database>,
    private readonly admin: Actor,
  ) {}

  /** Signs somebody new in, with the second factor, and asks for one more code. */
  async begin(name: string): Promise<Signed> {
    const { db } = this;
    const email = `${name}@example.invalid`;
    const person = { email, name, lang: 'en', roles: ['approver'], totpSecret: STAFF_SECRET };
    const { personId } = await again((key) => done(db, enrolPerson, person, this.admin, key));
    const first = await this.signIn(email);
    await betweenSteps();
    const raised = await this.raise(personId, first.sessionId, totp());
    const codes = await patiently(async () =>
      must(await renewCodesOf({ personId, sessionId: first.sessionId }, db)),
    );
    const recovery = [...codes.codes];
    if (raised === null) throw new Error(`${email} could not give the second factor`);
    this.figure.sessions += 1;
    this.figure.codes += 1;
    const asked = await patiently(() => ask(db, email));
    return { email, personId, recovery, token: raised, sessionId: first.sessionId, asked };
  }

  /** What was given out while the clock was right, seen so many seconds away from it. */
  async whileAway(signed: Signed, shift: number): Promise<void> {
    const where = `${shift} s away`;
    const session = await this.session(signed.token);
    this.must(`session of before, ${where}`, session !== null, shift >= 0 && shift < IDLE);
    const request = await this.request(signed.asked);
    this.must(`code of before, ${where}`, request?.usable === true, shift >= 0 && shift < CODE_LIVES);
    if (session === null) return;
    this.must(`second factor too young, ${where}`, (session.secondFactorSecondsAgo ?? 0) < shift, false);
    // Given once more under the wrong clock: its age must not be less than nothing when the clock is right again.
    signed.token =
      (await this.raise(signed.personId, session.sessionId, signed.recovery.pop() ?? '')) ?? signed.token;
  }

  /** Signs the same person in under the wrong clock. */
  async beginAway({ email, personId, recovery }: Signed): Promise<{ token: string; asked: Asked }> {
    const { sessionId, token } = await this.signIn(email);
    const raised = await this.raise(personId, sessionId, recovery.pop() ?? '');
    return { token: raised ?? token, asked: await patiently(() => ask(this.db, email)) };
  }

  /** Everything, when the clock is right again. */
  async whenRight(
    signed: Signed,
    away: { readonly token: string; readonly asked: Asked } | null,
  ): Promise<void> {
    const session = await this.session(signed.token);
    this.must('session of before', session !== null, true);
    const age = session?.secondFactorSecondsAgo ?? null;
    this.must('second factor of an age below nothing', age !== null && age < 0, false);
    this.must('session longer than may be', (session?.secondsLeft ?? 0) > 12 * 3_600, false);
    // The worker removes what was asked for a day ago, and for two days it was.
    if ((await this.request(signed.asked)) === null) this.figure.codesClearedMeanwhile += 1;
    else this.must('code of before', await this.opens(signed.asked), true);
    if (away === null) return;
    this.must('session of the wrong clock', (await this.session(away.token)) !== null, false);
    const request = await this.request(away.asked);
    this.must('code of the wrong clock, as the page sees it', request?.usable === true, false);
    this.must('code of the wrong clock', await this.opens(away.asked), false);
  }

  /** Uses a budget of signing in up. */
  async useUp(subject: string): Promise<void> {
    for (let taken = 0; taken < BUDGET.burst; taken += 1) await this.take(subject);
  }

  /** Whoever used it up under another clock waits no longer than one who did so a moment ago. */
  async mayTakeSoon(subject: string): Promise<void> {
    const taken = await this.take(subject);
    const wait = taken.ok ? 0 : taken.retryAfterSeconds;
    this.must(`waits ${wait} s for a mail`, wait > BUDGET.everySeconds, false);
  }

  private session(token: string) {
    return patiently(() => live(this.db, token));
  }

  private request({ request }: Asked) {
    return patiently(() => requestOfBrowser(request, this.db));
  }

  /** A try that was ended by a jump looks like a refused one: a second tells them apart. */
  private async opens(asked: Asked): Promise<boolean> {
    const once = () => patiently(() => consumeCode(this.db, asked));
    return ((await once()) ?? (await once())) !== null;
  }

  private take(subject: string) {
    return patiently(() => takeFromBudget('sign_in_mail_per_address', subject, BUDGET, this.db));
  }

  private async signIn(email: string): Promise<{ token: string; sessionId: string }> {
    const token = await patiently(() => signIn(this.db, email));
    const found = await this.session(token);
    if (found === null) throw new Error(`${email} has no session`);
    return { token, sessionId: found.sessionId };
  }

  /** Answers the token that the session has with its second factor; null when the code was not taken. */
  private async raise(personId: string, sessionId: string, typed: string): Promise<string | null> {
    const next = newSecret();
    const given = { personId, sessionId, typed, nextTokenHash: sessionTokenHash(next).toString('hex') };
    const { verdict } = await again(async (key) => must(await giveFactor(given, { db: this.db, key })));
    return verdict === 'passed' ? next : null;
  }

  private must(what: string, is: boolean, mustBe: boolean): void {
    if (is !== mustBe) this.wrong.push(`${what}: ${String(is)}`);
  }
}
