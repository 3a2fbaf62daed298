export { createDesk } from './desk.ts'
export { type DeskAppointment, type DeskLink, type DeskOptions, deskCookies } from './options.ts'
export { deskProblems } from './problems.ts'
