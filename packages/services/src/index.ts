export type { Outcome, Values } from '@sapan/cel'
export { compile } from './cel/compile.ts'
export { type CheckedDefinition, checkDefinition } from './definition/check.ts'
export type { ServiceDefinition } from './definition/definition.ts'
export type { Finding, FindingCode } from './definition/finding.ts'
export { checkFolder, type FolderEntry, readTables } from './definition/folder.ts'
export { keepVersions } from './definition/keep-versions.ts'
export {
  changedVersions,
  DefinitionsRefused,
  definitionsOf,
  type KnownVersion,
  loadDefinitions,
} from './definition/load.ts'
export type { AuthoringOptions } from './definition/pages/options.ts'
export { authoringRoutes } from './definition/pages/routes.ts'
export { fillTemplate } from './definition/read/expressions.ts'
export type { DefinitionFiles } from './definition/read/read-definition.ts'
export type {
  ReferencedGrant,
  ReferencedMember,
  ReferencedTemplate,
  References,
} from './definition/references.ts'
export type { Draft, DraftOwner, DraftSummary, Drafts, Moved, NewFile, Party, Saving } from './draft/draft.ts'
export { createDrafts, draftDays } from './draft/drafts.ts'
export { visiblePages } from './form/pages.ts'
export type { Place, Places, Subdistrict } from './form/places.ts'
export { type OpenProblem, openProblems } from './form/problems.ts'
export type { Country } from './form/reading.ts'
export { calculate, valuesOf } from './form/values.ts'
export type { AgencySeals, AskAs, Definitions, ServicesGround, SubsystemQuestion } from './ground.ts'

/** Where the tables of schema `services` come from. */
export const servicesMigrations = new URL('./store/migrations/', import.meta.url)
export { forgetApiAnswers } from './api/once.ts'
export {
  type ApiCall,
  type ApiCaller,
  type ApiRefusal,
  applicationsScope,
  type ServicesApiOptions,
} from './api/options.ts'
export { apiProblems } from './api/problems.ts'
export { servicesApiRoutes } from './api/routes.ts'
export type { Application } from './application/application.ts'
export { applicationOf } from './application/of-case.ts'
export type { DeskCasesOptions, DeskOutput, DeskSigning } from './desk/options.ts'
export { deskCaseRoutes } from './desk/routes.ts'
export { createDeskSigning } from './desk/sign-outputs.ts'
export type { FileScanner, ScannedFile, ScanResult } from './draft/upload/scanner.ts'
export { carryOut, carryOutQueue } from './effects/carry-out.ts'
export { paidFor } from './effects/paid.ts'
export { type WaitingEffect, waitingEffects } from './effects/waiting.ts'
export { type JudgedRequirement, type Judgement, judge, type Verdict } from './eligibility/judge.ts'
export { type Catalogue, createCatalogue } from './finding/catalogue.ts'
export { countedDrafts } from './finding/counted-drafts.ts'
export type { LifeEvent, ListedService } from './finding/entry.ts'
export { feedbackSection } from './finding/feedback/section.ts'
export { createFigures, type Figures } from './finding/figures.ts'
export { findingHome } from './finding/home.ts'
export { type FindingPagesOptions, findingRoutes } from './finding/routes.ts'
export { createSearch, type Search } from './finding/search/search.ts'
export { isoCountries } from './form/countries.ts'
export type { OutputSigner } from './outputs/data.ts'
export { type PreparedOutput, prepareOutputs, putSigned } from './outputs/prepare.ts'
export { checkRoutes } from './pages/check/routes.ts'
export { disputeTask } from './pages/facts/dispute-task.ts'
export { factsRoutes } from './pages/facts/routes.ts'
export type { FormPagesOptions } from './pages/form/options.ts'
export { formRoutes } from './pages/form/routes.ts'
export { askAgain } from './prefill/again.ts'
export { applyFacts } from './prefill/apply.ts'
export type { Difference } from './prefill/differences.ts'
export { disputeKind } from './prefill/dispute.ts'
export { type FetchOptions, fetchFacts } from './prefill/fetch.ts'
export { mayType } from './prefill/fill-field.ts'
export { forgetOnTime } from './prefill/forget.ts'
export { keptFacts, usableFacts } from './prefill/usable.ts'
export { createConcerns } from './submission/concerns.ts'
export { feePaid, follow, followCases, followedActions, followedQueues } from './submission/follow.ts'
export { tellOfMoney } from './submission/money-news.ts'
export { submissionProblems } from './submission/problems.ts'
export { documentsWithin, paymentsWithin } from './submission/reach.ts'
export { type Submission, submit } from './submission/submit.ts'
export {
  partiesOf,
  personOf,
  type Submitter,
  silentOf,
} from './submission/who.ts'
export type { TrackingOptions } from './tracking/options.ts'
export { applicationRoutes } from './tracking/routes.ts'
