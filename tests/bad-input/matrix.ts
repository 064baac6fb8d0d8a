import { CLAIMS } from './claims';
import { REQUESTS } from './requests';
import type { Row } from './row';
import { VALUES } from './values';

/** Everything that is tried on purpose, row by row. docs/bad-input.md is written from this list. */
export const MATRIX: readonly Row[] = [...VALUES, ...REQUESTS, ...CLAIMS];
