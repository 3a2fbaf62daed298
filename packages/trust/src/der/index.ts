/** DER for packages that write and read ASN.1 of their own: CMS, OCSP, CRLs. The contract gives it as `der`. */
export * as oids from './oids.ts'
export { DerElement, DerError, DerSequence, readDer } from './read.ts'
export {
  bits,
  boolean,
  element,
  explicit,
  implicit,
  integer,
  integerFromBytes,
  namedBits,
  nothing,
  octets,
  oid,
  preciseTime,
  printable,
  retagged,
  sequence,
  setOf,
  time,
  utf8,
} from './write.ts'
