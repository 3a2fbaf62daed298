export { type InitialiseOptions, initialiseCenter, renewIssuer } from './center/authority-files.ts'
export { type Center, type CenterConfig, type CenterOptions, createCenter } from './center/center.ts'
export type { CenterHealth } from './center/health.ts'
export { type RevocationReason, revocationReasons } from './center/revoke.ts'
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
export { DirectoryView, type KnownCertificate } from './directory/view.ts'
export { createGateway, type Gateway, type GatewayOptions } from './gateway/gateway.ts'
export { openMembership } from './gateway/joined.ts'
export type { GatewayMembership } from './gateway/membership.ts'
export { GatewaySettings } from './gateway/settings.ts'
export type { Decision } from './gateway/step.ts'
export { signSubjectToken } from './gateway/subject-token.ts'
export {
  type CenterConnection,
  type CenterConnectionOptions,
  connectCenter,
} from './membership/connection.ts'
export { type JoinOptions, joinGateway } from './membership/join.ts'
export {
  type GatewayCredentials,
  type HeldCredential,
  loadCredentials,
  loadMembership,
  logSigner,
  type Membership,
} from './membership/membership.ts'
export { createRenewal, type Renewal, type RenewalOptions } from './membership/renewal.ts'
export {
  publishGateway,
  publishGrants,
  publishLogKey,
  publishServices,
  type Speaker,
} from './membership/statements.ts'
export { formatJoinToken, type JoinToken, openJoinToken } from './membership/token.ts'
