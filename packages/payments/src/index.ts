export type {
  Payment,
  PaymentRequest,
  PaymentState,
  Payments,
  Refund,
  RefundRequest,
} from './payments.ts'
