import { sameBytes } from '../../bytes.ts'
import type { DigestName } from '../crypto/port.ts'
import { noMaterial, type SignatureInput, type TimestampInput } from '../engine/signature.ts'
import type { Container } from './container.ts'
import type { Manifest } from './manifest.ts'

interface Archived {
  /** Of the signature file. */
  readonly name: string
  readonly input: SignatureInput
  /** The one that the signature is over. */
  readonly manifest: Manifest | undefined
}

/** What a list of digests is worth nothing with, whatever stamps the list. */
const broken: ReadonlySet<DigestName> = new Set(['md5', 'sha1', 'ripemd160'])

/**
 * Time-stamps of the container over this signature (EN 319 162-1 §4.4.4.2, annex A.7): each is over a manifest, and
 * through it over all that the manifest lists, if every digest in it is right.
 */
export function archiveTimestamps(
  container: Container,
  manifests: readonly Manifest[],
  archived: Archived,
): TimestampInput[] {
  return manifests.flatMap((list) => {
    const token = isToken(container, list.signature) && container.zip.read(list.signature)
    if (!token || !lists(list, archived.name)) return []
    return [timestampOver(list, token, container, archived)]
  })
}

function isToken({ tokens }: Container, name: string): boolean {
  return tokens.includes(name)
}

function lists({ objects }: Manifest, name: string): boolean {
  return objects.some((object) => object.name === name)
}

function timestampOver(
  list: Manifest,
  token: Uint8Array,
  container: Container,
  { name, input, manifest }: Archived,
): TimestampInput {
  const { type, files } = container
  const signed = type === 'asic-s' ? files : [...(manifest?.objects ?? []), ...(manifest ? [manifest] : [])]
  return {
    id: `${name}-${list.signature}`,
    kind: 'archive',
    token,
    covered: coveredBy(list, container),
    proves: {
      signature: true,
      signedData: signed.length > 0 && signed.every((one) => lists(list, one.name)),
      material: input.material,
      timestamps: [...input.timestamps.map((one) => one.token), ...listedTokens(list, container)],
    },
  }
}

/** The manifest, if every digest in it is right. */
function coveredBy(list: Manifest, { zip }: Container): TimestampInput['covered'] {
  return async (_, digest) => {
    for (const object of list.objects) {
      const bytes = zip.read(object.name)
      if (!bytes || !object.algorithm || broken.has(object.algorithm)) return undefined
      if (!sameBytes(await digest(object.algorithm, bytes), object.digest)) return undefined
    }
    return [list.bytes]
  }
}

function listedTokens(list: Manifest, container: Container): Uint8Array[] {
  return list.objects.flatMap((object) => {
    const bytes = isToken(container, object.name) ? container.zip.read(object.name) : undefined
    return bytes ? [bytes] : []
  })
}

export interface LoneTimestamps {
  readonly timestamps: readonly TimestampInput[]
  /** Tokens that are over nothing: no manifest names them, or more than one. */
  readonly unused: readonly string[]
}

/**
 * Time-stamps over files of the container instead of signatures (EN 319 162-1 §4.3.3.1, §4.4.5): in ASiC-S one over the
 * file, in ASiC-E over a manifest; and those over such time-stamps.
 */
export function loneTimestamps(container: Container, manifests: readonly Manifest[]): LoneTimestamps {
  const { tokens, signatures, type, files, zip, flaws } = container
  const timestamps: TimestampInput[] = []
  const unused: string[] = []
  for (const name of tokens) {
    const [list, ...more] = manifests.filter(({ signature }) => signature === name)
    // Those over signatures are the signatures' own.
    if (list?.objects.some((object) => signatures.includes(object.name))) continue
    const file = type === 'asic-s' && !list ? zip.read(files[0]?.name ?? '') : undefined
    const token = zip.read(name)
    if (!token || more.length > 0 || (!list && !file)) unused.push(name)
    else {
      const covered = list ? coveredBy(list, container) : file && [file]
      const older = list ? listedTokens(list, container) : []
      const proves = { signature: false, signedData: true, material: noMaterial, timestamps: older }
      const kind = older.length > 0 ? 'archive' : 'content'
      timestamps.push({ id: name, kind, token, covered: flaws.length > 0 ? undefined : covered, proves })
    }
  }
  return { timestamps, unused }
}
