import { checkIntegrity } from '../engine/signer.ts'
import { weakAt } from '../policy/policy.ts'
import { Checks } from '../report/checks.ts'
import type { Run } from '../run.ts'
import { dsig } from '../xml/names.ts'
import type { XmlSource } from '../xml/source.ts'
import { readXadesSignature, signatureElements } from '../xml/xades/read.ts'
import { TrustedListError } from './error.ts'

/**
 * Whether one of the signers signed the whole list (TS 119 612 §5.7.1 and annex B: one enveloped signature, the last
 * child of the list). Throws `TrustedListError` when not. `issued` is the time at which the signer's certificate counts.
 */
export async function verifyList(
  run: Run,
  source: XmlSource,
  signers: readonly Uint8Array[],
  issued: number,
): Promise<void> {
  const { root } = source.document
  const [element, ...more] = signatureElements(source)
  if (!element) throw new TrustedListError('unsigned', 'the list is not signed')
  if (more.length > 0 || root.elements().at(-1) !== element || !element.is(dsig, 'Signature'))
    throw new TrustedListError('signature-wrong', 'the signature is not the one at the end of the list')
  const { input, data, scope } = readXadesSignature(element, 'list', source)
  const isWhole = scope === 'whole-file' && data.length === 1
  if (!isWhole)
    throw new TrustedListError(
      'signature-wrong',
      input.flaws[0]?.detail ?? 'the signature is not over the whole list',
    )
  run.add({ certificates: signers, crls: [], ocsps: [] })
  run.add(input.material)
  const checks = new Checks()
  const { outcome, certificate } = await checkIntegrity(run, input, checks)
  const flaw = input.flaws[0]
  if (!outcome.passed || !certificate || flaw) {
    const why = outcome.passed ? (flaw?.detail ?? 'no signer') : outcome.why
    throw new TrustedListError('signature-wrong', `the signature does not hold: ${why}`)
  }
  if (!signers.some((signer) => run.idOf(signer) === certificate.id))
    throw new TrustedListError('signature-wrong', 'signed by somebody else')
  if (issued < certificate.notBefore || issued > certificate.notAfter)
    throw new TrustedListError('signature-wrong', 'signed outside of the time of the certificate')
  const uses = [
    { scheme: input.scheme, key: certificate.key },
    ...input.references.map(({ algorithm }) => ({ digest: algorithm })),
  ]
  const weak = uses.flatMap((use) => weakAt(run.policy, use, run.at))
  if (weak.length > 0) throw new TrustedListError('signature-wrong', `too weak: ${weak.join(', ')}`)
}
