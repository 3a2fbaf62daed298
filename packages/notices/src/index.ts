export type { Delivered } from './delivery/deliver.ts'
export { type OutboxState, outboxState } from './delivery/outbox.ts'
export type { Inbox } from './inbox/inbox.ts'
export { type Channel, channels, type NoticeKind, type NoticeKindTerm, noticeKinds } from './kinds.ts'
export { emailAddress, maskedAddress } from './mail/address.ts'
export { type Letter, type Mailer, MailRefused } from './mail/mailer.ts'
export { type SmtpOptions, smtpMailer } from './mail/smtp.ts'
export type { InboxMessage, InboxPage, Notice, Recipient } from './notice.ts'
export { createNotices, type Notices, type NoticesOptions } from './notices.ts'
export type { NoticePagesOptions } from './pages/options.ts'
export { noticeRoutes } from './pages/routes.ts'
export type { Preference, Preferences } from './preferences.ts'
export { noticesProblems } from './problems.ts'
export type { Device, DeviceShown, Devices } from './push/device.ts'
export { type PushKeys, pushKeys } from './push/keys.ts'
export {
  type PushContent,
  type PushOptions,
  type PushOutcome,
  type PushSender,
  webPushSender,
} from './push/sender.ts'
export type { AddressChecks, AddressQuestion } from './verification/address-checks.ts'

/** Where the tables of schema `notices` come from. */
export const noticesMigrations = new URL('./store/migrations/', import.meta.url)
