import { messages } from './types';

/** The mark of a field that may stay empty: kept apart, so that forms in the browser load this word and no others. */
export const optional = messages({
  'zh-Hans': { optional: '选填' },
  'zh-Hant': { optional: '選填' },
  en: { optional: 'optional' },
});
