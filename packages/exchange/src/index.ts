export {
  type ExchangeTarget,
  formatExchangeTarget,
  memberOf,
  parseExchangeTarget,
  parseGateway,
  parseMember,
  parseService,
  parseSubsystem,
  subsystemOf,
} from './address.ts'
export { AlertSettings } from './alerts/alert-settings.ts'
export type { OperatorLetter, TellOperator } from './alerts/email.ts'
export { type InitialiseOptions, initialiseCenter, renewIssuer } from './center/authority-files.ts'
export { type Center, type CenterConfig, type CenterOptions, createCenter } from './center/center.ts'
export type { CenterHealth } from './center/health.ts'
export type { CenterHealthPoint } from './center/health-minutes.ts'
export { type RevocationReason, revocationReasons } from './center/revoke.ts'
export { markCenterRestored, raiseDirectory } from './center/store/restored.ts'
export type { LookAtMachine, MachineCheck } from './checks/check.ts'
export {
  createDirectoryClient,
  type DirectoryClient,
  type DirectoryClientOptions,
  type DirectoryStanding,
  type DirectoryStore,
} from './directory/client.ts'
export type {
  Directory,
  DirectoryGateway,
  DirectoryLogKey,
  DirectoryMember,
  DirectoryService,
  DirectoryWitness,
  MemberClass,
  Revocation,
  SubjectTokenIssuer,
  TimestampingService,
} from './directory/document.ts'
export { directoryContent, readDirectory } from './directory/read.ts'
export type { DirectoryGrade, StalenessThresholds } from './directory/staleness.ts'
export { createDirectoryStore, migrateDirectory } from './directory/store/directory-store.ts'
export { newestKeptVersion } from './directory/store/newest-version.ts'
export { DirectoryView, type KnownCertificate } from './directory/view.ts'
export { credentialsInEnvironment, readCredentialsFile } from './evidence/archive/s3/credentials-file.ts'
export { S3ArchiveStore } from './evidence/archive/s3/s3-store.ts'
export type { S3Credentials } from './evidence/archive/s3/sigv4.ts'
export type { AuditFinding, AuditOptions, AuditReport } from './evidence/audit/report.ts'
export type { Erasure, ErasureOrder } from './evidence/erase.ts'
export {
  createEvidence,
  type Evidence,
  type EvidenceOptions,
  type ExportSigner,
  type Timestamping,
  type Which,
} from './evidence/evidence.ts'
export type { ExportResult } from './evidence/export/export.ts'
export type {
  ExchangePage,
  ExchangeQuery,
  ExchangeSummary,
  ExchangeView,
  RecordView,
} from './evidence/list.ts'
export type { OpenedExchange, OpenedRecord, OpeningOrder } from './evidence/open.ts'
export type { Opening } from './evidence/openings.ts'
export type { AskPeer, OneSided, Settlement } from './evidence/reconcile.ts'
export type { EvidenceKind, EvidenceRecord, EvidenceSide, ExchangeState } from './evidence/record.ts'
export type { Recovery } from './evidence/recover.ts'
export type { RetentionRule, RetentionStanding } from './evidence/retention.ts'
export { defaultSettings, type EvidenceSettings } from './evidence/settings.ts'
export type { ShownQuestion } from './evidence/shown-question.ts'
export type { EvidenceStatus, Flushed, LogStatus, Pending, StepStatus } from './evidence/status.ts'
export { markRestored } from './evidence/store/restored.ts'
export type { ShownAccess, UsagePage, UsageQuery, WithheldAccess } from './evidence/usage.ts'
export type { Finding } from './evidence/verify/findings.ts'
export type { VerificationReport, VerifiedExchange } from './evidence/verify/report.ts'
export { type VerifyExportOptions, verifyExport } from './evidence/verify/verify-export.ts'
export type { ShownActor, ShownConsent } from './evidence/vouched.ts'
export type { WitnessClient, WitnessReply } from './evidence/witness-client.ts'
export { compileFields, type FieldSet } from './fields/field-set.ts'
export { filterAnswer, filterErrorJson, filterJson } from './fields/filter.ts'
export { besidePages } from './gateway/admin/beside-pages.ts'
export type { S3Access } from './gateway/archive-plan.ts'
export { createGateway, type Gateway, type GatewayOptions } from './gateway/gateway.ts'
export type { HealthPoint } from './gateway/health/history.ts'
export { mostHints } from './gateway/hints/fetch-hints.ts'
export { type AccessHint, openHint, sealHint } from './gateway/hints/hint.ts'
export { readHintsToken, signHintsToken } from './gateway/hints/token.ts'
export { openMembership } from './gateway/joined.ts'
export type { GatewayMembership } from './gateway/membership.ts'
export type { ProcessingActivity, ProcessingRecord } from './gateway/processing/activity.ts'
export { GatewaySettings } from './gateway/settings.ts'
export type { Decision } from './gateway/step.ts'
export { signSubjectToken } from './gateway/subject-token.ts'
export {
  type Grant,
  type GrantedOperation,
  grantHash,
  type ReadGrant,
  readGrant,
  signGrant,
} from './grant/grant.ts'
export { readGrantPayload } from './grant/payload.ts'
export type { GatewayId, MemberId, ServiceId, SubsystemId } from './identifier.ts'
export {
  type CenterConnection,
  type CenterConnectionOptions,
  connectCenter,
} from './membership/connection.ts'
export { type JoinOptions, joinGateway } from './membership/join.ts'
export { type KeyFolderLock, keyFolderLock } from './membership/key-folder-lock.ts'
export {
  type GatewayCredentials,
  type HeldCredential,
  loadCredentials,
  loadMembership,
  logSigner,
  type Membership,
} from './membership/membership.ts'
export { createRenewal, type Renewal, type RenewalOptions } from './membership/renewal.ts'
export { type CentersOptions, connectCenters } from './membership/several-centers.ts'
export {
  publishGateway,
  publishGrants,
  publishLogKey,
  publishServices,
  type Speaker,
} from './membership/statements.ts'
export { formatJoinToken, type JoinToken, openJoinToken } from './membership/token.ts'
export { type ExchangeProblemCode, exchangeProblem, exchangeProblems } from './problems.ts'
export type { OpenedMessage } from './queue/opening.ts'
export {
  type MatchedOperation,
  matchOperation,
  type Operation,
  readServiceDescription,
  type ServiceDescription,
  type SubjectPointer,
} from './service/description.ts'
export { contentDigest, contentDigestOfBody, parseContentDigest } from './signature/digest.ts'
export type { SignedMessage } from './signature/message.ts'
export { type SignatureParameters, signatureParameters } from './signature/parameters.ts'
export { parseSignedAnswer, parseSignedRequest } from './signature/parse.ts'
export {
  type AnswerParts,
  type Draft,
  draftAnswer,
  draftRequest,
  type RequestParts,
  type SigningOptions,
  signAlone,
  signAnswer,
  signRequest,
  signTogether,
} from './signature/sign.ts'
export { signatureBase } from './signature/signature-base.ts'
export { type VerificationKey, verifySigned } from './signature/verify.ts'
export {
  type Actor,
  type ActorKind,
  type ActorToken,
  longestActorLife,
  readActorToken,
  signActorToken,
} from './tokens/actor-token.ts'
export { type ConsentReceipt, readConsentReceipt, signConsentReceipt } from './tokens/consent-receipt.ts'
export { keyThumbprint } from './tokens/issued.ts'
export {
  readStatusList,
  type Status,
  type StatusList,
  type StatusRef,
  signStatusList,
} from './tokens/status-list.ts'
