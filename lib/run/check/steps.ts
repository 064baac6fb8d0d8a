import type { PlainForm, PlainPage } from './plain-browser';

/** Says what went wrong and what the page said instead. */
export const demand: (holds: unknown, what: string, page?: PlainPage) => asserts holds = (
  holds,
  what,
  page,
) => {
  if (!holds)
    throw new Error(page ? `${what}\n  at ${page.url} (${page.status}): ${page.text.slice(0, 600)}` : what);
};

/** The form of this id, or of the page when there is only one that posts. */
export const formOf = (page: PlainPage, id?: string | RegExp): PlainForm => {
  const form = page.forms.find((one) =>
    id === undefined
      ? one.method === 'post' && one.action !== '/display'
      : typeof id === 'string'
        ? one.id === id
        : one.id !== null && id.test(one.id),
  );
  demand(form, `There is no form ${String(id ?? '')} on the page.`, page);
  return form;
};

let step = 0;

/** One line per step of the check, with its time. */
export const told = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
  step += 1;
  const began = performance.now();
  try {
    const answer = await act();
    console.log(`  ${String(step).padStart(2)}  ${what}  ${Math.round(performance.now() - began)} ms`);
    return answer;
  } catch (error) {
    console.log(`  ${String(step).padStart(2)}  ${what}  FAILED`);
    throw error;
  }
};
