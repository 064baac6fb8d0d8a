import { setTimeout as sleep } from 'node:timers/promises';
import { codeIsFresh } from './totp';

/** The running product the browser tests drive. */
export type RunningStack = {
  readonly url: string;
  readonly mailboxUrl: string;
  /** The settings of its processes, DATABASE_URL among them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly addresses: { readonly dataDir: string; readonly stripePort: number };
  readonly people: readonly {
    readonly role: string;
    readonly email: string;
    readonly secondFactor?: string;
  }[];
};

export type Mail = {
  readonly id: string;
  readonly receivedAt: string;
  readonly subject: string;
  readonly text: string;
};

const variable = 'SHANLU_TEST_STACK';

/** For the global set-up: tells the test processes, which are started afterwards, where the product runs. */
export const announce = (stack: string): void => {
  process.env[variable] = stack;
};

/** The product under test. Only inside a test. */
export const stack = (): RunningStack => {
  const text = process.env[variable];
  if (text === undefined) throw new Error('The product has not been started: run the tests with Playwright.');
  return JSON.parse(text) as RunningStack;
};

/** Its address, or a placeholder while the configuration is read for the first time, before anything is started. */
export const announcedUrl = (): string =>
  process.env[variable] === undefined ? 'http://localhost:3000' : stack().url;

/**
 * Waits for a mail to this address that arrived after `since` (an ISO time) and passes `wanted`; the newest if several.
 * Fails after 30 seconds.
 */
export const mailTo = async (
  address: string,
  since = '',
  wanted: (mail: Mail) => boolean = () => true,
): Promise<Mail> => {
  const url = `${stack().mailboxUrl}/messages.json?to=${encodeURIComponent(address)}`;
  const deadline = performance.now() + 30_000;
  for (;;) {
    const mails = (await (await fetch(url)).json()) as Mail[];
    const found = mails.find((mail) => mail.receivedAt > since && wanted(mail));
    if (found !== undefined) return found;
    if (performance.now() > deadline)
      throw new Error(`No such mail to ${address} within 30 seconds (${mails.length} others).`);
    await sleep(100);
  }
};

/** The code an authenticator app of this person of the story shows now, once; ask for it where it is typed. */
export const secondFactorOf = async (email: string): Promise<string> => {
  await codeIsFresh(email);
  const codes = (await (await fetch(`${stack().mailboxUrl}/codes.json`)).json()) as {
    email: string;
    code: string;
  }[];
  const found = codes.find((entry) => entry.email === email);
  if (found === undefined)
    throw new Error(`Nobody of the story has the address ${email} and a second factor.`);
  return found.code;
};
