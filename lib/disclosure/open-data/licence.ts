/** Terms of everything published as data. */
export const LICENCE = {
  name: 'CC-BY-4.0',
  title: 'Creative Commons Attribution 4.0 International',
  url: 'https://creativecommons.org/licenses/by/4.0/',
} as const;

/** What a user of the data is asked to say. */
export const ATTRIBUTION = 'Shanlu 善路, public ledger';

export const OPEN_DATA_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link, RateLimit, RateLimit-Policy, Retry-After',
  'x-content-type-options': 'nosniff',
  link: `<${LICENCE.url}>; rel="license"`,
};
