import { setTimeout as sleep } from 'node:timers/promises';
import type { PlainBrowser, PlainForm, PlainPage } from './plain-browser';
import { demand, formOf } from './steps';

/** What a giver answers, question by question; the pages ask in this order. */
export type Answers = {
  readonly amount: string;
  readonly road: string;
  readonly email: string;
  readonly method: 'card' | 'bank';
  /** Go only as far as the last page, and do not press its button. */
  readonly stopAtReview?: boolean;
};

const answersFor = (page: PlainPage, answers: Answers): Record<string, string> => {
  const step = new URL(page.url).pathname.split('/').at(-1);
  switch (step) {
    case 'give':
      return { other: answers.amount };
    case 'road':
      return { road: answers.road };
    case 'timing':
      return { timing: 'once' };
    case 'name':
      return { show: 'no', email: answers.email };
    case 'method':
      return { method: answers.method };
    default:
      return {};
  }
};

/** Whoever presses sooner than a person can read is taken for a machine and asked to press again. */
const READING_MS = 3_200;

/** Walks through the giving pages to the end; answers the page it arrives at (payment page or transfer card). */
export const walkThroughGiving = async (browser: PlainBrowser, answers: Answers): Promise<PlainPage> => {
  let page = await browser.open('/en/give');
  for (let steps = 0; steps < 12; steps += 1) {
    demand(page.status < 400, 'A giving page answers with an error.', page);
    const { pathname } = new URL(page.url);
    if (!/^\/en\/give(\/(road|timing|name|method|review))?$/.test(pathname)) return page;
    const asked = page.url;
    const known = answersFor(page, answers);
    const form = questionOf(page);
    const filled = Object.fromEntries(
      Object.entries(known).filter(([name]) => form.values.has(name) || form.choices.has(name)),
    );
    if (pathname.endsWith('/review')) {
      await sleep(READING_MS);
      if (answers.stopAtReview === true) return page;
    }
    page = await browser.send(page, form, filled);
    demand(page.url !== asked, 'A giving page did not accept the answer.', page);
  }
  throw new Error(`Giving does not come to an end (at ${page.url}).`);
};

/** The form of the question: not the display switch of the site's head and foot, which posts too. */
const questionOf = (page: PlainPage): PlainForm => {
  const form = page.forms.find((one) => one.method === 'post' && one.action !== '/display');
  demand(form, 'A giving page has no question.', page);
  return form;
};

/** Presses "pay" on the provider's page and follows it back. */
export const payOnHostedPage = async (
  browser: PlainBrowser,
  page: PlainPage,
  email: string,
): Promise<PlainPage> => {
  const form = formOf(page);
  return browser.send(page, form, { email, name: 'Check', act: 'pay' });
};
