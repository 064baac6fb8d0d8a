import { examples as amt } from '../amt/examples';
import { examples as btn } from '../btn/examples';
import { examples as chip } from '../chip/examples';
import { examples as code } from '../code/examples';
import { examples as compare } from '../compare/examples';
import { examples as curve } from '../curve/examples';
import { examples as docs } from '../docs/examples';
import { examples as filter } from '../filter/examples';
import { examples as flow } from '../flow/examples';
import { examples as form } from '../form/examples';
import { examples as illustration } from '../illustration/examples';
import { examples as loading } from '../loading/examples';
import { examples as lots } from '../lots/examples';
import { examples as map } from '../map/examples';
import { examples as materials } from '../materials/examples';
import { examples as moves } from '../moves/examples';
import { examples as msg } from '../msg/examples';
import { examples as page } from '../page/examples';
import { examples as paging } from '../paging/examples';
import { examples as review } from '../review/examples';
import { examples as roadBar } from '../road-bar/examples';
import { examples as staff } from '../staff/examples';
import { examples as steps } from '../steps/examples';
import { examples as table } from '../table/examples';
import { examples as tie } from '../tie/examples';
import { examples as ticket } from '../ticket/examples';
import { examples as timeline } from '../timeline/examples';
import type { Example } from './example';

/** Every component with its examples: what the gallery shows and the accessibility tests walk. */
export const GALLERY: Readonly<Record<string, readonly Example[]>> = {
  amt,
  btn,
  chip,
  code,
  compare,
  curve,
  docs,
  filter,
  flow,
  form,
  illustration,
  loading,
  lots,
  map,
  materials,
  moves,
  msg,
  page,
  paging,
  review,
  'road-bar': roadBar,
  staff,
  steps,
  table,
  tie,
  ticket,
  timeline,
};
