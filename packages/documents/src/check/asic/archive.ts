import { sameBytes } from '../asn1/read.ts'
import type { DigestName } from '../crypto/port.ts'
import type { SignatureInput, TimestampInput } from '../engine/signature.ts'
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
  const { zip, type, files } = container
  const signed = type === 'asic-s' ? files : [...(manifest?.objects ?? []), ...(manifest ? [manifest] : [])]
  const tokens = list.objects.flatMap((object) => {
    const bytes = isToken(container, object.name) ? zip.read(object.name) : undefined
    return bytes ? [bytes] : []
  })
  return {
    id: `${name}-${list.signature}`,
    kind: 'archive',
    token,
    covered: async (_, digest) => {
      for (const object of list.objects) {
        const bytes = zip.read(object.name)
        if (!bytes || !object.algorithm || broken.has(object.algorithm)) return undefined
        if (!sameBytes(await digest(object.algorithm, bytes), object.digest)) return undefined
      }
      return [list.bytes]
    },
    proves: {
      signature: true,
      signedData: signed.length > 0 && signed.every((one) => lists(list, one.name)),
      material: input.material,
      timestamps: [...input.timestamps.map((one) => one.token), ...tokens],
    },
  }
}
