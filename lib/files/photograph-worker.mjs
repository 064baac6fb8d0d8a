// Decodes untrusted pictures, one after the other, and writes clean copies of them. Runs as a process of its own, started
// by photograph-decoder.ts with limits on memory, time and files and with an empty environment: a decoder that is
// led astray takes nothing down and finds nothing to read. Talks over its standard input and output only.
import sharp from 'sharp';

const LOADERS = {
  jpeg: 'VipsForeignLoadJpegBuffer',
  png: 'VipsForeignLoadPngBuffer',
  webp: 'VipsForeignLoadWebpBuffer',
};

/** The pictures as they come in: four bytes of length, a head as JSON that says the size, the picture. */
async function* requests() {
  let chunks = [];
  let have = 0;
  let need = 4;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    have += chunk.length;
    while (have >= need) {
      const all = Buffer.concat(chunks);
      chunks = [all];
      const start = 4 + all.readUInt32BE(0);
      if (have < start) {
        need = start;
        break;
      }
      const head = JSON.parse(all.toString('utf8', 4, start));
      need = start + head.size;
      if (have < need) break;
      chunks = [all.subarray(need)];
      yield { ...head, input: all.subarray(start, need) };
      have -= need;
      need = 4;
    }
  }
}

const answer = (head, ...bodies) => {
  const json = Buffer.from(JSON.stringify({ ...head, lengths: bodies.map((body) => body.length) }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  // The process ends by itself when everything has gone through the pipe and nothing more comes in.
  process.stdout.write(Buffer.concat([length, json, ...bodies]));
};

/**
 * Replaces rectangles by a few flat tiles. Four tiles along the shorter side keep nothing of a face or a number
 * plate; the pixels are overwritten before any encoder sees them.
 */
const pixelate = ({ data, info }, rectangles) => {
  for (const { x, y, w, h } of rectangles) {
    const left = Math.max(0, Math.floor((x * info.width) / 10_000) - 1);
    const top = Math.max(0, Math.floor((y * info.height) / 10_000) - 1);
    const right = Math.min(info.width, Math.ceil(((x + w) * info.width) / 10_000) + 1);
    const bottom = Math.min(info.height, Math.ceil(((y + h) * info.height) / 10_000) + 1);
    const tile = Math.max(4, Math.ceil(Math.min(right - left, bottom - top) / 4));
    for (let tileTop = top; tileTop < bottom; tileTop += tile)
      for (let tileLeft = left; tileLeft < right; tileLeft += tile)
        flatten(
          data,
          info,
          tileLeft,
          tileTop,
          Math.min(tileLeft + tile, right),
          Math.min(tileTop + tile, bottom),
        );
  }
};

const flatten = (data, { width, channels }, left, top, right, bottom) => {
  for (let channel = 0; channel < channels; channel += 1) {
    let sum = 0;
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1) sum += data[(y * width + x) * channels + channel];
    const mean = Math.round(sum / ((right - left) * (bottom - top)));
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1) data[(y * width + x) * channels + channel] = mean;
  }
};

sharp.cache(false);
sharp.concurrency(1);

// Where the kernel does not enforce a limit, the process watches itself.
let rssAllowed = Infinity;
setInterval(() => {
  if (process.memoryUsage.rss() > rssAllowed) process.exit(70);
}, 20).unref();

const clean = async (request) => {
  const { kind, pixelsMax, publicEdge, thumbnailEdge, format, redactions, rssMax, input } = request;
  rssAllowed = rssMax;
  // Every loader but the one for the kind that the first bytes showed.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [LOADERS[kind]] });

  const options = { failOn: 'warning', limitInputPixels: pixelsMax, animated: false, sequentialRead: true };
  const { exif, pages } = await sharp(input, options).metadata();
  if ((pages ?? 1) > 1) return answer({ ok: false, reason: 'animated' });
  const upright = await sharp(input, options)
    .autoOrient()
    .resize({ width: publicEdge, height: publicEdge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  pixelate(upright, redactions);

  // From here on only pixels are left; new files are made of them, so no metadata can have come along.
  const raw = {
    raw: { width: upright.info.width, height: upright.info.height, channels: upright.info.channels },
  };
  const encode = (image, quality) =>
    (format === 'jpeg'
      ? image.jpeg({ quality, mozjpeg: true })
      : image.webp({ quality, effort: 2 })
    ).toBuffer({
      resolveWithObject: true,
    });
  const publicCopy = await encode(sharp(upright.data, raw), 78);
  const thumbnail = await encode(
    sharp(upright.data, raw).resize({
      width: thumbnailEdge,
      height: thumbnailEdge,
      fit: 'inside',
      withoutEnlargement: true,
    }),
    72,
  );
  const size = ({ info }) => ({ width: info.width, height: info.height });
  return answer(
    {
      ok: true,
      publicCopy: size(publicCopy),
      thumbnail: size(thumbnail),
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    },
    exif && exif.length <= 65_536 ? exif : Buffer.alloc(0),
    publicCopy.data,
    thumbnail.data,
  );
};

for await (const request of requests())
  await clean(request).catch((error) => {
    process.stderr.write(String(error?.message ?? error).slice(0, 500));
    answer({ ok: false, reason: 'decoder' });
  });
