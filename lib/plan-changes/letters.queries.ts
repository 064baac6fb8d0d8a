import type { Reader } from '@/db/connect';
import { env } from '../env';
import type { Lang } from '../i18n/languages';
import { letterText } from '../mail/letter.rules';
import { composeLetter, letterSignature } from '../mail/letters';
import { staffDb } from '../staff-db';
import { letterData } from './change.letter';
import { changesOfRoad, giftsOnDesk } from './change.queries';

export type PrintedLetter = {
  readonly gift: string;
  readonly to: string | null;
  readonly lang: Lang;
  readonly subject: string;
  readonly text: string;
};

/** The letters to givers of a road's open change who cannot be written to by mail; null when nothing is open. */
export const printedLetters = async (
  segment: string,
  db: Reader = staffDb(),
): Promise<PrintedLetter[] | null> => {
  const change = (await changesOfRoad(segment, db)).find((one) => one.status === 'open');
  if (!change) return null;
  return (await giftsOnDesk(change.id, db))
    .filter((gift) => !gift.hasAddress && (gift.answer === 'to_ask' || gift.answer === 'asked'))
    .map((gift) => {
      const lang = gift.donorLang;
      const data = letterData(change, change.campaignName[lang], gift, change.currency);
      const letter = composeLetter({ template: 'use_change', data }, lang, env.PUBLIC_URL);
      return {
        gift: gift.subject,
        to: gift.donorName,
        lang,
        subject: letter.subject,
        text: letterText(letter, letterSignature(lang)),
      };
    });
};
