// A worker that does nothing but send what waits: `… mail-child.ts APP_DATABASE_URL SMTP_URL`.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { connect } from '@/db/connect';
import { sendMail } from '@/lib/mail/send-mail';
import { connectMail } from '@/lib/mail/smtp.gateway';

const [url = '', smtp = ''] = process.argv.slice(2);
const db = connect(url, { max: 2 });
const transport = connectMail(smtp, 'Shanlu <no-reply@shanlu.example.org>', 'shanlu.example.org');
for (;;) {
  const { rows } = await sql<{ id: string }>`
    select id from outbox where sent_at is null and dropped_at is null
      and (leased_until is null or leased_until < now()) order by queued_at limit 5`.execute(db);
  for (const { id } of rows)
    await sendMail(db, transport, id, 'https://shanlu.example.org').catch(() => undefined);
  if (rows.length === 0) await sleep(20);
}
