import type { DeskForm } from './read-form';

/** What a checker decides on: the thing, and the hash of what was seen. */
export const decision = (noun: string) => (form: DeskForm) => ({
  [noun]: form.required('code'),
  seenHash: form.required('seenHash'),
  on: form.day('on'),
});

/** What is sent back or given up, and why. */
export const reasoned = (noun: string) => (form: DeskForm) => ({
  [noun]: form.required('code'),
  reason: form.required('reason'),
  on: form.day('on'),
});

/** One wording typed by staff; kept for the three languages alike until someone translates it. */
export const words = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });
