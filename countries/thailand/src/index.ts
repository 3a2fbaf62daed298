export type { CountryAnchor } from './anchors.ts'
export type { Law, Purpose } from './bases.ts'
export type { CabinetDay } from './calendar/cabinet.ts'
export { type Holiday, type HolidayCalendar, readCalendar } from './calendar/holidays.ts'
export { type Country, loadCountry } from './country.ts'
export {
  type District,
  type Divisions,
  loadDivisions,
  type Province,
  type Subdistrict,
  type UnrepairedRow,
} from './divisions/divisions.ts'
export type { DocumentWords } from './documents.ts'
export { type GrantOrder, type GrantTemplate, grantOrders } from './grants.ts'
export type { CountryIdentity } from './identity/identity.ts'
export type { CountryLevels } from './identity/levels.ts'
export type { CountryProofing, MethodCode, ProofingMethod } from './identity/proofing.ts'
export type { Member, Members } from './members.ts'
export { thailandProblems } from './problems.ts'
export { servicesFolder } from './services/folder.ts'
export { type LifeEvent, readLifeEvents } from './services/life-events.ts'
export { type ListedService, readListedServices } from './services/listed.ts'
export { type Phrase, readPhrases } from './services/phrases.ts'
export { type CountryWait, readWaits } from './services/waits.ts'
export type { Term, Vocabulary } from './vocabulary.ts'
