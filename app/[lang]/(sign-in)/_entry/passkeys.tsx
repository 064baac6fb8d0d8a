import type { Passkey } from '@/lib/auth/passkey.store';
import { momentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Btn } from '../../../_ui/btn/component';
import { TextField } from '../../../_ui/form/component';
import { Table } from '../../../_ui/table/component';
import { AddPasskey } from './passkey-add';
import { endPasskey } from './passkey-actions';

/** The passkeys of whoever is signed in: what they are called, when they were used, and how to add or remove one. */
export function Passkeys({ lang, passkeys }: { lang: Lang; passkeys: readonly Passkey[] }) {
  const t = words(lang, 'signIn');
  return (
    <div className="grid gap-5">
      {passkeys.length > 0 && (
        <Table
          lang={lang}
          caption={t('passkey.title')}
          captionHidden
          rows={passkeys}
          rowKey={(row) => row.id}
          columns={[
            { key: 'name', head: t('passkey.name'), names: true, phone: 'main', cell: (row) => row.name },
            {
              key: 'added',
              head: t('passkey.added'),
              phone: 'whole',
              phoneLabel: t('passkey.added'),
              cell: (row) => momentText(row.addedAt, lang),
            },
            {
              key: 'used',
              head: t('passkey.used'),
              phone: 'whole',
              phoneLabel: t('passkey.used'),
              cell: (row) => (row.usedAt === null ? t('passkey.never') : momentText(row.usedAt, lang)),
            },
            {
              key: 'remove',
              head: t('passkey.remove'),
              phone: 'whole',
              cell: (row) => (
                <form action={endPasskey} className="grid gap-2">
                  <input type="hidden" name="lang" value={lang} />
                  <input type="hidden" name="passkey" value={row.id} />
                  <TextField
                    id={`reason-${row.id}`}
                    name="reason"
                    label={t('passkey.reason')}
                    maxLength={500}
                    required
                    autoComplete="off"
                  />
                  <div>
                    <Btn kind="line" size="dense" aria-label={t('passkey.removeOf', { name: row.name })}>
                      {t('passkey.remove')}
                    </Btn>
                  </div>
                </form>
              ),
            },
          ]}
        />
      )}
      <AddPasskey
        lang={lang}
        factorHref={`/${lang}/sign-in/second-factor?next=${encodeURIComponent(`/${lang}/account`)}`}
        words={{
          name: t('passkey.name'),
          hint: t('passkey.hint'),
          add: t('passkey.add'),
          failed: t('passkey.failed'),
          without: t('passkey.without'),
        }}
      />
    </div>
  );
}
