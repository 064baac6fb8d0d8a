import type { ReactNode } from 'react';

type Props = {
  readonly labels: {
    readonly closer: string;
    readonly wider: string;
    readonly whole: string;
    readonly hint: string;
  };
  /** Of the page's policy, where it has one (`pageNonce`). */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
};

/**
 * The map with what `public/map.mjs` wakes up: closer, wider, moving about, arrow keys from road to road. A script of
 * its own instead of a client component, so that a page whose only moving part is the map carries no framework.
 */
export function MapExplorer({ labels, nonce, children }: Props) {
  return (
    <div className="map-explorer">
      {children}
      <div className="map-tools no-print" hidden suppressHydrationWarning>
        <button type="button" suppressHydrationWarning>
          {labels.closer}
        </button>
        <button type="button" suppressHydrationWarning>
          {labels.wider}
        </button>
        <button type="button" suppressHydrationWarning>
          {labels.whole}
        </button>
        <span aria-hidden="true" suppressHydrationWarning>
          {labels.hint}
        </span>
      </div>
      {/* eslint-disable-next-line @next/next/no-sync-scripts -- a module waits for the page by itself, and defer beside it is invalid */}
      <script type="module" src="/map.mjs" nonce={nonce} suppressHydrationWarning />
    </div>
  );
}
