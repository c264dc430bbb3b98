/** A handful of templates for replies, as a street desk would write them in its first week. */
import { newId } from '../lib/ids.ts'
import { insertReplyTemplate, type ReplyTemplateRow } from '../modules/cases/server/index.ts'
import { systemAccountId } from '../platform/actor.ts'
import type { Tx } from '../platform/db.ts'

type Written = Pick<ReplyTemplateRow, 'title' | 'acts' | 'matter_codes' | 'words'>

const templates: readonly Written[] = [
  {
    title: '路灯、楼道灯',
    acts: ['answer-now', 'answer', 'submit-result'],
    matter_codes: ['LX01005'],
    words:
      '{称呼}，您好！您反映的“{事项}”（{编号}）我们已经收到，由{承办单位}上门检修。修好后请您看一看；还有不亮的，请直接再次反映。',
  },
  {
    title: '咨询，直接答复',
    acts: ['answer-now'],
    matter_codes: [],
    words:
      '{称呼}，您好！您咨询的事情（{编号}）答复如下：\n\n\n如有不清楚的，欢迎到社区全科窗口或者再次反映。{街道}，{今天}。',
  },
  {
    title: '已派单，请等候',
    acts: ['answer', 'contact'],
    matter_codes: [],
    words:
      '{称呼}，您好！您{受理日期}反映的“{事项}”已经交给{承办单位}，最迟{期限}办结，办理中会有人和您联系。',
  },
  {
    title: '办好了，请评价',
    acts: ['submit-result', 'answer', 'check'],
    matter_codes: [],
    words: '{称呼}，您好！{地点}的“{事项}”（{编号}）已由{承办单位}办好。请您看一看是否解决，并作出评价。',
  },
  {
    title: '不属于街道职责',
    acts: ['decline'],
    matter_codes: [],
    words:
      '{称呼}，您好！您反映的事情（{编号}）不属于{街道}的职责，请按上面写的去处反映。需要帮助的，可以到社区全科窗口，我们帮您联系。',
  },
]

export async function loadTemplates(tx: Tx, streetId: number, at: Date): Promise<void> {
  for (const [index, template] of templates.entries())
    await insertReplyTemplate(tx, {
      ...template,
      street_id: streetId,
      id: newId(at.getTime() + index),
      version: 1,
      retired: false,
      written_by: systemAccountId,
      written_post: null,
      written_at: at,
    })
}
