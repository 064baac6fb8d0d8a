import type { BrowserContextOptions, Page } from '@playwright/test';
import { inDatabase } from './signed-in';

// What the journeys through the giving pages have in common.

export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

export const tile = (page: Page, name: string, value: string) =>
  page.locator(`label:has(input[name="${name}"][value="${value}"])`);
export const next = (page: Page): Promise<void> => page.locator('.give-foot button').click();

/** The form's own number is too young for a payment before a few seconds; no person is that fast. */
export const readTheReview = (page: Page) => page.waitForTimeout(3_200);

/** From an amount that is typed to the confirmed review: any road, at once, without a name, paid this way. */
export const confirmOnce = async (page: Page, method: string): Promise<void> => {
  await next(page);
  await tile(page, 'road', 'any').click();
  await next(page);
  await tile(page, 'timing', 'once').click();
  await next(page);
  await next(page);
  await tile(page, 'method', method).click();
  await next(page);
  await readTheReview(page);
  await next(page);
};

export const giftOf = async (try_: string) =>
  (
    await inDatabase<Record<string, string | null>>(
      `select d.code, d.status, d.currency, d.amount_minor::text as amount, d.settled_minor::text as settled, d.rate,
         d.designation, d.channel, e.slug as event, r.shown_as->>'en' as shown, r.name_kind as kind, r.moderation, r.message,
         o.name as donor
       from checkout k join donation d on d.id = k.donation_id left join recognition r on r.id = d.recognition_id
         left join donor o on o.id = d.donor_id left join hall_event e on e.id = d.hall_event_id where k.id = $1`,
      [try_],
    )
  )[0];
export const tryIn = (url: string): string => new URL(url).searchParams.get('try') ?? '';
