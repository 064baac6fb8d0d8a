import { connect } from '@/db/connect';
import { campaignNumbers } from '@/lib/disclosure/campaign.queries';
import { env } from '@/lib/env';
import { prove } from '@/lib/proofs/proofs.queries';
import { accountingToday } from '@/lib/clock';
import { approve, atRoad, signIn } from './check/desk';
import { payOnHostedPage, walkThroughGiving } from './check/giving';
import { plainBrowser } from './check/plain-browser';
import { demand, told } from './check/steps';
import { illustration } from './illustrations';
import { illustrativePaper } from './papers';
import { peopleOf } from './story/enrol';

/**
 * `npm run demo -- --check`: drives the main job over HTTP like a person without script, from a promise to an accepted
 * road, and prints the five numbers and the tie-out as JSON on its last line.
 */
const origin = process.env['CHECK_URL'] ?? env.PUBLIC_URL;
const mailbox = process.env['CHECK_MAILBOX_URL'] ?? '';
const ROAD = 'ML-21';
const PRICE = '6800.00';
const today = accountingToday();

const paper = async (
  kind: 'quote' | 'contract' | 'invoice' | 'acceptance_sheet',
  number: string,
): Promise<File> => {
  const bytes = await illustrativePaper({
    kind,
    number,
    on: today,
    road: { code: ROAD, name: '新围路', lengthMm: 29_500, widthMm: 2_500 },
    campaign: '“根魂梦·家国情”慈善音乐会',
    client: '中山市侨联',
    contractor: '示例路业有限公司',
    amountMinor: 680_000n,
    lines: [{ item: '路面硬底化', amountMinor: 680_000n }],
  });
  return new File([new Uint8Array(bytes)], `${number}.pdf`, { type: 'application/pdf' });
};

const picture = async (stage: 'during' | 'after'): Promise<File> => {
  const bytes = await illustration({
    code: ROAD,
    name: '新围路',
    stage,
    takenAt: `${today}T10:30:00`,
    latitudeE7: 224_693_686,
    longitudeE7: 1_133_587_003,
  });
  return new File([new Uint8Array(bytes)], `${stage}.jpg`, { type: 'image/jpeg' });
};

const person = (role: string): { email: string; secondFactor: string } => {
  const found = peopleOf().find((one) => one.role === role);
  demand(found, `nobody in the story is ${role}`);
  return found;
};

const donor = plainBrowser(origin);
const db = connect(env.readDatabaseUrl, { max: 2, statementTimeoutMs: 60_000 });
try {
  const before = await campaignNumbers('gen-hun-meng', db);
  demand(before, 'the story has not been played');

  // Each reads the last page as long as a person would; side by side, so that the check need not wait twice.
  const [card, payment] = await told(
    'one promises ¥200 by bank transfer, another gives ¥300 by card, to the payment page',
    () =>
      Promise.all([
        walkThroughGiving(plainBrowser(origin), {
          amount: '200.00',
          road: 'ML-23',
          email: 'promise@check.invalid',
          method: 'bank',
        }),
        walkThroughGiving(donor, {
          amount: '300.00',
          road: 'ML-23',
          email: 'donor@check.invalid',
          method: 'card',
        }),
      ]),
  );
  demand(/\/give\/card/.test(card.url), 'The promise did not lead to the transfer card.', card);
  demand(/\/pay\//.test(payment.url), 'Giving by card does not lead to the payment page.', payment);
  const paid = await told('paid there, and back', () =>
    payOnHostedPage(donor, payment, 'donor@check.invalid'),
  );
  demand(
    paid.status === 200 && /\/give\/return/.test(paid.url),
    'The payment page does not lead back.',
    paid,
  );
  const received = await told('the signed webhook has booked it', async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const now = await campaignNumbers('gen-hun-meng', db);
      if (now && now.received_minor > before.received_minor) return now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The paid gift was not booked within ten seconds.');
  });
  demand(
    received.received_minor - before.received_minor === 30_000n,
    'The gift was booked with another amount.',
  );
  demand(
    received.pledged_minor - before.pledged_minor === 20_000n,
    'The promise is not counted, or more than it.',
  );

  const [clerk, approver, inspector] = await told('clerk, approver and inspector sign in', () =>
    Promise.all(
      ['clerk', 'approver', 'inspector'].map((role) =>
        signIn(origin, mailbox, person(role).email, person(role).secondFactor),
      ),
    ),
  );
  demand(clerk && approver && inspector, 'somebody could not sign in');

  await told('an allocation is proposed and approved', async () => {
    await atRoad(clerk, 'ML-23', 'allocate', { amount: '250.00', note: '', on: today });
    await approve(approver, 'allocation', /A-ML-23/);
  });
  await told('three quotes, a contract, the second signature', async () => {
    for (const [contractor, amount] of [
      ['CO-A', PRICE],
      ['CO-B', '7100.00'],
      ['CO-C', '7250.00'],
    ] as const)
      await atRoad(clerk, ROAD, 'quote', {
        contractor,
        amount,
        on: today,
        document: await paper('quote', `${ROAD}-${contractor}`),
      });
    await atRoad(clerk, ROAD, 'contract', {
      contractor: 'CO-A',
      amount: PRICE,
      retention: '204.00',
      signedOn: today,
      document: await paper('contract', `${ROAD}-C`),
    });
    await approve(approver, 'contract', `C-${ROAD}-1`);
  });
  await told('work begins; photograph; certificate', async () => {
    await atRoad(inspector, ROAD, 'start', { on: today });
    await atRoad(inspector, ROAD, 'photograph', {
      stage: 'during',
      on: today,
      photograph: await picture('during'),
    });
    await atRoad(inspector, ROAD, 'certify', { stage: 'base', amount: '4760.00', note: '', on: today });
  });
  await told('invoice, request, approval, transfer', async () => {
    await atRoad(clerk, ROAD, 'request', {
      amount: '4760.00',
      on: today,
      document: await paper('invoice', `${ROAD}-I1`),
    });
    await approve(approver, 'disbursement', /D-/);
    const list = await clerk.open('/en/finance/payments');
    const done = await clerk.send(list, formIn(list.forms, /^pay-/), { on: today, bankReference: 'CHECK-1' });
    demand(done.url.includes('?done='), 'The transfer was not recorded.', done);
  });
  await told('inspection, after-photograph, sheet, acceptance', async () => {
    await atRoad(inspector, ROAD, 'ask_inspection', { on: today });
    await atRoad(inspector, ROAD, 'photograph', {
      stage: 'after',
      on: today,
      photograph: await picture('after'),
    });
    // Both pictures wait; publishing one after the other empties the list.
    await atRoad(clerk, ROAD, 'publish', { on: today });
    await atRoad(clerk, ROAD, 'publish', { on: today });
    await atRoad(clerk, ROAD, 'sheet', { on: today, document: await paper('acceptance_sheet', `${ROAD}-S`) });
    await atRoad(inspector, ROAD, 'sign', { thickness: '60', result: 'accepted', remark: '', on: today });
  });
  await told('the public page shows it', async () => {
    const page = await plainBrowser(origin).open(`/en/roads/${ROAD}`);
    demand(
      page.status === 200 && page.text.includes('Accepted'),
      'The public page does not show the acceptance.',
      page,
    );
    demand(page.text.includes('4,760.00'), 'The public page does not show the payment.', page);
  });

  const numbers = await campaignNumbers('gen-hun-meng', db);
  demand(numbers, 'the numbers are gone');
  demand(
    numbers.paid_minor - before.paid_minor === 476_000n,
    'What was paid is not what the public number says.',
  );
  const failed = (await prove(db)).filter((outcome) => outcome.offenders > 0n);
  demand(failed.length === 0, `These proofs fail: ${failed.map((outcome) => outcome.name).join(', ')}`);
  console.log(
    JSON.stringify({
      pledged: yuan(numbers.pledged_minor),
      received: yuan(numbers.received_minor),
      allocated: yuan(numbers.allocated_minor),
      committed: yuan(numbers.committed_minor),
      paid: yuan(numbers.paid_minor),
      tieOut: {
        received: yuan(numbers.received_minor),
        fees: yuan(numbers.fees_minor),
        unallocated: yuan(numbers.unallocated_minor),
        allocated: yuan(numbers.allocated_minor),
        differs: yuan(
          numbers.received_minor +
            numbers.shortfall_minor -
            numbers.fees_minor -
            numbers.unallocated_minor -
            numbers.allocated_minor,
        ),
      },
      proofs: 'all hold',
    }),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await db.destroy();
}

function formIn<Form extends { id: string | null }>(forms: readonly Form[], id: RegExp): Form {
  const form = forms.find((one) => one.id !== null && id.test(one.id));
  demand(form, `there is no form ${String(id)}`);
  return form;
}

function yuan(minor: bigint): string {
  const sign = minor < 0n ? '-' : '';
  const whole = minor < 0n ? -minor : minor;
  return `${sign}${whole / 100n}.${String(whole % 100n).padStart(2, '0')}`;
}
