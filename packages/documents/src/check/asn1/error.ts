/** Bytes are not what the standard says; callers turn it into a finding. */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error'
}
