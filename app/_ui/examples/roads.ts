import type { Position } from 'geojson';
import type { Lang } from '@/lib/i18n/languages';
import type { RoadState } from '../chip/component';

/**
 * The 24 roads of the Maling story for examples, screenshots and accessibility tests. Real: that there are 24, in
 * Maling. Names, lengths, places and money are illustrative. Amounts are fen, lengths millimetres.
 */
export type ExampleRoad = {
  readonly code: string;
  readonly name: Readonly<Record<Lang, string>>;
  readonly state: RoadState;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly budgetMinor: bigint;
  readonly allocatedMinor: bigint;
  readonly committedMinor: bigint;
  readonly paidMinor: bigint;
  readonly line: readonly Position[];
};

type Figures = readonly [budget: bigint, allocated: bigint, committed: bigint, paid: bigint];

const road = (
  code: string,
  [hans, hant, en]: readonly [string, string, string],
  state: RoadState,
  [lengthMm, widthMm]: readonly [number, number],
  [budgetMinor, allocatedMinor, committedMinor, paidMinor]: Figures,
  line: string,
): ExampleRoad => ({
  code,
  name: { 'zh-Hans': hans, 'zh-Hant': hant, en },
  state,
  lengthMm,
  widthMm,
  budgetMinor,
  allocatedMinor,
  committedMinor,
  paidMinor,
  line: line.split(', ').map((point) => point.split(' ').map(Number)),
});

// oxfmt-ignore
export const exampleRoads: readonly ExampleRoad[] = [
  road('ML-01', ['村口路', '村口路', 'Village Gate Road'], 'in_warranty', [62500, 3500], [2090000n, 2090000n, 2060000n, 1998200n],
    '113.3587003 22.4693686, 113.3589514 22.4694372, 113.3590991 22.4695608, 113.359232 22.4696157'),
  road('ML-02', ['榕荫路', '榕蔭路', 'Banyan Shade Road'], 'in_warranty', [50000, 3500], [1635000n, 1635000n, 1590000n, 1542300n],
    '113.359232 22.4696157, 113.3594535 22.4696706, 113.3596899 22.4697667'),
  road('ML-03', ['祠堂前路', '祠堂前路', 'Ancestral Hall Road'], 'in_warranty', [49000, 3500], [1670000n, 1670000n, 1650000n, 1600500n],
    '113.3596899 22.4697667, 113.3599262 22.4697529, 113.3601625 22.4697941'),
  road('ML-04', ['学堂路', '學堂路', 'Schoolhouse Road'], 'in_warranty', [41500, 3000], [1180000n, 1180000n, 1140000n, 1105800n],
    '113.3596899 22.4697667, 113.3596012 22.4699451, 113.3595865 22.4701235'),
  road('ML-05', ['荷塘东路', '荷塘東路', 'Lotus Pond East Road'], 'accepted', [84500, 3000], [2320000n, 2320000n, 2270000n, 2201900n],
    '113.3606794 22.469849, 113.3607532 22.4700412, 113.3607089 22.4702333, 113.3605465 22.4703569, 113.3603692 22.4703843'),
  road('ML-06', ['荷塘西路', '荷塘西路', 'Lotus Pond West Road'], 'in_warranty', [75000, 3000], [2060000n, 2060000n, 2010000n, 1949700n],
    '113.3601625 22.4697941, 113.360192 22.47, 113.3601772 22.4702059, 113.3602511 22.4703294, 113.3603692 22.4703843'),
  road('ML-07', ['禾场路', '禾場路', 'Threshing Floor Road'], 'in_warranty', [48000, 3000], [1500000n, 1500000n, 1500000n, 1455000n],
    '113.3595865 22.4701235, 113.3597932 22.4701716, 113.3600469 22.470151'),
  road('ML-08', ['水井巷', '水井巷', 'Well Lane'], 'in_warranty', [34500, 2500], [830000n, 830000n, 800000n, 776000n],
    '113.359232 22.4696157, 113.3591434 22.4697529, 113.3591582 22.4699039'),
  road('ML-09', ['石桥路', '石橋路', 'Stone Bridge Road'], 'inspection', [55500, 3000], [1740000n, 1740000n, 1730000n, 1211000n],
    '113.3601625 22.4697941, 113.3604135 22.4697529, 113.3606794 22.469849'),
  road('ML-10', ['竹园路', '竹園路', 'Bamboo Grove Road'], 'in_warranty', [39000, 2500], [900000n, 900000n, 870000n, 843900n],
    '113.3595865 22.4701235, 113.3594092 22.4701784, 113.3592172 22.4701922'),
  road('ML-11', ['龙眼里', '龍眼里', 'Longan Lane'], 'accepted', [32500, 2500], [760000n, 760000n, 740000n, 717800n],
    '113.3591582 22.4699039, 113.3592025 22.4700412, 113.3592172 22.4701922'),
  road('ML-12', ['荔枝坡路', '荔枝坡路', 'Lychee Slope Road'], 'in_progress', [40000, 2500], [985000n, 985000n, 940000n, 658000n],
    '113.3592172 22.4701922, 113.3590548 22.4703157, 113.3589219 22.4704255'),
  road('ML-13', ['谷仓路', '穀倉路', 'Granary Road'], 'accepted', [31000, 3000], [860000n, 860000n, 850000n, 824500n],
    '113.3600469 22.470151, 113.3600665 22.4702883, 113.3600295 22.4704255'),
  road('ML-14', ['渡头路', '渡頭路', 'Ferry Landing Road'], 'accepted', [47500, 3000], [1350000n, 1350000n, 1320000n, 924000n],
    '113.3596899 22.4697667, 113.3597489 22.469547, 113.3598523 22.4693686'),
  road('ML-15', ['菜园路', '菜園路', 'Market Garden Road'], 'inspection', [38500, 2500], [860000n, 860000n, 830000n, 581000n],
    '113.3598523 22.4693686, 113.3600591 22.4693411, 113.3602215 22.4693686'),
  road('ML-16', ['后山路', '後山路', 'Back Hill Road'], 'approved', [62500, 2500], [1570000n, 520000n, 0n, 0n],
    '113.3595865 22.4701235, 113.3594831 22.470302, 113.3595569 22.470453, 113.3594683 22.4706314'),
  road('ML-17', ['侨心路', '僑心路', 'Qiaoxin Road'], 'in_progress', [47500, 3000], [1335000n, 1335000n, 1270000n, 381000n],
    '113.3601625 22.4697941, 113.3602068 22.4695882, 113.3602215 22.4693686'),
  road('ML-18', ['老圩路', '老墟路', 'Old Market Road'], 'rework', [47000, 3500], [1485000n, 1485000n, 1450000n, 1015000n],
    '113.3606794 22.469849, 113.3607237 22.4696294, 113.3606646 22.4694372'),
  road('ML-19', ['鱼塘基路', '魚塘基路', 'Fishpond Dyke Road'], 'in_progress', [57500, 3000], [1665000n, 1665000n, 1610000n, 483000n],
    '113.3606646 22.4694372, 113.3609452 22.4693823, 113.3612111 22.4694372'),
  road('ML-20', ['蕉林路', '蕉林路', 'Banana Grove Road'], 'contracted', [41000, 2500], [940000n, 940000n, 910000n, 0n],
    '113.3591582 22.4699039, 113.3589662 22.4698765, 113.3587889 22.4699725'),
  road('ML-21', ['新围路', '新圍路', 'Xinwei Road'], 'funded', [29500, 2500], [695000n, 695000n, 0n, 0n],
    '113.3600295 22.4704255, 113.3598966 22.4704941, 113.3597637 22.4704667'),
  road('ML-22', ['长寿巷', '長壽巷', 'Longevity Lane'], 'approved', [25000, 2500], [625000n, 245000n, 0n, 0n],
    '113.3603692 22.4703843, 113.3603914 22.470501, 113.3603618 22.4706046'),
  road('ML-23', ['归侨里', '歸僑里', 'Returnees’ Lane'], 'approved', [36500, 2500], [855000n, 360000n, 0n, 0n],
    '113.3603618 22.4706046, 113.3605317 22.4706314, 113.3607089 22.4705902'),
  road('ML-24', ['同心路', '同心路', 'Tongxin Road'], 'approved', [77500, 3500], [2490000n, 655000n, 0n, 0n],
    '113.3606794 22.469849, 113.36096 22.4699039, 113.3611667 22.4700412, 113.3612554 22.4702196'),
];
