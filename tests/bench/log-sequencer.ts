// The sequencer as the worker runs it, in a process of its own: `… log-sequencer.ts APP_DATABASE_URL`.
import { connect } from '@/db/connect';
import { startSequencer } from '@/lib/proof/sequencer';

const db = connect(process.argv[2] ?? '', { max: 3 });
const sequencer = startSequencer({ db, witness: null, onTrouble: (sentence) => console.error(sentence) });
process.once('SIGTERM', () => void sequencer.stop().then(() => db.destroy()));
