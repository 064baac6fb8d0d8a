import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { Btn, BtnLink, BtnRow } from './component';

export const examples: readonly Example[] = [
  {
    name: 'kinds',
    render: (lang) => {
      const t = words(lang, 'common');
      return (
        <BtnRow>
          <BtnLink kind="give" href="#btn">
            {t('give')}
          </BtnLink>
          <BtnLink href="#btn">{t('findGift')}</BtnLink>
          <BtnLink kind="line" href="#btn">
            {t('nav.ledger')}
          </BtnLink>
          <BtnLink kind="quiet" href="#btn">
            {t('home')}
          </BtnLink>
        </BtnRow>
      );
    },
  },
  {
    name: 'dense, with its key',
    render: (lang) => (
      <Btn type="button" size="dense" icon="tick" hotkey="A">
        {words(lang, 'common')('display.apply')}
      </Btn>
    ),
  },
  {
    name: 'cannot be used, and why',
    render: (lang) => (
      <Btn unavailable={words(lang, 'ui')('staff.own')}>{words(lang, 'common')('display.apply')}</Btn>
    ),
  },
  {
    name: 'being sent',
    render: (lang) => (
      <Btn type="button" disabled>
        {words(lang, 'common')('display.apply')}
      </Btn>
    ),
  },
];
