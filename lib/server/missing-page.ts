import { newId } from '../shared/id';

const known = globalThis as typeof globalThis & { [name: symbol]: string | undefined };
const slot = Symbol.for('shanlu.missing-page');

/**
 * The last segment of the address at which `app/[lang]/[...missing]` shows the page for what does not exist, as a page
 * like any other. New in each process, so nobody
 * comes to it by chance. Next bundles
 * the start-up hook and the pages apart; what both must know stands on `globalThis`.
 */
export const missingPageName = (): string => (known[slot] ??= `missing-${newId()}`);
