/** A release has `no-demonstration.ts` in this file's place, and no folder `up`. */
export { demonstrationCommands } from './up/commands.ts'
