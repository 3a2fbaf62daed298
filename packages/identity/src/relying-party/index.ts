export { type FaceClient, faceClientSettings } from './client-settings.ts'
export { safeNext } from './next.ts'
export type {
  IssuerSession,
  Lifetimes,
  RelyingPartyOptions,
  Role,
  RolePort,
  SessionState,
} from './ports.ts'
export { createRelyingParty, type RelyingParty, relyingPartyMigrations } from './relying-party.ts'
