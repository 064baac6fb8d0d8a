import type { StatementFlag } from './statement.rules';

export type Decoded = {
  readonly text: string;
  /** As the collection of expected answers names it: utf-8, "utf-8 with BOM", gb18030, latin-1 … */
  readonly encoding: string;
  readonly flags: readonly StatementFlag[];
};

/**
 * Bytes to text. UTF-8 is tried first and strictly: GB18030 decodes UTF-8 Chinese into nonsense without an
 * error, never the other way round. What is not UTF-8 is decided by what the text then consists of, because
 * neither names nor headers of bank files can be relied on.
 */
export const decodeText = (bytes: Uint8Array): Decoded => {
  const decoded = decodeBytes(bytes);
  // Old Macintosh line ends; the readers count lines by the newline.
  return decoded.text.includes('\r') && !decoded.text.includes('\n')
    ? { ...decoded, text: decoded.text.replaceAll('\r', '\n') }
    : decoded;
};

const decodeBytes = (bytes: Uint8Array): Decoded => {
  const marked = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (marked) return marked;
  const strict = decode('utf-8', bytes);
  if (strict !== null) return { text: strict, encoding: 'utf-8', flags: [] };
  const declared = declaredEncoding(bytes);
  if (declared !== null) {
    const text = decode(declared, bytes);
    if (text !== null) return { text, encoding: label(declared), flags: [] };
  }
  return eastAsian(bytes) ?? damagedUtf8(bytes) ?? singleByte(bytes);
};

const decode = (encoding: string, bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const label = (encoding: string): string => (encoding === 'windows-1252' ? 'latin-1' : encoding);

const byteOrderMark = (bytes: Uint8Array): Decoded | null => {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    const text = decode('utf-8', bytes.subarray(3));
    return text === null ? null : { text, encoding: 'utf-8 with BOM', flags: [] };
  }
  const wide = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
  if (wide === null) return null;
  const text = new TextDecoder(wide).decode(bytes.subarray(2));
  return { text, encoding: `${wide} with BOM`, flags: text.includes('\uFFFD') ? ['encoding_damaged'] : [] };
};

/** UTF-16 without a mark: in such text nearly every second byte of its ASCII part is zero. */
const unmarkedUtf16 = (bytes: Uint8Array): Decoded | null => {
  const sample = bytes.subarray(0, 2000);
  let [even, odd] = [0, 0];
  for (const [i, byte] of sample.entries())
    if (byte === 0) {
      if (i % 2 === 0) even += 1;
      else odd += 1;
    }
  const quarter = sample.length / 4;
  const wide =
    odd > quarter && even < quarter / 4
      ? 'utf-16le'
      : even > quarter && odd < quarter / 4
        ? 'utf-16be'
        : null;
  const text = wide === null ? null : decode(wide, bytes);
  return wide === null || text === null ? null : { text, encoding: wide, flags: [] };
};

const CHARSET_NUMBERS: Readonly<Record<string, string>> = {
  1252: 'windows-1252',
  1250: 'windows-1250',
  1251: 'windows-1251',
  936: 'gb18030',
  950: 'big5',
  932: 'shift_jis',
  949: 'euc-kr',
};

/** What an XML declaration or an OFX header says, when it names an encoding that is not UTF-8 (already tried). */
const declaredEncoding = (bytes: Uint8Array): string | null => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400));
  const xml = /^\s*<\?xml[^>]*encoding=["']([\w.-]+)["']/u.exec(head)?.[1];
  const ofx = /^\s*OFXHEADER[\s\S]*?CHARSET\s*:\s*(?:windows-|cp)?([\w-]+)/iu.exec(head)?.[1];
  const name = (xml ?? CHARSET_NUMBERS[ofx ?? ''] ?? ofx ?? '').toLowerCase();
  if (name === '' || name === 'utf-8' || name === 'utf8' || name === 'none' || name === 'us-ascii')
    return null;
  // GBK and GB2312 are subsets of GB18030, and files so labelled use characters beyond them.
  if (/^gb/u.test(name)) return 'gb18030';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
};

const COMMON_SIMPLIFIED =
  '的一在人有中大国上个民为子和年来工公司银行账户交易金额日期时间摘要余额收入支出付款方对手信息名称号码卡人民币备注状态成功失败关闭商户订单转账汇存取现消费退货还利息手续费用途附言流水类型渠道网支付宝微财通零钱提充值红包基金会捐赠善慈路村镇市省区县街广东北京海深圳州江苏浙川湖南河山西安福建科技有限股份业贸易服务部门店总分理中心学校医院电话费水供餐饮超市平台美团京东淘天猫李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹易常武乔贺赖龚文';
const COMMON_TRADITIONAL =
  '的一在人有中大國上個民為子和年來工公司銀行賬帳戶交易金額日期時間摘要餘額收入支出付款方對手資料名稱號碼卡港幣備註狀態成功失敗關閉商戶訂單轉賬匯存取現消費退貨還利息手續費用途附言流水類型渠道網支票提充值基金會捐贈善慈路村鎮市省區縣街廣東北京海深圳州江蘇浙川湖南河山西安福建科技有限股份業貿易服務部門店總分理中心學校醫院電話費水供餐飲超級市場平台美團李王張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊陸郝孔白崔康毛邱秦史顧侯邵孟龍萬段雷錢湯尹賴龔文台灣香';

const shareOf = (text: string, common: ReadonlySet<string>): { share: number; hits: number } => {
  let [han, hits] = [0, 0];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x2e80) continue;
    han += 1;
    if (common.has(character) || (code >= 0x3000 && code <= 0x30ff) || (code >= 0xff00 && code <= 0xff60))
      hits += 1;
  }
  return { share: han === 0 ? 0 : hits / han, hits };
};

const SIMPLIFIED = new Set(COMMON_SIMPLIFIED);
const TRADITIONAL = new Set(COMMON_TRADITIONAL);
const SAMPLE_BYTES = 262_144;

/** GB18030 or Big5 when the characters that come out are those bank files are made of. */
const eastAsian = (bytes: Uint8Array): Decoded | null => {
  // A damaged file must still be recognised, so the share is counted on a forgiving decoding.
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const candidates = (
    [
      ['gb18030', SIMPLIFIED],
      ['big5', TRADITIONAL],
    ] as const
  ).map(([encoding, common]) => ({ encoding, ...shareOf(new TextDecoder(encoding).decode(sample), common) }));
  const best = candidates.reduce((a, b) => (b.share > a.share ? b : a));
  if (best.share < 0.3 || best.hits < 2) return null;
  const text = decode(best.encoding, bytes);
  return text === null
    ? {
        text: new TextDecoder(best.encoding).decode(bytes),
        encoding: best.encoding,
        flags: ['encoding_damaged'],
      }
    : { text, encoding: best.encoding, flags: [] };
};

/** UTF-8 with a few broken bytes: most of what is not ASCII decodes. */
const damagedUtf8 = (bytes: Uint8Array): Decoded | null => {
  const text = new TextDecoder('utf-8').decode(bytes);
  let [good, bad] = [0, 0];
  for (const character of text) {
    if (character === '\uFFFD') bad += 1;
    else if (character > '\u007F') good += 1;
  }
  return good >= 4 * bad ? { text, encoding: 'utf-8', flags: ['encoding_damaged'] } : null;
};

// DOS code pages still sent by banks in Central and Western Europe; TextDecoder does not know them.
const CP852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00AD˝˛ˇ˘§÷¸°¨˙űŘř■\u00A0';
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0';

const decodeDos = (page: string, bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : (page[byte - 128] ?? '\uFFFD');
  return text;
};

/**
 * How far the text reads like words: letters of one script, in plausible case, are good; signs and controls
 * inside words, and three accented Latin letters in a row, are what a wrong table produces.
 */
const plausibility = (text: string): number => {
  let score = 0;
  for (const [word] of text.matchAll(/[^\s\d!-/:-@[-`{-~]*[^\u0000-\u007F][^\s\d!-/:-@[-`{-~]*/gu)) {
    const letters = /^[\p{L}\p{M}]+$/u.test(word);
    const oneScript = /^[\p{Script=Latin}\p{M}]+$/u.test(word) || /^[\p{Script=Cyrillic}]+$/u.test(word);
    const oddCase = /\p{Ll}\p{Lu}/u.test(word) || /[\u00C0-\u024F]{3,}/u.test(word);
    score += letters && oneScript && !oddCase ? 2 : letters ? -1 : -2;
  }
  return score;
};

/** The single-byte table that gives the most plausible words; Western European when nothing decides. */
const singleByte = (bytes: Uint8Array): Decoded => {
  const sample = bytes.subarray(0, 65_536);
  const tables: readonly (readonly [string, (from: Uint8Array) => string])[] = [
    ...['windows-1252', 'windows-1250', 'windows-1251', 'koi8-r'].map(
      (name) => [name, (from: Uint8Array) => new TextDecoder(name).decode(from)] as const,
    ),
    ['cp850', (from) => decodeDos(CP850, from)],
    ['cp852', (from) => decodeDos(CP852, from)],
  ];
  const scored = tables.map(([name, table]) => ({ name, table, score: plausibility(table(sample)) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return {
    text: best.table(bytes),
    encoding: label(best.name),
    flags: best.name === 'windows-1252' ? [] : ['encoding_guessed'],
  };
};
