import { type Zippable, zipSync } from 'fflate'

/** The first day that ZIP knows: when something happened stands in signatures and time-stamps. */
const noTime = new Date(1980, 0, 1)

/**
 * A container as a ZIP file, `mimetype` first and stored, without an extra field, so that the type stands at a fixed
 * place (EN 319 162-1 §A.1). No name may be a whole number: those would come first.
 */
export function packed(
  type: string,
  parts: Iterable<readonly [name: string, bytes: Uint8Array]>,
): Uint8Array {
  const entries: Zippable = { mimetype: [Buffer.from(type), { level: 0 }] }
  for (const [name, bytes] of parts) entries[name] = bytes
  return zipSync(entries, { level: 6, mtime: noTime })
}
