/**
 * Family names common among the overseas Chinese of the Pearl River delta and beyond, each with the spellings
 * passports give it: Mandarin pinyin, Hong Kong and Macau Cantonese, Hokkien, Teochew, Hakka and Toisan as
 * written in South-East Asia and North America. Only a hint for finding the same person twice: many spellings
 * stand for several names.
 */
const SPELLINGS = `
陈 chen chan tan chin chinn ting tran
林 lin lam lim lum
黄 huang wong ng ooi oei hoang
何 he ho hoe
李 li lee lei ly
梁 liang leung leong neo luong
张 zhang cheung cheong teo teoh chong chang
王 wang wong ong heng
刘 liu lau lao low liew lew
吴 wu ng goh eng ngo
郑 zheng cheng tay teh cheang trinh
周 zhou chow chau chew chiu chu
叶 ye yip ip yap yeh diep
杨 yang yeung ieong yeo yong duong
郭 guo kwok kuok kuek quek kwek quach
冯 feng fung fong foong phung
关 guan kwan kuan quan
麦 mai mak mac
欧 ou au ow
欧阳 ouyang auyeung auyong
谭 tan tam tham hom
邓 deng tang theng dang
曾 zeng tsang chang chan tzeng
萧 xiao siu siew seow hsiao
肖 xiao siu
罗 luo lo law loh
余 yu yue yee yii
钟 zhong chung cheong chong choong
卢 lu lo loo lou
苏 su so sou soh
高 gao ko kou koh
彭 peng pang phang
潘 pan poon pun phua
许 xu hui hoi khoo koh hsu
蔡 cai choi tsoi chua choy tsai chhua
谢 xie tse che cheah chia hsieh
徐 xu tsui choi chee hsu
孙 sun suen soon
马 ma mah
胡 hu wu woo oh
朱 zhu chu choo
赵 zhao chiu chio chao teo
唐 tang tong
韩 han hon hoon
曹 cao tso chou tsao
程 cheng ching
杜 du to tou toh
沈 shen sum shum sim
江 jiang kong kang kiang
容 rong yung iong
阮 ruan yuen un nguyen
简 jian kan gan
甘 gan kam kum
缪 miao mau
侯 hou hau hao
方 fang fong fung png
孔 kong hung kung
雷 lei lui loi louie
伍 wu ng eng
司徒 situ szeto seto
区 ou au
岑 cen shum sam
莫 mo mok
黎 li lai le
古 gu ku koo
温 wen wan oon
邱 qiu yau khoo hew
丘 qiu yau khoo
蒋 jiang cheung chiang
袁 yuan yuen un
魏 wei ngai
姚 yao yiu yeow
陆 lu luk lok
汪 wang wong
廖 liao liu leow liew
庄 zhuang chong chng
洪 hong hung ang
施 shi sze see
柯 ke or kua quah
吕 lu lui loi
傅 fu foo poh
`;

const byHan = new Set<string>();
const bySpelling = new Map<string, string[]>();
for (const line of SPELLINGS.trim().split('\n')) {
  const [han = '', ...spellings] = line.split(' ');
  byHan.add(han);
  for (const spelling of new Set(spellings))
    bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), han]);
}

/** The family name a simplified Chinese name begins with, two characters before one; null when none is known. */
export const surnameOfHan = (name: string): string | null => {
  const [first = '', second = ''] = [...name];
  return byHan.has(first + second) ? first + second : byHan.has(first) ? first : null;
};

/** The family names a romanised word may stand for: 'chan' for 陈 and 曾. */
export const surnamesOfRoman = (word: string): readonly string[] => bySpelling.get(word) ?? [];
