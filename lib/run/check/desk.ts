import { generateSync } from 'otplib';
import { demand, formOf } from './steps';
import { plainBrowser, type Filled, type PlainBrowser, type PlainPage } from './plain-browser';

type Mail = { readonly to: readonly string[]; readonly text: string; readonly receivedAt: string };

/** Signs in as a person would: address, code from the mail, number from the authenticator. */
export const signIn = async (
  origin: string,
  mailbox: string,
  email: string,
  totpSecret: string,
): Promise<PlainBrowser> => {
  const browser = plainBrowser(origin);
  const asking = await browser.open('/en/sign-in');
  const askedAt = new Date(Date.now() - 1_000).toISOString();
  const code = await browser.send(asking, formOf(asking), { email });
  const entered = await browser.send(code, formOf(code), {
    code: await codeFromMail(mailbox, email, askedAt),
  });
  demand(/second-factor/.test(entered.url), 'Signing in does not ask for the second factor.', entered);
  await codeLastsFor(4_000);
  let inside = await browser.send(entered, formOf(entered), { code: generateSync({ secret: totpSecret }) });
  if (/sign-in/.test(inside.url)) {
    // Given in this half minute already, by a check of before: the next one has not been.
    await codeLastsFor(30_001);
    inside = await browser.send(inside, formOf(inside), { code: generateSync({ secret: totpSecret }) });
  }
  demand(!/sign-in/.test(inside.url), 'The second factor was not accepted.', inside);
  return browser;
};

/** Waits for the next code when the one shown now runs out before then. */
const codeLastsFor = async (milliseconds: number): Promise<void> => {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < milliseconds) await new Promise((resolve) => setTimeout(resolve, left + 50));
};

const codeFromMail = async (mailbox: string, email: string, since: string): Promise<string> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = (await (await fetch(`${mailbox}/messages.json`)).json()) as Mail[] | { messages: Mail[] };
    const mails = Array.isArray(answer) ? answer : answer.messages;
    const mail = mails.find((one) => one.to.some((to) => to.includes(email)) && one.receivedAt >= since);
    const code = mail && /\b([0-9A-HJKMNP-TV-Z]{4}[- ]?[0-9A-HJKMNP-TV-Z]{4})\b/.exec(mail.text)?.[1];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`No sign-in code came by mail for ${email}.`);
};

/** Does one act at a road's desk and demands that it was written. */
export const atRoad = async (
  browser: PlainBrowser,
  road: string,
  step: string,
  filled: Filled,
): Promise<PlainPage> => {
  const page = await browser.open(`/en/finance/roads/${road}`);
  const done = await browser.send(page, formOf(page, `step-${step}`), filled);
  demand(done.url.includes('?done='), `"${step}" at ${road} was not accepted.`, done);
  return done;
};

/** Approves what waits in the inbox under this kind and code. */
export const approve = async (
  browser: PlainBrowser,
  kind: string,
  code: string | RegExp,
): Promise<PlainPage> => {
  const inbox = await browser.open('/en/finance/approvals');
  const items = [...inbox.html.matchAll(/href="\?item=([^"]+)"/g)].map(([, item = '']) =>
    decodeURIComponent(item),
  );
  const wanted = items.find((item) => {
    const [itemKind, itemCode = ''] = item.split(/:(.*)/s);
    return itemKind === kind && (typeof code === 'string' ? itemCode === code : code.test(itemCode));
  });
  demand(wanted !== undefined, `No ${kind} ${String(code)} waits in the inbox.`, inbox);
  const page = await browser.open(`/en/finance/approvals?item=${encodeURIComponent(wanted)}`);
  const done = await browser.send(page, formOf(page, 'approve'));
  demand(done.url.includes('?done='), `The ${kind} was not approved.`, done);
  return done;
};
