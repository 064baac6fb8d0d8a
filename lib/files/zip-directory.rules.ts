/** The list of contents at the end of a ZIP file, read without unpacking anything. */
export type ZipDirectory = { readonly entries: readonly ZipEntry[] };

export type ZipEntry = { readonly name: string; readonly packedSize: number; readonly unpackedSize: number };

const ENTRIES_MAX = 5000;

/** Reads the central directory; null when there is none, it is cut off, encrypted or in the 64-bit form. */
export const readZipDirectory = (bytes: Uint8Array): ZipDirectory | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > ENTRIES_MAX) return null;
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return null;
    const encrypted = (view.getUint16(at + 8, true) & 1) === 1;
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (encrypted || next > end) return null;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      packedSize: view.getUint32(at + 20, true),
      unpackedSize: view.getUint32(at + 24, true),
    });
    at = next;
  }
  return { entries };
};

/** Where the end record stands: it closes the file, after at most 64 kB of comment. */
const findEnd = (view: DataView): number | null => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1)
    if (
      view.getUint32(at, true) === 0x06054b50 &&
      at + 22 + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  return null;
};
