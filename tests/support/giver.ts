import { payOnHostedPage, walkThroughGiving } from '@/lib/run/check/giving';
import { plainBrowser } from '@/lib/run/check/plain-browser';
import { inDatabase } from './signed-in';
import { stack } from './stack';

/** Makes something happen that the payment provider decides by itself: `payout`, `dispute`, `closeDispute` … */
export const provider = async <Answer>(control: string, ...args: unknown[]): Promise<Answer> => {
  const { environment, addresses } = stack();
  const answer = await fetch(`http://127.0.0.1:${addresses.stripePort}/_control/${control}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${environment['STRIPE_SECRET_KEY'] ?? ''}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ args }),
  });
  if (!answer.ok) throw new Error(`${control}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
};

/**
 * Somebody gives by card through the pages and the provider's own; answers once the money is in the books. The amount
 * must be one that nobody else gives.
 */
export const giveByCard = async (
  amount: string,
  email = 'giver@check.invalid',
  road = 'ML-23',
): Promise<{ gift: string; charge: string }> => {
  const browser = plainBrowser(stack().url);
  const page = await walkThroughGiving(browser, { amount, road, email, method: 'card' });
  await payOnHostedPage(browser, page, email);
  for (let tries = 0; tries < 150; tries += 1) {
    const [row] = await inDatabase<{ gift: string; charge: string }>(
      `select d.code as gift, k.charge_id as charge from donation d join checkout k on k.donation_id = d.id
       where d.amount_minor = ($1::numeric * 100)::bigint and d.status = 'cleared' and k.charge_id is not null`,
      [amount],
    );
    if (row) return row;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error('the gift does not arrive');
};
