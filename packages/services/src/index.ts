export type { Outcome, Values } from './cel/expression.ts'
export type { ServiceDefinition } from './definition/definition.ts'
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
