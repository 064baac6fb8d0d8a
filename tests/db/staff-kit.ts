import { sql } from 'kysely';
import { enrolPerson } from '@/lib/auth/person.commands';
import { giveFactor } from '@/lib/auth/recovery';
import type { Role } from '@/lib/auth/roles.rules';
import { newSecret, sessionTokenHash } from '@/lib/auth/secrets';
import { done } from '../support/act';
import { newWorld, type World } from '../support/people';
import { live, signIn, STAFF_SECRET } from '../support/sign-in';
import { betweenSteps, totp } from '../support/totp';

/** Staff who are enrolled, sign in, and prove their second factor. */
export class StaffKit {
  #count = 0;

  private constructor(readonly world: World) {}

  static async open(): Promise<StaffKit> {
    return new StaffKit(await newWorld());
  }

  close(): Promise<void> {
    return this.world.close();
  }

  /** @param totpSecret null for somebody who has no second factor yet. */
  async enrol(roles: Role[] = ['approver'], totpSecret: string | null = STAFF_SECRET) {
    this.#count += 1;
    const email = `p${this.#count}@example.invalid`;
    const { personId } = await done(
      this.world.db,
      enrolPerson,
      { email, name: `Person ${this.#count}`, lang: 'en', roles, totpSecret },
      this.world.staff.ming,
    );
    return { email, personId };
  }

  async session(email: string) {
    const token = await signIn(this.world.db, email);
    const found = await live(this.world.db, token);
    if (!found) throw new Error('no session');
    return { token, sessionId: found.sessionId, personId: found.personId };
  }

  /** What typing a code does; `next` is the token the session has afterwards. */
  async pass({ personId, sessionId }: { personId: string; sessionId: string }, typed: string) {
    const next = newSecret();
    const nextTokenHash = sessionTokenHash(next).toString('hex');
    const answer = await giveFactor({ personId, sessionId, typed, nextTokenHash }, { db: this.world.db });
    if (!answer.ok) throw new Error(`the second factor was refused: ${answer.refusal.name}`);
    const { verdict } = answer.value;
    return { verdict, next };
  }

  /** The code of the step after the last one used, however fast the test runs. */
  async freshTotp(personId: string): Promise<string> {
    await sql`update second_factor set last_step = 0 where person_id = ${personId}`.execute(this.world.owner);
    await betweenSteps();
    return totp();
  }
}
