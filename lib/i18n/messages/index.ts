import { about } from './about';
import { accounts } from './accounts';
import { approvals } from './approvals';
import { changes } from './changes';
import { books } from './books';
import { bank } from './bank';
import { common } from './common';
import { concerns } from './concerns';
import { desk } from './desk';
import { duties } from './duties';
import { entry } from './entry';
import { gift } from './gift';
import { give } from './give';
import { giverDesk } from './giver-desk';
import { hall } from './hall';
import { home } from './home';
import { ledger } from './ledger';
import { mail } from './mail';
import { merit } from './merit';
import { proofs } from './proofs';
import { planDesk } from './plan-desk';
import { reportDesk } from './report-desk';
import { reports } from './reports';
import { openData } from './open-data';

import { me } from './me';
import { roadLines } from './road-lines';
import { roadShape } from './road-shape';
import { roadWork } from './road-work';
import { segment } from './segment';
import { signIn } from './sign-in';
import { siteWork } from './site-work';
import { trail } from './trail';
import { transferAccounts } from './transfer-accounts';
import { ui } from './ui';
import { verify } from './verify';

/** Every area of words. An area is added here once and is then known to `words(lang, area)`. */
export const AREAS = {
  about,
  approvals,
  changes,
  books,
  bank,
  common,
  concerns,
  desk,
  duties,
  entry,
  gift,
  give,
  giverDesk,
  hall,
  home,
  ledger,
  mail,
  merit,
  proofs,
  planDesk,
  reportDesk,
  reports,
  openData,
  accounts,
  me,
  roadLines,
  roadShape,
  roadWork,
  segment,
  signIn,
  siteWork,
  trail,
  transferAccounts,
  ui,
  verify,
};

export type AreaName = keyof typeof AREAS;
