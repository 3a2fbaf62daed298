import type { ValidationMaterial } from '../../engine/signature.ts'
import { decodeBase64 } from '../base64.ts'
import { simpleText } from '../content.ts'
import { xades } from '../names.ts'
import { withDescendants, type XmlElement } from '../nodes.ts'

/**
 * Certificates, CRLs and OCSP answers in unsigned properties, wherever in them: CertificateValues, RevocationValues,
 * those of attributes, TimeStampValidationData, AnyValidationData (EN 319 132-1 §5.4, §5.5.3).
 */
export function materialOf(properties: readonly XmlElement[]): ValidationMaterial {
  const certificates: Uint8Array[] = []
  const crls: Uint8Array[] = []
  const ocsps: Uint8Array[] = []
  const lists: Readonly<Record<string, Uint8Array[]>> = {
    EncapsulatedX509Certificate: certificates,
    EncapsulatedCRLValue: crls,
    EncapsulatedOCSPValue: ocsps,
  }
  for (const property of properties) {
    for (const element of withDescendants(property)) {
      if (element.namespace === xades) lists[element.local]?.push(decodeBase64(simpleText(element)))
    }
  }
  return { certificates, crls, ocsps }
}
