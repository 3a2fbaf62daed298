export { type CalendarDate, type OfficeCalendar, WorkingDays } from './calendar/working-days.ts'
export { canonicalJson } from './canonical-json.ts'
export { type Clock, systemClock } from './clock.ts'
export { counted, filled } from './counted.ts'
export { Batching, type BatchingOptions } from './database/batching.ts'
export { BinaryCopy } from './database/binary-copy.ts'
export { byteaArray } from './database/bytea-array.ts'
export { copyFrom } from './database/copy-from.ts'
export { copyIn } from './database/copy-in.ts'
export { copyOut } from './database/copy-out.ts'
export { isDatabaseDown } from './database/down.ts'
export { GroupCommit, type GroupCommitOptions } from './database/group-commit.ts'
export { migrate } from './database/migrate.ts'
export { type MigrationStanding, readMigrationStanding } from './database/migration-standing.ts'
export { createPool, type Pool, type PoolClient } from './database/pool.ts'
export {
  type DatabaseStructure,
  readStructure,
  type TableColumns,
} from './database/structure/structure.ts'
export { type Database, inTransaction } from './database/transaction.ts'
export { createJobs, type JobsOptions } from './jobs/create-jobs.ts'
export type { DeadJob, DeadJobs, JobData, Jobs, SendOptions, WorkOptions } from './jobs/jobs.ts'
export { type JobsState, lookAtJobs } from './jobs/look.ts'
export { createLogger, type Logger, type LoggerOptions } from './log.ts'
export { formatNationalId, isNationalId, maskNationalId, nationalIdCheckDigit } from './national-id.ts'
export {
  defineProblems,
  Problem,
  type ProblemDocument,
  type ProblemOptions,
  type ProblemType,
  problemDocument,
  registeredProblems,
} from './problem.ts'
export { kernelProblems } from './problems.ts'
export { drawRandom } from './random.ts'
export { type Language, preferredLanguage, type Text } from './text.ts'
export { uuidv7 } from './uuid.ts'
export { writeOnce, writeWhole } from './whole-file.ts'
