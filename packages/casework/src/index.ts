export type { CalendarDay, CalendarVersion } from './calendar/calendar-day.ts'
export { type DayRange, newHolidays } from './calendar/new-holidays.ts'
export { type CalendarOverlay, openCalendar } from './calendar/overlay.ts'
export { calendarProblems } from './calendar/problems.ts'
export { type CalendarPagesOptions, calendarRoutes } from './calendar/routes.ts'
export type {
  Case,
  CaseConsent,
  CaseDecision,
  CaseOpening,
  CasePerson,
  CaseRuling,
  CaseSeen,
  CaseSummary,
} from './case/case.ts'
export type {
  CaseAbout,
  CaseActions,
  CaseConcerns,
  CasePeople,
  CaseReading,
  CaseReport,
  CaseSystem,
  Cases,
  CasesOptions,
  CaseView,
  Concern,
  Interests,
} from './case/cases.ts'
export { createCases } from './case/create-cases.ts'
export { type CaseActor, type CaseEvent, type CaseMessage, type CaseWords, caseQueue } from './case/event.ts'
export type { CasePlan, CaseStage, CaseStep } from './case/plan.ts'
export { stepsOf } from './case/plan.ts'
export { caseProblems } from './case/problems.ts'
export { type CaseCounts, type CasePage, type CaseQuery, type CaseShow, countLimit } from './case/query.ts'
export type { CaseAction, CaseState } from './case/states.ts'
export { transitions as caseTransitions } from './case/states.ts'
export {
  type Casework,
  type CaseworkOptions,
  type Colleagues,
  createCasework,
  type TaskNews,
} from './casework.ts'
export type { TaskPagesOptions } from './desk/options.ts'
export { deskTaskRoutes } from './desk/routes.ts'
export type { TaskSeen } from './officers/actions.ts'
export { caseworkProblems } from './problems.ts'
export { type QuestionPagesOptions, questionRoutes } from './questions/routes.ts'
export type { EventWords, TaskEvent } from './task/event.ts'
export type { TaskKind, TaskNames } from './task/kinds.ts'
export type { TaskPage, TaskQuery, TaskShow, TaskSort } from './task/query.ts'
export type { TaskAction, TaskState } from './task/states.ts'
export type {
  Colleague,
  JsonValue,
  Officer,
  SubjectQuestion,
  SubjectTask,
  Task,
  TaskAnswer,
  TaskOpening,
  TaskSummary,
} from './task/task.ts'

/** Where the tables of schema `casework` come from. */
export const caseworkMigrations = new URL('./store/migrations/', import.meta.url)
