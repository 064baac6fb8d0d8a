import { join, resolve } from 'node:path';

/**
 * A path inside the collection of real files the contract tests run on. `CONTRACT_DATA` names another
 * collection of the same shape; by default it lies beside the checkout.
 */
export const contractData = (...parts: string[]): string =>
  join(resolve(process.env['CONTRACT_DATA'] ?? join(process.cwd(), '..', 'shared', 'data')), ...parts);
