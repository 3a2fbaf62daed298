export { createEmailAddresses, type EmailAddresses } from './account/email.ts'
export { knownToClients } from './clients/check.ts'
export { type Clients, createClients, type RegisteredClient } from './clients/clients.ts'
export { consentsScope } from './clients/metadata.ts'
export type { ClientSettings, OidcClient } from './clients/settings.ts'
export { type ConsentApiOptions, consentApi } from './consents/agency-api.ts'
export type { Consent, ConsentState, ConsentTerms } from './consents/consent.ts'
export {
  type ConsentAnswer,
  type ConsentChoice,
  type Consents,
  createConsents,
  type Decider,
} from './consents/consents.ts'
export { consentHistory } from './consents/history-kinds.ts'
export type { PlainWords } from './consents/plain-words.ts'
export type { ConsentPorts } from './consents/ports.ts'
export type { IdentityCountry } from './country.ts'
export type { AgencyAnswer, AgencyQuestion, AskAgency } from './exchange.ts'
export type { IdentityGround } from './ground.ts'
export { type Level, Levels, type LevelsCountry, type LevelTerm } from './levels/level.ts'
export { type ConsentPagesOptions, consentPages } from './pages/consents/routes.ts'
export type { Backchannel, Decision, Question } from './provider/backchannel.ts'
export type { ClaimsConsent, ClaimsConsents } from './provider/consents.ts'
export type { Interactions, SignIn, SignInResult } from './provider/interactions.ts'
export type { CertificateOf, IssueActorToken } from './provider/ports.ts'
export { createProvider, type IdentityProvider, type ProviderOptions } from './provider/provider.ts'
export { authorizationPath, isProviderPath } from './provider/requests.ts'
export type { SignInSession } from './provider/sessions.ts'
export {
  createRelyingParty,
  type FaceClient,
  faceClientSettings,
  type IssuerSession,
  type RelyingParty,
  type RelyingPartyOptions,
  type Role,
  type RolePort,
  relyingPartyMigrations,
  type SessionState,
  safeNext,
} from './relying-party/index.ts'
export { createRooms, type Rooms, type RoomsOptions } from './rooms.ts'
export { identityAssets } from './sign-in/assets.ts'
export { createEmailCodes } from './sign-in/email-codes.ts'
export type { SignInAddition, SignInOptions, SignInRequest } from './sign-in/options.ts'
export { outsideBack } from './sign-in/outside/routes.ts'
export { signInRoutes } from './sign-in/routes.ts'
export { createStatusLists, type StatusLists, type StatusOptions } from './status/lists.ts'
export type { EntryStatus, StatusKind } from './status/store/entries.ts'
export { createTokens, type TokenOptions, type Tokens } from './tokens/tokens.ts'
export type { Need, Visitor } from './visitor.ts'

/** Where the tables of schema `identity` come from. */
export const identityMigrations = new URL('./store/migrations/', import.meta.url)
export type { Proof } from './authenticators/authenticator.ts'
export { type ImportedClient, importClients } from './clients/import.ts'
export { type AccessPagesOptions, accessPage } from './desk/access/options.ts'
export { accessRoutes } from './desk/access/routes.ts'
export {
  type AgencyClients,
  type ClientRegister,
  createAgencyClients,
} from './desk/clients/agency-clients.ts'
export type { ClientChoices } from './desk/clients/form.ts'
export { type ClientRoutesOptions, clientRoutes } from './desk/clients/routes.ts'
export { type HelpingPagesOptions, helpingRoutes } from './desk/helping/routes.ts'
export { type OfficerRoutesOptions, officerRoutes } from './desk/officers/routes.ts'
export { type CounterPagesOptions, counterLink, counterPages } from './desk/proofing/routes.ts'
export { type SigningRoutesOptions, signingRoutes } from './desk/signing/routes.ts'
export type { Representation } from './mandates/act.ts'
export type { ActingFor } from './mandates/acting.ts'
export { type ActingBanner, actingBanner } from './mandates/banner.ts'
export {
  createDeclarations,
  type DeclarationFacts,
  type Declarations,
} from './mandates/declaration/declarations.ts'
export { mandateHistory } from './mandates/history-kinds.ts'
export type { Interests } from './mandates/interests.ts'
export type { JointRepresentation } from './mandates/joint/use.ts'
export { type Mandate, obstacle } from './mandates/mandate.ts'
export { createMandates, type Mandates, type MandatesOptions } from './mandates/mandates.ts'
export type { OfficersGround } from './officers/act.ts'
export type { Appointment, HeldRole, OfficerRecord } from './officers/appointment.ts'
export type { ChangedBy } from './officers/changes.ts'
export { checkRegister } from './officers/check-register.ts'
export type { OfficersCountry } from './officers/country.ts'
export type { RawDuty, RawOfficer } from './officers/entry.ts'
export type { ImportLine, ImportReport } from './officers/import/import.ts'
export { createImportJobs, type ImportJobs } from './officers/import/jobs.ts'
export { createOfficers, type Officers, type OfficersOptions } from './officers/officers.ts'
export type { AppointmentWatch } from './officers/ports.ts'
export type { DataPagesOptions } from './pages/data/options.ts'
export { dataPages } from './pages/data/routes.ts'
export { type EmailPagesOptions, emailPages, emailPath } from './pages/email/routes.ts'
export { mandateRoutes } from './pages/mandates/routes.ts'
export { type EnrolmentPagesOptions, enrolmentPages } from './pages/proofing/enrol.ts'
export type { ProofingPagesOptions } from './pages/proofing/options.ts'
export { proofingLink, proofingPages } from './pages/proofing/routes.ts'
export { securityRoutes } from './pages/security/routes.ts'
export { signingQuestionRoutes } from './pages/signing/routes.ts'
export { type UsagePagesOptions, usagePages } from './pages/usage/routes.ts'
export { type WaitingPagesOptions, waitingPath } from './pages/waiting/options.ts'
export { waitingRoutes } from './pages/waiting/routes.ts'
export type { Counter } from './proofing/counter/counter.ts'
export type { ProofingGround } from './proofing/ground.ts'
export {
  createOutsideProvider,
  type OutsideProvider,
  type OutsideProviderSettings,
} from './proofing/outside/outside-provider.ts'
export type { Reproofed, Reproofing } from './proofing/reproof.ts'
export { consentRoutes, type SignInPagesOptions } from './provider/pages/consent.ts'
export { type ProofingPageOptions, proofingRoutes } from './provider/pages/proofing.ts'
export type { ScopesCountry } from './provider/scopes.ts'
export { type Cleared, clearOld } from './retention/retention.ts'
export {
  createDocumentSigning,
  type DocumentSigning,
  type DocumentSigningOptions,
} from './signing/documents.ts'
export { createSigningElsewhere, type SigningElsewhere } from './signing/elsewhere.ts'
export { createOfficerKeys, type OfficerKeys, type OfficerKeysOptions } from './signing/officer-keys.ts'
export type { AgencyName, DocumentIssuer } from './signing/ports.ts'
export { type OfficerRevocation, revocationSourceOf } from './signing/revocation.ts'
export { createSigning, type Signing, type SigningOptions } from './signing/signing.ts'
export { collectHints, type HintPorts } from './usage/hints/collect.ts'
export type { AccessQuestion, UsageCasework, UsageDoor, UsageOperator, UsagePorts } from './usage/ports.ts'
export { type UnusualDoor, unusualKind, watchUnusual } from './usage/unusual/watch.ts'
export { createUsage, questionDuty, questionKind, type Usage, type UsageOptions } from './usage/usage.ts'
