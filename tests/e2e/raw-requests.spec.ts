import { expect, request as newRequest, test } from '@playwright/test';
import { rawRequests, spoiltForms } from '../bad-input/raw-requests';
import { cases } from '../support/bad-input';
import { hiddenFields } from '../support/hidden-fields';
import { logs } from '../support/logs';
import { overSocket } from '../support/raw-socket';
import { inDatabase } from '../support/signed-in';
import { newDonor } from '../support/signing-in';
import { stack } from '../support/stack';

/*
 * Requests as no HTTP client sends them. Each has exactly the answers that are foretold for it, by status: a second one
 * would be a request that was smuggled in behind another. What is smuggled asks for a letter to an address, which would
 * stand in the database.
 */

const AT_ONCE = 24;
/** A redirect that names another host. */
const AWAY = /^(?:location:|refresh: \d+;url=) *(?:[a-z]+:)?[/\\]{2}evil/im;
const INSIDES = /\bat [\w.<>]+ \(|node_modules|\.tsx?:\d|Error:/;

/** The fields of the form that asks for a sign-in letter, as a browser without script sends them. */
const letterFields = async (email: string): Promise<[name: string, value: string][]> => {
  const api = await newRequest.newContext({ baseURL: stack().url });
  const html = await (await api.get('/en/sign-in')).text();
  await api.dispose();
  return [...hiddenFields(html), ['email', email]];
};

/** A whole request that asks for a sign-in letter. */
const letterRequest = (host: string, fields: readonly (readonly [string, string])[]): string => {
  const parts = fields.map(
    ([name, value]) => `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const body = `${parts.join('')}--cut--\r\n`;
  const head = [
    'POST /en/sign-in HTTP/1.1',
    `Host: ${host}`,
    `Origin: ${stack().url}`,
    'Content-Type: multipart/form-data; boundary=cut',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
};

const lettersTo = async (email: string): Promise<number> =>
  (await inDatabase('select 1 from sign_in_request where email = $1', [email])).length;

test('a form whose fields are spoilt is refused, and writes nothing', async () => {
  const email = await newDonor();
  const whole = await letterFields(email);
  for (const { name, body, type, answers } of cases('spoilt-forms', spoiltForms(whole))) {
    const answer = await fetch(`${stack().url}/en/sign-in`, {
      method: 'POST',
      headers: { origin: stack().url, 'content-type': type },
      body,
      redirect: 'manual',
    });
    const text = await answer.text();
    expect(answer.status, name).toBe(answers);
    expect(text, name).not.toMatch(INSIDES);
  }
  expect(await lettersTo(email)).toBe(0);
});

test('what no client sends gets its one refusal, smuggles nothing in, and the server goes on', async () => {
  const { host } = new URL(stack().url);
  const [open, hidden] = [await newDonor(), await newDonor()];
  const letter = letterRequest(host, await letterFields(open));
  const plain = await overSocket(stack().url, Buffer.from(letter, 'latin1'));
  expect(plain.statuses).toEqual(['303*']);
  // It would be seen: sent openly, the same request writes.
  expect(await lettersTo(open)).toBe(1);

  const all = cases('raw-requests', rawRequests(host, letter.replaceAll(open, hidden)));
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const wrong: string[] = [];
  const queue = [...all];
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one; one = queue.shift()) {
      const { statuses, text } = await overSocket(stack().url, one.sent, {
        hangUp: one.hangUp ?? false,
        firstWithinMs: one.answers === '' ? 1_500 : 15_000,
      });
      const came = statuses.join(' ');
      if (came !== one.answers) wrong.push(`${one.name}: “${came}”, not “${one.answers}”`);
      if (INSIDES.test(text) || AWAY.test(text)) wrong.push(`${one.name}: ${text.slice(0, 600)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(wrong).toEqual([]);
  expect(await lettersTo(hidden)).toBe(0);
  expect(logs()).not.toContain(hidden);
  expect((await fetch(`${stack().url}/api/health`)).status).toBe(200);
});
