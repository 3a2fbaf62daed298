export type { Bank, StatementLine, TransferAnswer, TransferOrder, TransferTarget } from './bank/bank.ts'
export {
  type BankQuestion,
  type BankThroughExchangeOptions,
  bankThroughExchange,
} from './bank/through-exchange.ts'
export type { BankMessage, PaymentMessage, TransferMessage } from './callback/message.ts'
export { bankPath, bankRoute } from './callback/route.ts'
export { signatureHeader } from './callback/signature.ts'
export type { BankDoor, Taken } from './callback/take.ts'
export type { DeskDay } from './desk/day.ts'
export { paymentDeskRoutes } from './desk/desk-page.ts'
export type { PaymentsOfficer } from './desk/officer.ts'
export type { PaymentDeskOptions } from './desk/options.ts'
export { type BillPayment, billPaymentCode, mostSatang, transferCode } from './emv/promptpay.ts'
export { type PaymentsOptions, paymentsQueues } from './ground.ts'
export { createPayments, type PaymentsHouse } from './house.ts'
export { plainBaht } from './pages/amount.ts'
export type { PaymentPagesOptions } from './pages/options.ts'
export { qrPicture } from './pages/qr.ts'
export { paymentRoutes } from './pages/routes.ts'
export type { OpenPart } from './payment/balance.ts'
export type { Part } from './payment/instalments.ts'
export type { DayRange } from './payment/postpone.ts'
export {
  type Payment,
  type PaymentOddity,
  type PaymentRequest,
  type PaymentState,
  type Payments,
  paymentStates,
  type Refund,
  type RefundRequest,
  type RefundState,
  refundStates,
} from './payments.ts'
export { paymentsProblems } from './problems.ts'
export { mayOpen, type Payer, type PaymentReach } from './reach.ts'
export { type PaymentReceipt, receiptEntries } from './receipt.ts'
export { type Difference, type DifferenceKind, differencesOf, type Movement } from './reconcile/compare.ts'
export { type MoneyState, moneyStates } from './reconcile/state.ts'

/** Where the tables of schema `payments` come from. */
export const paymentsMigrations = new URL('./store/migrations/', import.meta.url)
