import 'server-only';
import { lineFromText } from '@/lib/segments/line-text.rules';
import { reviseSegment } from '@/lib/segments/segment-revise.commands';
import { mergeSegments, splitSegment } from '@/lib/segments/succession.commands';
import type { DeskAct } from './acts';
import { words } from './inputs';
import { FieldRefused, type DeskForm } from './read-form';

/** A line typed or drawn; null when the form has none, because it may no longer change. */
const line = (form: DeskForm) => {
  if (!form.has('line')) return null;
  return (
    lineFromText(form.text('line')) ??
    (() => {
      throw new FieldRefused({ name: 'line_unreadable', field: 'line' });
    })()
  );
};

const wholeOrNone = (form: DeskForm, name: string): number | null =>
  form.has(name) ? form.integer(name) : null;

const part = (form: DeskForm, name: string) => ({
  code: form.required(`${name}Code`),
  name: words(form.required(`${name}Name`)),
});

/** Acts on what a road is: its line, its facts, its parts. */
export const ROAD_ACTS: Readonly<Record<string, DeskAct>> = {
  'segment.revise': {
    command: reviseSegment,
    input: (form) => ({
      segment: form.required('segment'),
      seenVersion: form.integer('seenVersion'),
      line: line(form),
      widthMm: form.millimetres('width'),
      thicknessMm: wholeOrNone(form, 'thickness'),
      roadClass: form.optional('roadClass'),
      surface: form.optional('surface'),
      households: wholeOrNone(form, 'households'),
      linePrivacy: form.required('privacy'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
  'segment.split': {
    command: splitSegment,
    input: (form) => ({
      segment: form.required('segment'),
      atMm: form.millimetres('at'),
      first: part(form, 'first'),
      second: part(form, 'second'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
  'segment.merge': {
    command: mergeSegments,
    input: (form) => ({
      segments: [form.required('segment'), form.required('with')],
      into: part(form, 'into'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
};
