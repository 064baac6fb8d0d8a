'use client';

import { useRef, useState, type PointerEvent } from 'react';
import { Btn } from '../../../../../_ui/btn/component';

type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

type Props = {
  readonly src: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** The text field that carries the rectangles; it is also the way without a pointer and without script. */
  readonly fieldId: string;
  readonly words: { readonly undo: string; readonly drawn: string };
};

const PER_CENT = 100;
const inside = (value: number): number => Math.min(PER_CENT, Math.max(0, value));

/** The rectangle between two points in whole per cent, grown outward so that nothing meant to be covered peeps out. */
const between = (a: readonly [number, number], b: readonly [number, number]): Box => {
  const x = Math.floor(inside(Math.min(a[0], b[0])));
  const y = Math.floor(inside(Math.min(a[1], b[1])));
  return {
    x,
    y,
    w: Math.max(1, Math.ceil(inside(Math.max(a[0], b[0]))) - x),
    h: Math.max(1, Math.ceil(inside(Math.max(a[1], b[1]))) - y),
  };
};

/** Faces and number plates are covered by drawing over them; the field below holds the same rectangles as figures. */
export function Cover({ src, alt, width, height, fieldId, words }: Props) {
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  const [drawing, setDrawing] = useState<Box | null>(null);
  const start = useRef<readonly [number, number] | null>(null);

  const keep = (next: readonly Box[]): void => {
    setBoxes(next);
    const field = document.getElementById(fieldId);
    if (field instanceof HTMLInputElement)
      field.value = next.map(({ x, y, w, h }) => `${x} ${y} ${w} ${h}`).join('; ');
  };
  const pointOf = (event: PointerEvent<SVGSVGElement>): readonly [number, number] => {
    const area = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - area.left) / area.width) * PER_CENT,
      ((event.clientY - area.top) / area.height) * PER_CENT,
    ];
  };
  const end = (event: PointerEvent<SVGSVGElement>): void => {
    if (start.current !== null) keep([...boxes, between(start.current, pointOf(event))]);
    start.current = null;
    setDrawing(null);
  };

  return (
    <div className="cover">
      <div className="cover-picture">
        <img src={src} alt={alt} width={width} height={height} draggable={false} />
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            start.current = pointOf(event);
          }}
          onPointerMove={(event) => {
            if (start.current !== null) setDrawing(between(start.current, pointOf(event)));
          }}
          onPointerUp={end}
          onPointerCancel={() => {
            start.current = null;
            setDrawing(null);
          }}
        >
          {[...boxes, ...(drawing ? [drawing] : [])].map((box, index) => (
            <rect key={`${index}-${box.x}-${box.y}`} x={box.x} y={box.y} width={box.w} height={box.h} />
          ))}
        </svg>
      </div>
      <p role="status">
        {words.drawn} {boxes.length}
      </p>
      {boxes.length > 0 && (
        <Btn kind="line" size="dense" type="button" onClick={() => keep(boxes.slice(0, -1))}>
          {words.undo}
        </Btn>
      )}
    </div>
  );
}
