export type PolicyFacts = {
  /** Sources of `script-src`, as they stand in the header. */
  readonly scripts: string;
  /** Sources of `style-src`. */
  readonly styles: string;
  /** Where a form may lead to besides ourselves. */
  readonly formTargets: readonly string[];
  readonly framedByOthers: boolean;
};

/**
 * The content security policy of a page: no inline script that is not named, no style attribute at all, nothing from
 * other hosts. Paying sends the visitor on to the hosted checkout, and browsers hold a form's redirect to
 * `form-action` too. Pages below /embed/ are made to be framed by others.
 */
export const contentPolicy = ({ scripts, styles, formTargets, framedByOthers }: PolicyFacts): string =>
  [
    "default-src 'self'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    ["form-action 'self'", ...formTargets].join(' '),
    framedByOthers ? 'frame-ancestors *' : "frame-ancestors 'none'",
  ].join('; ');

/**
 * Stripe's hosted checkout, and the local stand-in when one is configured. We speak to the stand-in by the number of
 * this machine and visitors open its page by name: to a browser these are two places.
 */
export const checkoutOrigins = (standIn: string | undefined): string[] => {
  const origin = standIn !== undefined && URL.canParse(standIn) ? new URL(standIn).origin : null;
  return [
    'https://checkout.stripe.com',
    ...(origin === null ? [] : [...new Set([origin, origin.replace('//127.0.0.1:', '//localhost:')])]),
  ];
};
