import type { SignatureReport } from '@sapan/documents/check'
import type { Language, Text } from '@sapan/kernel'
import { words } from './words.ts'

/** Whether somebody who is trusted says who the signer is: else the certificate's names are whatever its maker wrote. */
function isVouchedFor({ signer }: SignatureReport): boolean {
  return signer !== undefined && [signer, ...signer.chain].some(({ trusted }) => trusted === true)
}

/** Who signed, said as a claim where nobody vouches for it. */
export function signerName(signature: SignatureReport, language: Language): string {
  const { signer } = signature
  if (signer === undefined) return words.unknownSigner[language]
  return isVouchedFor(signature) ? signer.name : `${words.claims[language]} ${signer.name}`
}

/** Who stands for the signer's name; undefined where the certificate is not known. */
export function issuerOf(
  signature: SignatureReport,
): { readonly label: Text; readonly name: string } | undefined {
  const { signer } = signature
  if (signer === undefined) return undefined
  const name = signer.chain[0]?.name ?? signer.issuer
  return { label: isVouchedFor(signature) ? words.confirmedBy : words.claimedIssuer, name }
}
