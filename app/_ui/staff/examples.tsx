import { words } from '@/lib/i18n/words';
import { Amt } from '../amt/component';
import { Btn } from '../btn/component';
import type { Example } from '../examples/example';
import { yuan } from '../examples/figures';
import { Figures, Panel, StaffTitle } from './component';

export const examples: readonly Example[] = [
  {
    name: 'title, figures, panel',
    wide: true,
    render: (lang) => {
      const t = words(lang, 'ui');
      return (
        <div className="staff">
          <StaffTitle title={t('staff.finance')} over="2024-06-24 – 2024-06-30" />
          <Figures
            figures={[
              { term: t('five.received'), value: <Amt value={yuan(9_922_571n)} /> },
              { term: t('five.paid'), value: <Amt value={yuan(-117_200n)} /> },
              {
                term: t('tie.off', { amount: '' }),
                value: <Amt value={yuan(16_858n)} />,
                due: true,
              },
            ]}
          >
            <Btn type="button" size="dense" hotkey="A">
              {words(lang, 'common')('display.apply')}
            </Btn>
          </Figures>
          <Panel title={t('diff.item')} aside="26">
            <p>{t('staff.own')}</p>
          </Panel>
        </div>
      );
    },
  },
];
