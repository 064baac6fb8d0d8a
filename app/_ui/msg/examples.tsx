import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { Empty, Msg, type MsgKind } from './component';

export const examples: readonly Example[] = [
  ...(['info', 'ok', 'warn', 'err'] as const).map((kind: MsgKind) => ({
    name: kind,
    render: (lang: Parameters<Example['render']>[0]) => (
      <Msg kind={kind} title={words(lang, 'common')('notFound.title')}>
        <p>{words(lang, 'common')('notFound.body')}</p>
      </Msg>
    ),
  })),
  {
    name: 'empty',
    render: (lang) => (
      <Empty title={words(lang, 'segment')('payments.none')}>
        {words(lang, 'segment')('payments.noneBody')}
      </Empty>
    ),
  },
];
