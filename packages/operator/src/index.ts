export { AdminDoor, type DoorOptions, type Inject } from './door.ts'
export type { OperatorSiteOptions } from './options.ts'
export { operatorProblems } from './problems.ts'
export { createOperatorSite, operatorPath } from './site.ts'
