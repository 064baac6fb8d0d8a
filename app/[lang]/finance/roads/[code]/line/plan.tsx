'use client';

import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Line } from '@/lib/segments/line.rules';
import { Btn } from '../../../../../_ui/btn/component';
import { moved, withPointAfter, withoutPoint, type Sketch } from '@/lib/segments/line-text.rules';

export type PlanWords = {
  readonly picture: string;
  readonly add: string;
  readonly remove: string;
  readonly help: string;
  /** "Point {n} of {count}", filled in here. */
  readonly point: string;
};

const STEPS: Readonly<Record<string, readonly [east: number, north: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const FAR = 10;

export const pathOf = (sketch: Sketch, line: Line): string =>
  line.map((point) => sketch.draw(point).map(Math.round).join(',')).join(' ');

/** The line as a plan on which every point is a handle, moved in metres by keys or dragged. */
export function LinePlan({
  sketch,
  line,
  around,
  words,
  onChange,
}: {
  readonly sketch: Sketch;
  readonly line: Line;
  readonly around: readonly Line[];
  readonly words: PlanWords;
  readonly onChange: (line: Line) => void;
}) {
  const svg = useRef<SVGSVGElement>(null);
  const [chosen, choose] = useState(0);
  const [dragged, drag] = useState<number | null>(null);
  const replace = (index: number, point: Line[number]): void => {
    onChange(line.with(index, point));
  };
  const focus = (index: number): void => {
    choose(index);
    // After the new points have been drawn.
    requestAnimationFrame(() => svg.current?.querySelectorAll<SVGGElement>('.plan-point')[index]?.focus());
  };
  const add = (index: number): void => {
    onChange(withPointAfter(line, index));
    focus(index + 1);
  };
  const remove = (index: number): void => {
    onChange(withoutPoint(line, index));
    focus(Math.max(0, index - 1));
  };
  const press = (event: KeyboardEvent, index: number): void => {
    const step = STEPS[event.key];
    const point = line[index];
    if (step && point) {
      const by = event.shiftKey ? FAR : 1;
      replace(index, moved(point, step[0] * by, step[1] * by));
    } else if (event.key === '+' || event.key === 'Insert') add(index);
    else if (event.key === 'Delete' || event.key === 'Backspace' || event.key === '-') remove(index);
    else return;
    event.preventDefault();
  };
  const pull = (event: PointerEvent): void => {
    const matrix = svg.current?.getScreenCTM()?.inverse();
    if (dragged === null || !matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    replace(dragged, sketch.find(x, y));
  };
  const named = (index: number): string =>
    words.point.replace('{n}', String(index + 1)).replace('{count}', String(line.length));
  return (
    <div className="road-plan">
      <p id="plan-help" className="field-hint">
        {words.help}
      </p>
      <svg
        ref={svg}
        viewBox={`0 0 ${sketch.width} ${sketch.height}`}
        role="group"
        aria-label={words.picture}
        aria-describedby="plan-help"
        onPointerMove={pull}
        onPointerUp={() => {
          drag(null);
        }}
      >
        {around.map((one, index) => (
          <polyline key={index} className="plan-other" points={pathOf(sketch, one)} />
        ))}
        <polyline className="plan-line" points={pathOf(sketch, line)} />
        {line.map((point, index) => {
          const [x, y] = sketch.draw(point);
          return (
            <g
              key={index}
              className={index === chosen ? 'plan-point plan-chosen' : 'plan-point'}
              role="button"
              tabIndex={0}
              aria-label={`${named(index)}: ${point.join(' ')}`}
              transform={`translate(${x} ${y})`}
              onFocus={() => {
                choose(index);
              }}
              onKeyDown={(event) => {
                press(event, index);
              }}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                event.currentTarget.focus();
                drag(index);
              }}
            >
              <circle className="plan-hit" r="24" />
              <circle className="plan-dot" r="8" />
            </g>
          );
        })}
      </svg>
      <p className="site-buttons">
        <span aria-live="polite">
          {named(Math.min(chosen, line.length - 1))}: {line[Math.min(chosen, line.length - 1)]?.join(' ')}
        </span>
        <Btn
          type="button"
          kind="line"
          size="dense"
          onClick={() => {
            add(chosen);
          }}
        >
          {words.add}
        </Btn>
        <Btn
          type="button"
          kind="line"
          size="dense"
          disabled={line.length <= 2}
          onClick={() => {
            remove(chosen);
          }}
        >
          {words.remove}
        </Btn>
      </p>
    </div>
  );
}
