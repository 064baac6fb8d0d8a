'use client';

import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { mayMove, nearestIn, zoomedView, type Arrow, type View } from './explore.rules';

type Props = {
  readonly labels: {
    readonly closer: string;
    readonly wider: string;
    readonly whole: string;
    readonly hint: string;
  };
  readonly children: ReactNode;
};

const ZOOMS = [1, 1.6, 2.5, 4] as const;

/**
 * What script adds to the drawn map: closer and wider, moving about, arrow keys from road to road, and the name of the
 * road under the finger. Without script the map is the same picture with the same links.
 */
export function MapExplorer({ labels, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const whole = useRef<View | null>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const [named, setNamed] = useState('');

  // Only a browser with script gets the buttons; the first drawing must be the server's.
  useEffect(() => {
    const svg = box.current?.querySelector('svg');
    whole.current = svg ? viewOf(svg) : null;
    setZoom(whole.current ? 0 : null);
  }, []);

  const turn = useCallback((to: number) => {
    const svg = box.current?.querySelector('svg');
    if (!svg || !whole.current) return;
    const held = svg.querySelector('a:focus');
    show(svg, zoomedView(whole.current, viewOf(svg), ZOOMS[to] ?? 1, held ? middleOf(held) : null));
    setZoom(to);
  }, []);

  const near = (target: EventTarget): void => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link) setNamed(link.getAttribute('aria-label') ?? '');
  };

  const step = (event: KeyboardEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<SVGAElement>('svg a') : null;
    if (!link || !mayMove(event.key)) return;
    const links = [...(box.current?.querySelectorAll<SVGAElement>('svg a') ?? [])];
    const next = nearestIn(event.key as Arrow, middleOf(link), links.map(middleOf));
    if (next === null) return;
    event.preventDefault();
    links[next]?.focus();
  };

  return (
    // The links inside take the focus; this element only listens on their behalf.
    <div
      ref={box}
      role="presentation"
      onKeyDown={step}
      onFocus={(event) => near(event.target)}
      onPointerOver={(event) => near(event.target)}
    >
      {children}
      {zoom !== null && (
        <div className="map-tools no-print">
          <button
            type="button"
            onClick={() => turn(Math.min(zoom + 1, ZOOMS.length - 1))}
            disabled={zoom === ZOOMS.length - 1}
          >
            {labels.closer}
          </button>
          <button type="button" onClick={() => turn(Math.max(zoom - 1, 0))} disabled={zoom === 0}>
            {labels.wider}
          </button>
          <button type="button" onClick={() => turn(0)} disabled={zoom === 0}>
            {labels.whole}
          </button>
          <span aria-hidden="true">{named || labels.hint}</span>
        </div>
      )}
    </div>
  );
}

const viewOf = (svg: SVGSVGElement): View => {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return { x, y, width, height };
};

const show = (svg: SVGSVGElement, view: View): void =>
  svg.setAttribute(
    'viewBox',
    [view.x, view.y, view.width, view.height].map((side) => side.toFixed(1)).join(' '),
  );

const middleOf = (link: Element): readonly [number, number] => {
  const { x, y, width, height } = (link as SVGGraphicsElement).getBBox();
  return [x + width / 2, y + height / 2];
};
