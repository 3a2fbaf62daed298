export { isSyntheticJuristicId } from './companies/juristic-number.ts'
export type { SigningCondition } from './companies/signing.ts'
export { createSandboxMail, type SandboxMail, type SandboxMailOptions } from './mail/mail.ts'
export { syntheticCardCode as sandboxLaserCode } from './population/card.ts'
export { isSyntheticNationalId } from './population/numbers.ts'
export { sandboxProblems } from './problems.ts'
export { createEmployerRegister } from './registers/com/register.ts'
export { createCompanyRegister } from './registers/dbd/register.ts'
export { createDigitalRegister } from './registers/dga/register.ts'
export { createPopulationRegister } from './registers/dopa/register.ts'
export { createImmigrationRegister } from './registers/imm/register.ts'
export { createWorkforceRegister } from './registers/ocsc/register.ts'
export { createTaxRegister } from './registers/rd/register.ts'
export type { LoadProgress, Register, RegisterOptions, RegisterService } from './registers/register.ts'
export {
  createRegisters,
  forgetSynthetic,
  type RegisterName,
  type Registers,
  type RegistersOptions,
  registerNames,
} from './registers/registers.ts'
export type { ServiceDocument } from './registers/service-document.ts'
export { type ThaidPerson, thaidPeople } from './thaid/people.ts'
export { createSandboxThaid, type SandboxThaidOptions, type ThaidClient } from './thaid/thaid.ts'
export { EXAMPLE_COMPANY, type WellKnownKind, type WellKnownPerson } from './wellknown/people.ts'
export { sandboxPerson } from './wellknown/sandbox-person.ts'
export {
  sandboxTraveller,
  type TravellerKind,
  type WellKnownTraveller,
} from './wellknown/sandbox-traveller.ts'
