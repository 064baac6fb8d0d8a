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

/** More lines than a road has ever had; the forms say which there are. */
export const LINE_NUMBERS = Array.from({ length: 60 }, (_, index) => index + 1);

/** A work as it was typed; in all its languages when it still has the name the form showed. */
export const workName = (form: DeskForm, n: number) => {
  const typed = form.required(`item${n}`);
  if (typed !== form.text(`shown${n}`)) return words(typed);
  return {
    'zh-Hans': form.required(`zh-Hans${n}`),
    'zh-Hant': form.required(`zh-Hant${n}`),
    en: form.required(`en${n}`),
  };
};

/** One wording typed by staff; kept for the three languages alike until someone translates it. */
export const words = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });
