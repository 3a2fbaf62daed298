import { Asn1Error } from '../asn1/error.ts'
import { readFirst } from '../asn1/read.ts'
import { cadesSignature } from '../cms/cades.ts'
import { readSignedData, type SignedData } from '../cms/signed-data.ts'
import type { Flaw, SignatureInput, SignedReference } from '../engine/signature.ts'
import type { Run } from '../run.ts'
import { flawedInput } from '../xml/xades/read.ts'
import { archiveTimestamps } from './archive.ts'
import type { Container } from './container.ts'
import type { Manifest } from './manifest.ts'

/** A signature in a container, and the names of the files that it is over. */
export interface ContainedSignature {
  readonly input: SignatureInput
  readonly covers: readonly string[]
}

export const containerFlaw = (detail: string): Flaw => ({
  why: 'FORMAT_FAILURE',
  check: 'container-form',
  detail,
})

/** The signers of one CAdES file (EN 319 162-1 §4.3.3.2, §4.4.4). */
export async function cadesIn(
  run: Run,
  container: Container,
  manifests: readonly Manifest[],
  name: string,
): Promise<ContainedSignature[]> {
  const what = signedBy(container, manifests, name)
  let signed: SignedData
  try {
    signed = readSignedData(readFirst(container.zip.read(name) ?? new Uint8Array(), run.work))
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    const flaw: Flaw = { why: 'FORMAT_FAILURE', check: 'format-readable', detail: error.message }
    return [{ input: { ...flawedInput(name, flaw), format: 'cades' }, covers: [] }]
  }
  // What is inside would be signed in place of what lies beside.
  const own = signed.content ? [containerFlaw('the signature has content of its own')] : []
  return Promise.all(
    signed.signers.map(async (signer, at) => {
      const id = at === 0 ? name : `${name}#${at + 1}`
      const input = await cadesSignature(run, signed, signer, { id, content: what.content, isStrict: true })
      const timestamps = archiveTimestamps(container, manifests, { name, input, manifest: what.manifest })
      return {
        input: {
          ...input,
          flaws: [...what.flaws, ...own, ...input.flaws],
          references: [...input.references, ...what.references],
          timestamps: [...input.timestamps, ...timestamps],
        },
        covers: what.covers,
      }
    }),
  )
}

interface Signed {
  readonly content: readonly Uint8Array[] | undefined
  readonly references: readonly SignedReference[]
  readonly covers: readonly string[]
  readonly manifest: Manifest | undefined
  readonly flaws: readonly Flaw[]
}

/** In ASiC-S the one file; in ASiC-E the one manifest that names the signature, and through it all that it lists. */
function signedBy(container: Container, manifests: readonly Manifest[], name: string): Signed {
  const { type, files, zip } = container
  const none = { content: undefined, references: [], covers: [], manifest: undefined }
  if (type === 'asic-s') {
    const file = files[0]
    const bytes = file && zip.read(file.name)
    if (!file || !bytes) return { ...none, flaws: [] }
    return { ...none, content: [bytes], covers: [file.name], flaws: [] }
  }
  const [manifest, ...more] = manifests.filter(({ signature }) => signature === name)
  if (!manifest || more.length > 0)
    return { ...none, flaws: [containerFlaw('not one manifest for the signature')] }
  return {
    content: [manifest.bytes],
    references: manifest.objects.map(({ name: object, algorithm, digest }) => {
      const bytes = zip.read(object)
      return { name: object, algorithm, expected: digest, content: bytes && [bytes] }
    }),
    covers: manifest.objects.map((object) => object.name),
    manifest,
    flaws: [],
  }
}
