import { setTimeout as sleep } from 'node:timers/promises';
import { generateSync } from 'otplib';

export const STAFF_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

const STEP_MS = 30_000;
/** What is left of a step when a code of it is made, so that it has not run out when it is looked at. */
const ENOUGH_MS = 4_000;

/** The code an authenticator app shows at this moment, or so many steps of 30 s away from it. */
export const totp = (secret = STAFF_SECRET, steps = 0): string =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

const nextStep = async (): Promise<void> => {
  await sleep(STEP_MS - (Date.now() % STEP_MS) + 50);
};

/** Waits for the next step when this one is nearly over: a code of it would have run out when it is looked at. */
export const betweenSteps = async (): Promise<void> => {
  if (STEP_MS - (Date.now() % STEP_MS) < ENOUGH_MS) await nextStep();
};

const given = new Map<string, number>();

/**
 * Waits until a code of this person, made now, is taken: their code of the step has not been given in this process, and
 * there is time left to type it.
 */
export const codeIsFresh = async (whose: string): Promise<void> => {
  await betweenSteps();
  if (given.get(whose) === Math.floor(Date.now() / STEP_MS)) await nextStep();
  given.set(whose, Math.floor(Date.now() / STEP_MS));
};

/** The code the authenticator of this secret shows now, once; ask for it where it is typed, not before. */
export const freshTotp = async (secret: string): Promise<string> => {
  await codeIsFresh(secret);
  return totp(secret);
};
