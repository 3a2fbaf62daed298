export {
  type EmbeddedFile,
  embeddedFiles,
  extractText,
  openPdf,
  PdfError,
  type PdfFile,
  signatureFields,
} from '../pdf/index.ts'
export { type OpenContainer, openContainer } from './asic/open.ts'
export { ZipError, type ZipErrorCode } from './asic/zip/error.ts'
export {
  type Anchor,
  type Purpose,
  readAnchors,
  type TrustAnchors,
  type TrustedService,
} from './certificates/anchors.ts'
export { checkFile } from './check-file.ts'
export type { CheckCrypto, DigestName, SignatureScheme } from './crypto/port.ts'
export { webCrypto } from './crypto/web-crypto.ts'
export type { Indication, SubIndication } from './engine/indication.ts'
export type { SignatureInput, TimestampInput, ValidationMaterial } from './engine/signature.ts'
export { CheckError, type CheckErrorCode } from './error.ts'
export type { DetachedFile, FormatReader, FoundSignatures } from './formats.ts'
export type { CheckOptions } from './options.ts'
export { etsiPolicy } from './policy/etsi-119-312.ts'
export type { AlgorithmPolicy } from './policy/policy.ts'
export type {
  AttachmentReport,
  CertificateReport,
  Check,
  DataDifference,
  DocumentReport,
  FileFormat,
  Finding,
  Report,
  RevisionReport,
  SignatureLevel,
  SignatureReport,
  TimestampReport,
} from './report/report.ts'
export type { RevocationFetcher } from './revocation/online.ts'
export { findingTexts } from './texts/findings.ts'
export { reasonTexts } from './texts/reasons.ts'
export {
  anchorsOf,
  type ListedService,
  type LoadedTrustedList,
  loadTrustedList,
  type TrustedList,
  TrustedListError,
  type TrustedListErrorCode,
  type TrustedListOptions,
} from './trusted-list/index.ts'
export type { CheckLimits } from './work.ts'
