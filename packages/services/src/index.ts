export type { Outcome, Values } from './cel/expression.ts'
export type { ServiceDefinition } from './definition/definition.ts'
export type { AgencySeals, AskAs, Definitions, ServicesGround, SubsystemQuestion } from './ground.ts'
