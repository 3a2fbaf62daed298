export type { CallOptions, Fetch } from '../network/call.ts'
export { type ContainerFile, createAsice, createAsics, signAsice } from './asic/container.ts'
export { renewContainer } from './asic/renew.ts'
export { type CadesRenewalOptions, renewCades } from './cades/renew.ts'
export { type CadesOptions, signCades } from './cades/sign.ts'
export type { SignerIdentity } from './cades/signer.ts'
export type {
  Certification,
  Level,
  PdfSigningOptions,
  RevocationData,
  RevocationSource,
  SignatureAppearance,
  SigningOptions,
  Timestamper,
} from './options.ts'
export { completeSignature } from './pades/complete.ts'
export { type PreparationOptions, type PreparedSignature, prepareSignature } from './pades/prepare.ts'
export { type RenewalOptions, renewPdf, type StampingOptions, timestampPdf } from './pades/renew.ts'
export { signMany, signPdf } from './pades/sign.ts'
export { type HttpRevocationOptions, httpRevocation } from './revocation/http.ts'
export { type LocalRevocationOptions, localRevocation } from './revocation/local.ts'
export { type HttpTimestamperOptions, httpTimestamper } from './timestamp/http.ts'
export { localTimestamper } from './timestamp/local.ts'
