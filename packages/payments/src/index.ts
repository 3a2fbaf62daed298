export { type BillPayment, billPaymentCode, transferCode } from './emv/promptpay.ts'
export type { OpenPart } from './payment/balance.ts'
export type { Part } from './payment/instalments.ts'
export {
  type Payment,
  type PaymentRequest,
  type PaymentState,
  type Payments,
  paymentStates,
  type Refund,
  type RefundRequest,
  type RefundState,
  refundStates,
} from './payments.ts'
