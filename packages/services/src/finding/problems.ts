import { defineProblems } from '@sapan/kernel'

export const findingProblems = defineProblems({
  'service-not-offered': {
    status: 404,
    title: { th: 'ไม่มีบริการนี้', en: 'There is no such service' },
    next: { th: 'ค้นหาบริการจากหน้าบริการทั้งหมด', en: 'Search for it among all services.' },
    place: { path: '/services', text: { th: 'ดูบริการทั้งหมด', en: 'See all services' } },
  },
  'life-event-unknown': {
    status: 404,
    title: { th: 'ไม่มีเหตุการณ์ในชีวิตนี้ในรายการ', en: 'There is no such event in the list' },
    next: { th: 'เลือกจากรายการที่หน้าบริการทั้งหมด', en: 'Choose one on the page of all services.' },
    place: { path: '/services', text: { th: 'ดูบริการทั้งหมด', en: 'See all services' } },
  },
  'feedback-full': {
    status: 429,
    title: { th: 'ขณะนี้มีผู้ส่งความเห็นมากเกินไป', en: 'Too much feedback is coming in just now' },
    next: { th: 'ส่งความเห็นใหม่ในอีกหนึ่งชั่วโมง', en: 'Send your feedback again in an hour.' },
  },
})
