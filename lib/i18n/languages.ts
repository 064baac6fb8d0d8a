/** The languages of every page and every refusal; the first segment of each URL. */
export const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'] as const;
export type Lang = (typeof LANGUAGES)[number];
export const isLang = (text: string): text is Lang => (LANGUAGES as readonly string[]).includes(text);
