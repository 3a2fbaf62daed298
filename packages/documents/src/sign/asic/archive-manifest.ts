import { createHash } from 'node:crypto'
import type { Manifest } from '../../check/asic/index.ts'
import { readCmsParts, writeCmsParts } from '../cades/cms-parts.ts'
import {
  type CadesRenewalOptions,
  evidenceFor,
  orUnrenewable,
  pathOfToken,
  withMore,
} from '../cades/renew.ts'
import { stamped } from '../evidence.ts'
import { readStampToken } from '../timestamp/token.ts'
import { manifest } from './manifest.ts'
import { type ContainerToExtend, checkDigests, freePart } from './open.ts'

/** The list that the next one must be named otherwise than (EN 319 162-1 §A.7). */
const newest = 'META-INF/ASiCArchiveManifest.xml'
const tokenType = 'application/vnd.etsi.timestamp-token'
const cmsType = 'application/pkcs7-signature'

/** The newest time-stamp over signatures of the container, and its list; undefined where there is none. */
export function lastArchive({ container, manifests, parts }: ContainerToExtend): Manifest | undefined {
  const { tokens, signatures } = container
  const lists = manifests.filter(
    ({ signature, objects }) =>
      tokens.includes(signature) && objects.some(({ name }) => signatures.includes(name)),
  )
  const at = ({ signature }: Manifest) =>
    orUnrenewable(() => readStampToken(parts.get(signature) ?? new Uint8Array())).at
  return lists.toSorted((a, b) => at(b) - at(a))[0]
}

/**
 * A further time-stamp over a list of all that is in the container. The evidence for the last one goes into that one
 * itself, over which nothing is yet.
 */
export async function archiveManifest(
  { parts: before, container, manifests }: ContainerToExtend,
  last: Manifest,
  options: CadesRenewalOptions,
): Promise<Map<string, Uint8Array>> {
  for (const each of manifests) checkDigests(each, before)
  const token = before.get(last.signature) ?? new Uint8Array()
  const cms = orUnrenewable(() => readCmsParts(token))
  const path = orUnrenewable(() => pathOfToken(token, cms)).map(({ der }) => der)
  const parts = new Map(before)
  parts.set(last.signature, writeCmsParts(withMore(cms, await evidenceFor([path], options))))
  moveAside(parts)
  const name = freePart(parts, 'timestamp', '.tst')
  const listed = [...parts].map(([each, bytes]) => ({
    name: each,
    mime: typeOf(each, container.signatures, manifests),
    digest: createHash('sha256').update(bytes).digest('base64'),
  }))
  const text = Buffer.from(manifest({ name, mime: tokenType }, listed, 'sha256'))
  const { token: stamp } = await stamped(options.timestamper, text, 'sha256', options.time)
  return parts.set(newest, text).set(name, stamp)
}

/** What a list is called is written nowhere in it or about it but in later lists: the last one may be renamed. */
function moveAside(parts: Map<string, Uint8Array>): void {
  const list = parts.get(newest)
  if (!list) return
  parts.delete(newest)
  parts.set(freePart(parts, 'ASiCArchiveManifest', '.xml'), list)
}

function typeOf(name: string, signatures: readonly string[], manifests: readonly Manifest[]): string {
  if (signatures.includes(name)) return cmsType
  if (/^META-INF\/.*\.tst$/i.test(name)) return tokenType
  if (/^META-INF\/.*\.xml$/i.test(name)) return 'text/xml'
  const listed = manifests.flatMap(({ objects }) => objects).find((each) => each.name === name)
  return listed?.mime ?? 'application/octet-stream'
}
