export { isSyntheticNationalId } from './population/numbers.ts'
export { createPopulationRegister } from './registers/dopa/register.ts'
export type { LoadProgress, Register, RegisterOptions, RegisterService } from './registers/register.ts'
export type { ServiceDocument } from './registers/service-document.ts'
