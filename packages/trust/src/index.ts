export { backdated } from './certificates/body.ts'
export { type Certificate, fingerprint } from './certificates/certificate.ts'
export type { AlternativeNames } from './certificates/extensions.ts'
export {
  type Authority,
  type AuthorityOptions,
  type CertificateOptions,
  createIssuer,
  createRoot,
  issueCertificate,
} from './certificates/issue.ts'
export {
  type PathOptions,
  readCertificate,
  type VerifiedCertificate,
  verifyPath,
} from './certificates/path.ts'
export { fromPem, type PemLabel, toPem } from './certificates/pem.ts'
export type { CertificateProfile } from './certificates/profile.ts'
export {
  type CertificateRequest,
  createRequest,
  type RequestOptions,
  readRequest,
} from './certificates/request.ts'
export type { Subject } from './certificates/subject.ts'
export {
  type DetachedOptions,
  signDetached,
  type VerificationOptions,
  type VerifiedSignedData,
  verifyDetached,
} from './cms/detached.ts'
export * as der from './der/index.ts'
export {
  createDocumentIssuer,
  createDocumentRoot,
  type DocumentAuthorityOptions,
  type DocumentCertificateOptions,
  issueDocumentCertificate,
} from './documents/authority.ts'
export {
  type CrlOptions,
  createCrl,
  type Revocation,
  type RevocationReason,
  revocationReasons,
} from './documents/crl.ts'
export { crlHandler } from './documents/crl-handler.ts'
export { answerOcsp, type CertificateStatus, type OcspAnswer, type OcspOptions } from './documents/ocsp.ts'
export { type OcspHandlerOptions, ocspHandler } from './documents/ocsp-handler.ts'
export type { DocumentProfile } from './documents/profile.ts'
export { createDocumentRequest, readDocumentRequest } from './documents/request.ts'
export type { RevocationAddresses } from './documents/revocation-addresses.ts'
export type { Handler, HandlerAnswer, HandlerRequest } from './http/exchange.ts'
export { type NodeListenerOptions, nodeListener } from './http/node-listener.ts'
export { agreementJwk, agreementKey, openSealedTo, sealTo } from './jwe/jwe.ts'
export { type JsonObject, type JwsOptions, type ReadJws, readJws, signJws } from './jws/jws.ts'
export { KeyFolder } from './keys/key-folder.ts'
export {
  algorithmOf,
  exportPem,
  generateSigner,
  privateKeyOf,
  type SignatureAlgorithm,
  type Signer,
  signerFromKey,
  signerFromPem,
  verifySignature,
} from './keys/signer.ts'
export { type Checkpoint, type CheckpointParts, formatCheckpoint, parseCheckpoint } from './log/checkpoint.ts'
export { CompactTree } from './log/compact-tree.ts'
export { cosign, verifyCosignature } from './log/cosignature.ts'
export { emptyRoot, leafHash, nodeHash } from './log/hash.ts'
export {
  addSignatures,
  type Note,
  type NoteSignature,
  type NoteSigner,
  parseNote,
  signNote,
  type VerifiedNote,
  type VerifiedSignature,
  verifyNote,
} from './log/note.ts'
export {
  type ConsistencyClaim,
  consistencyProof,
  type HashReader,
  type InclusionClaim,
  inclusionProof,
  inclusionRoot,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from './log/proofs.ts'
export { type SmallTree, smallTree } from './log/small-tree.ts'
export {
  appendToTiles,
  decodeEntries,
  encodeEntries,
  entriesPath,
  hashesFromTiles,
  parseTilePath,
  type Tile,
  type TileContent,
  type TileReader,
  tilePath,
  tilesFor,
  tileWidth,
} from './log/tiles.ts'
export type { TreeNode } from './log/tree-shape.ts'
export { cosignerVkey, type NoteVerifier, parseVkey, vkey } from './log/vkey.ts'
export {
  type Contradiction,
  Witness,
  type WitnessAnswer,
  type WitnessedCheckpoint,
  type WitnessOptions,
  type WitnessStore,
} from './log/witness.ts'
export { trustProblems } from './problems.ts'
export { keyedHash } from './seal/keyed-hash.ts'
export { Sealer } from './seal/sealer.ts'
export {
  type DigestName,
  defaultKeyAlgorithm,
  digestLength,
  fitsAlgorithm,
  type KeyAlgorithm,
  keyAlgorithmDer,
  keyAlgorithms,
  keyDigest,
  verifyKeySignature,
} from './signing/algorithm.ts'
export { cscKey } from './signing/client/csc-key.ts'
export type { CscAuthorization, CscFactors, CscKeyOptions } from './signing/client/options.ts'
export type { JsonPost } from './signing/client/post.ts'
export type { TokenSource } from './signing/client/transport.ts'
export { type DigestKey, fileDigestKey } from './signing/digest-key.ts'
export {
  fileKey,
  generateKey,
  type PemKeyOptions,
  type Pkcs12KeyOptions,
  signerKey,
  uncertifiedKey,
} from './signing/file-key.ts'
export type {
  AuthorizationServerOptions,
  OAuthClient,
  SignIn,
  TokenRequest,
} from './signing/oauth/options.ts'
export { type AuthorizationServer, createAuthorizationServer } from './signing/oauth/server.ts'
export { memoryShortLived, type ShortLivedStore } from './signing/oauth/store.ts'
export { type Attempt, type AttemptStore, memoryAttempts } from './signing/service/attempts.ts'
export {
  type Authorization,
  type AuthorizationStore,
  memoryAuthorizations,
} from './signing/service/authorization.ts'
export type { ServiceCredential } from './signing/service/credential.ts'
export { fileAttempts } from './signing/service/file-attempts.ts'
export type {
  AuthorizationDecision,
  AuthorizationRequest,
  Caller,
  ExtensionRequest,
  SigningEvent,
  SigningServiceOptions,
} from './signing/service/options.ts'
export { createSigningService } from './signing/service/service.ts'
export { type SigningKey, type UncertifiedKey, withCertificate } from './signing/signing-key.ts'
export type { TokenKeyOptions, TokenKeySelection, TokenOptions } from './signing/token/options.ts'
export { openToken, pkcs11Key, type Token } from './signing/token/token.ts'
export {
  createTimestampAuthority,
  type TimestampAuthority,
  type TimestampAuthorityOptions,
} from './timestamp/authority.ts'
export { type TimestampRequestOptions, timestampRequest } from './timestamp/request.ts'
export {
  readTimestamp,
  type Timestamp,
  type TimestampVerification,
  timestampFromResponse,
  type VerifiedTimestamp,
  verifyTimestamp,
} from './timestamp/token.ts'
