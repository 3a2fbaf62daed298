export { BANK_MEMBER, isSandboxBiller, type Payee, sandboxBiller } from './bank/accounts.ts'
export { createSandboxBank, openMoney, type SandboxBank, type SandboxBankOptions } from './bank/bank.ts'
export { type Bill, readBill } from './bank/bill.ts'
export { type Telling, tellings } from './bank/ledger.ts'
export { payBill } from './bank/pay.ts'
export { moneyRoutes, moneyServices } from './bank/service.ts'
export type { BankKey } from './bank/signing.ts'
export type { PostMessage } from './bank/telling.ts'
export { isSyntheticJuristicId } from './companies/juristic-number.ts'
export type { SigningCondition } from './companies/signing.ts'
export { createSandboxMail, type SandboxMail, type SandboxMailOptions } from './mail/mail.ts'
export { syntheticCardCode as sandboxLaserCode } from './population/card.ts'
export { isSyntheticNationalId } from './population/numbers.ts'
export { sandboxProblems } from './problems.ts'
export { createBankRegister } from './registers/bank/register.ts'
export { createEmployerRegister } from './registers/com/register.ts'
export { createCompanyRegister } from './registers/dbd/register.ts'
export { createDigitalRegister } from './registers/dga/register.ts'
export { createPopulationRegister } from './registers/dopa/register.ts'
export { registrarMembers } from './registers/dopa/registrars.ts'
export { createHospitalRegister } from './registers/hospital/register.ts'
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
  sharedDatabases,
} from './registers/registers.ts'
export { createRegistrarRegister } from './registers/registrars/register.ts'
export { type ServiceDocument, serviceDocument } from './registers/service-document.ts'
export { createInsuranceRegister } from './registers/sso/register.ts'
export { type ThaidPerson, thaidPeople } from './thaid/people.ts'
export { createSandboxThaid, type SandboxThaidOptions, type ThaidClient } from './thaid/thaid.ts'
export {
  EXAMPLE_COMPANY,
  UNREGISTERED_COMPANY,
  type WellKnownKind,
  type WellKnownPerson,
} from './wellknown/people.ts'
export { sandboxPerson } from './wellknown/sandbox-person.ts'
export {
  sandboxForeigner,
  sandboxPassportHolder,
  sandboxTraveller,
  type TravellerKind,
  type WellKnownForeigner,
  type WellKnownStay,
  type WellKnownTraveller,
} from './wellknown/sandbox-traveller.ts'
