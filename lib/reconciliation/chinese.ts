import { Converter } from 'opencc-js';
import type { ToSimplified } from './names.rules';

/**
 * Traditional to simplified characters for comparing names (陳大文 = 陈大文). The dictionary is half a megabyte:
 * for the server only, made once per process.
 */
const convert = Converter({ from: 'tw', to: 'cn' });

export const toSimplified: ToSimplified = (text) => (/\p{Script=Han}/u.test(text) ? convert(text) : text);
