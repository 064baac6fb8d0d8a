/** What the page of a mailed link knows: nothing yet, that the link no longer works, or whom it would sign in. */
export type LinkState =
  | { readonly kind: 'unread'; readonly wrong: boolean; readonly typed: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'good'; readonly email: string; readonly token: string };

export const UNREAD: LinkState = { kind: 'unread', wrong: false, typed: '' };
