import type { TaskNews } from '@sapan/casework'
import type { PoolClient, Text } from '@sapan/kernel'
import type { Notices } from '@sapan/notices'

const words: Readonly<Record<TaskNews['what'], { readonly title: Text; readonly body: Text }>> = {
  opened: {
    title: { th: 'มีงานเร่งด่วนสำหรับหน้าที่ของคุณ', en: 'There is an urgent task for your duty' },
    body: { th: 'เปิดดูงานและกำหนดเวลาได้ที่โต๊ะทำงาน', en: 'The task and its time are at your desk.' },
  },
  answered: {
    title: { th: 'หน่วยงานตอบคำถามของคุณแล้ว', en: 'An agency has answered your question' },
    body: {
      th: 'เปิดอ่านคำตอบและเหตุผลได้ในหน้าคำถามของคุณ',
      en: 'The answer and its reasons are on the page of your questions.',
    },
  },
  closed: {
    title: { th: 'หน่วยงานปิดเรื่องของคุณแล้ว', en: 'An agency has closed your question' },
    body: { th: 'เปิดดูเหตุผลได้ในหน้าคำถามของคุณ', en: 'Why is on the page of your questions.' },
  },
  reopened: {
    title: { th: 'หน่วยงานเปิดเรื่องของคุณอีกครั้ง', en: 'An agency has opened your question again' },
    body: { th: 'เราจะแจ้งเมื่อมีคำตอบ', en: 'You will be told when there is an answer.' },
  },
  assigned: {
    title: { th: 'มีงานมอบหมายถึงคุณ', en: 'A task was given to you' },
    body: { th: 'เปิดดูงานและกำหนดเวลาได้ที่โต๊ะทำงาน', en: 'The task and its time are at your desk.' },
  },
  overdue: {
    title: { th: 'งานของคุณเลยกำหนดแล้ว', en: 'A task of yours is overdue' },
    body: { th: 'เปิดดูงานที่โต๊ะทำงาน', en: 'The task is at your desk.' },
  },
}

/** Tells people of tasks: the person who asked, or the officer who has it. */
export function taskNews(notices: Pick<Notices, 'send'>) {
  return async (client: PoolClient, { what, to, task }: TaskNews): Promise<void> => {
    const isOfficer = what === 'opened' || what === 'assigned' || what === 'overdue'
    await notices.send(client, {
      account: to,
      kind: isOfficer ? 'task' : 'question',
      ...words[what],
      link: isOfficer ? `/desk/tasks/${task.id}` : `/me/questions/${task.id}`,
      key: `task ${task.id} ${what} ${task.version} ${to}`,
    })
  }
}
