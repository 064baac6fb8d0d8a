import type { Page } from '@playwright/test';
import axe from 'axe-core';

/**
 * What axe finds on the page as it stands, a line for each rule with the places it names; only these rules when some are
 * named. axe is read into the page once and run there, not into frames: a page of its own for gathering
 * what frames say (as axe's own driver opens for every look) costs more than the look itself.
 */
export const axeFinds = async (page: Page, ...only: string[]): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
      ...(rules.length > 0 && { runOnly: { type: 'rule', values: rules } }),
    });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 80)}`).join(' | ')}`,
    );
  }, only);
};
