import { type CadesRenewalOptions, renewCades } from '../cades/renew.ts'
import { archiveManifest, lastArchive } from './archive-manifest.ts'
import { type ContainerToExtend, checkDigests, openToExtend, unrenewable } from './open.ts'
import { packed } from './pack.ts'

/**
 * Renews the CAdES signatures of a container: each by a further archive time-stamp of its own (EN 319 122-1 §5.5.3),
 * or, where time-stamps over the container were begun with, by a further one of those (EN 319 162-1 §4.4.4.2). Rejects
 * with `container-unrenewable`, `signing-stamp-…` or `revocation-…`.
 */
export async function renewContainer(bytes: Uint8Array, options: CadesRenewalOptions): Promise<Uint8Array> {
  const open = openToExtend(bytes)
  const { signatures, xmlSignatures, evidenceRecords } = open.container
  if (xmlSignatures.length + evidenceRecords.length > 0) {
    throw unrenewable('ซองมีลายมือชื่อ XAdES หรือ evidence record', 'It has XAdES signatures or evidence records')
  }
  if (signatures.length === 0) throw unrenewable('ซองไม่มีลายมือชื่อ', 'It has no signature')
  const archive = lastArchive(open)
  const parts = archive ? await archiveManifest(open, archive, options) : await renewEach(open, options)
  return packed(open.type, parts)
}

async function renewEach(
  open: ContainerToExtend,
  options: CadesRenewalOptions,
): Promise<Map<string, Uint8Array>> {
  const parts = new Map(open.parts)
  for (const name of open.container.signatures) {
    const cms = open.parts.get(name) ?? new Uint8Array()
    parts.set(name, await renewCades(cms, contentOf(open, name), options))
  }
  return parts
}

/** What a signature is over: in ASiC-S the one file, in ASiC-E its manifest, whose digests must be right. */
function contentOf({ container, manifests, parts }: ContainerToExtend, name: string): Uint8Array {
  if (container.type === 'asic-s') return parts.get(container.files[0]?.name ?? '') ?? new Uint8Array()
  const [manifest, ...more] = manifests.filter(({ signature }) => signature === name)
  if (!manifest || more.length > 0) {
    throw unrenewable(`ไม่มีบัญชีไฟล์ของ ${name}`, `There is no manifest of ${name}`)
  }
  checkDigests(manifest, parts)
  return manifest.bytes
}
