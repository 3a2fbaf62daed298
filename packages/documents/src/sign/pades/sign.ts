import type { SigningKey } from '@sapan/trust'
import type { PdfSigningOptions } from '../options.ts'
import { completeSignature } from './complete.ts'
import { type PreparedSignature, prepareSignature } from './prepare.ts'

/**
 * Signs a PDF as PAdES baseline (EN 319 142-1 §6) by an incremental update: what was there stays as it is. Rejects as
 * `prepareSignature` and `completeSignature` do, and as the key does.
 */
export async function signPdf(pdf: Uint8Array, options: PdfSigningOptions): Promise<Uint8Array<ArrayBuffer>> {
  const prepared = await prepareSignature(pdf, options)
  return completeSignature(prepared, await options.key.sign(prepared.toBeSigned))
}

/** Documents that are worked on at a time: what one waits for, others use. Bounds memory too. */
const atOnce = 16

/**
 * Signs many documents with one key, in order; one that can't be signed doesn't stop the others. Keys that sign several
 * values in one step (a token, a signing service) are asked for a group of documents at once.
 */
export async function signMany(
  pdfs: readonly Uint8Array[],
  options: PdfSigningOptions,
): Promise<PromiseSettledResult<Uint8Array<ArrayBuffer>>[]> {
  const results: PromiseSettledResult<Uint8Array<ArrayBuffer>>[] = []
  for (let at = 0; at < pdfs.length; at += atOnce) {
    results.push(...(await signGroup(pdfs.slice(at, at + atOnce), options)))
  }
  return results
}

async function signGroup(pdfs: readonly Uint8Array[], options: PdfSigningOptions) {
  const prepared = await Promise.allSettled(pdfs.map((pdf) => prepareSignature(pdf, options)))
  const ready = prepared.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const values = signValues(options.key, ready)
  return Promise.allSettled(
    prepared.map(async (each) => {
      if (each.status === 'rejected') throw each.reason
      return completeSignature(each.value, await values(each.value))
    }),
  )
}

/** Gives each document's signature value; in one step for all where the key can do that. */
function signValues(key: SigningKey, ready: readonly PreparedSignature[]) {
  if (!key.signMany) return (each: PreparedSignature) => key.sign(each.toBeSigned)
  const all = ready.length === 0 ? Promise.resolve([]) : key.signMany(ready.map((each) => each.toBeSigned))
  return async (each: PreparedSignature): Promise<Uint8Array> => {
    const value = (await all)[ready.indexOf(each)]
    if (!value) throw new TypeError('a key gives as many signatures as it was asked for')
    return value
  }
}
