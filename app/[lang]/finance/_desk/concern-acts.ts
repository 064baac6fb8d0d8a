import 'server-only';
import {
  declineConcern,
  inspectConcern,
  settleConcern,
  takeUpConcern,
} from '@/lib/concerns/concern.commands';
import type { DeskAct } from './acts';
import { threeWords } from './change-acts';
import type { DeskForm } from './read-form';

const about = (form: DeskForm) => ({ concern: form.required('code'), on: form.day('on') });

/** Acts on reports from outside, by the name the form sends. */
export const CONCERN_ACTS: Readonly<Record<string, DeskAct>> = {
  'concern.take_up': {
    command: takeUpConcern,
    input: (form) => ({ ...about(form), summary: threeWords(form, 'summary') }),
  },
  'concern.decline': {
    command: declineConcern,
    input: (form) => ({ ...about(form), reason: form.required('reason') }),
  },
  'concern.inspect': {
    command: inspectConcern,
    input: (form) => ({ ...about(form), finding: form.required('finding'), note: form.required('note') }),
  },
  'concern.settle': {
    command: settleConcern,
    input: (form) => ({ ...about(form), outcome: threeWords(form, 'outcome') }),
  },
};
