/** What staff write down between the resident's words and the answer. {单位} is the organisation that acts. */
import type { DeclineReason } from '../../modules/cases/words.ts'

/** How people begin and end; thanks and questions are not pressed. */
export const greetings = ['', '', '', '你好，', '您好，', '社区的同志，', '我是住户，']
export const endings = {
  asking: ['', '', '谢谢！', '麻烦告知一下。'],
  pressing: ['', '', '', '谢谢！', '麻烦尽快处理。', '盼复。', '请给个说法。', '等你们回话。'],
} as const

export const acceptWords = [
  '情况已核对，予以受理。',
  '与居民确认了位置和时间，受理。',
  '要素齐全，受理后尽快派单。',
  '已查看照片，属受理范围。',
  '电话补充了具体楼栋，受理。',
]
export const assignWords = [
  '请{单位}按职责办理，先联系居民再到现场。',
  '转{单位}办理，请在时限内反馈结果和现场照片。',
  '位置和情况见正文，请{单位}尽快处理，有困难及时说明。',
  '按职责清单交办{单位}，请注意与居民沟通。',
]
export const contactReached = [
  '已电话联系，居民补充说明了情况，约定上门时间。',
  '电话联系上居民，解释了办理步骤，居民表示理解。',
  '上门见到居民，一起看了现场。',
  '已联系，居民希望办好后电话告知结果。',
]
export const contactMissed = ['电话无人接听，稍后再拨。', '上门时居民不在家，留了联系卡。']
export const contactAboutFinding = ['已与上报的网格员联系，核对了具体位置。']
export const checkOnSite = [
  '现场核查，与办理结果一致，照片已上传。',
  '到现场复看，问题已消除。',
  '对照办理前照片核查，已恢复。',
]
export const checkByCall = ['电话回访，居民确认已联系并告知了结果。', '回访居民，表示情况属实、已得到答复。']
export const checkFailed = [
  '现场仍有残留，未彻底解决，退回返工。',
  '回看发现又出现同样情况，请查明原因再处理。',
  '居民表示只处理了一半，请继续办理。',
]
export const closeWords = ['回访完成，予以结案。', '居民对结果无异议，结案。', '核对办理记录完整，结案。']
export const longTermWords = [
  '目前条件不具备，转入长期跟进，到期复查。',
  '确需时日，挂账跟进，约定复查日期。',
]
export const longTermApproved = ['同意挂账，到期前一周提醒复查。', '情况属实，同意转长期跟进。']
export const returnWords = [
  '经现场查看，该处不属我单位管护范围，建议由权属单位办理。',
  '本事项主责在其他部门，我单位可以协助，申请退单。',
  '位置描述与现场不符，无法确定点位，申请退回补充。',
]
export const returnApproved = ['核对职责清单，同意退单，另行派单。', '情况属实，同意退回重派。']
export const returnRefused = [
  '按职责清单属你单位主责，请继续办理，社区协助。',
  '点位已与居民核实，在你单位服务范围内，请继续办理。',
]
export const extendWords = [
  '配件需从外地调货，申请延期。',
  '需要业主签字确认，时间不够，申请延期。',
  '连续下雨无法施工，申请延期。',
]
export const extendApproved = ['理由充分，同意延期，请先向居民说明。', '同意延期一次，到期须办结。']
export const suspendWords = ['居民外出，约定回来后上门，申请暂停计时。']
export const escalateWords = [
  '社区和物业已协调，仍需部门执法，报请街道派单。',
  '超出社区职责清单，上报街道中心。',
  '涉及多个单位，请街道统筹。',
]
export const sendDownWords = ['属社区职责清单内事项，请社区办理。', '居民住在你社区，请上门了解情况并答复。']
export const remindWords = ['临近时限，请抓紧办理并先告知居民进展。', '居民来电询问进度，请今天内回复。']
export const superviseWords = [
  '已超过时限，请说明原因并限期办结。',
  '居民多次反映，列入督办，请主要负责人过问。',
]
export const reopenWords = [
  '才好了几天又出现了，请再看看。',
  '答复说处理好了，实际还是老样子。',
  '只弄了一半，剩下的没人管了。',
]
export const addWords = [
  '补充一张照片，今天更严重了。',
  '请问办到哪一步了？',
  '白天我上班，请晚上六点以后联系。',
]
export const mergeWords = [
  '与同一处的诉求为同一问题，并单办理，结果一并答复。',
  '同楼多位居民反映，并入在办诉求。',
]
export const handOnWords = ['请你负责跟进，今天先联系居民。', '该片区由你负责，请办理。']
export const ratingWords: Readonly<Record<'good' | 'fair' | 'bad', readonly string[]>> = {
  good: ['处理得快，谢谢。', '态度好，办得实在。', '问题解决了，点赞。', '网格员跑了好几趟，辛苦了。'],
  fair: ['解决了，就是时间久了点。', '还行，希望保持。'],
  bad: ['没有解决，请继续跟进。', '只打了个电话，没看到人来。', '治标不治本。'],
}
export const answerOpenings = {
  inquiry: ['您好！您咨询的“{事}”，答复如下：', '您好，关于“{事}”，我们了解后告诉您：'],
  praise: ['您好！', '您好，来信收到。'],
  suggestion: ['您好！感谢您关于“{事}”的建议。', '您好，您提的“{事}”我们认真研究了。'],
  unsolved: [
    '您好！您反映的“{事}”目前还没有解决，先把情况告诉您：',
    '您好，关于您反映的“{事}”，现将进展和难处如实告诉您：',
  ],
  other: [
    '您好！您反映的“{事}”已办理。',
    '您好，关于您反映的“{事}”，现将办理情况告诉您：',
    '您好！接到您反映的“{事}”后，工作人员当即与您联系并到现场查看。',
  ],
} as const
export const unsolvedClosings = ['我们会按期复查，并再次回复您。', '这件事转入长期跟进，有进展随时告诉您。']
export const answerClosings = [
  '如有反复，请随时再次反映。',
  '感谢您对社区工作的关心。',
  '后续我们会继续留意，您有任何情况都可以告诉我们。',
  '给您带来不便，请多包涵。',
]

/** Texts that no desk may take on, with the reason, where to turn, and the words to the resident. */
export const declinable: readonly {
  readonly reason: DeclineReason
  readonly matter: string
  readonly title: string
  readonly text: string
  readonly whereToTurn: string
  readonly answer: string
}[] = [
  {
    reason: 'legal-channel',
    matter: 'LX11008',
    title: '房租诉讼判决不服',
    text: '房租官司一审判了，我觉得判得不公平，请街道出面让法院改判。',
    whereToTurn: '上诉法院，或司法所法律援助窗口',
    answer:
      '您好！已经进入诉讼程序的事项应通过上诉等法律途径解决，街道不能干预审判。需要法律帮助可以到司法所申请法律援助，我们可以帮您预约。',
  },
  {
    reason: 'legal-channel',
    matter: 'LX13003',
    title: '劳动仲裁结果异议',
    text: '劳动仲裁裁决下来了，赔偿太少，请你们重新裁定一下。',
    whereToTurn: '人民法院',
    answer:
      '您好！对仲裁裁决不服，可以在收到裁决书之日起十五日内向人民法院起诉。社区法律顾问每周四下午在便民服务站值班，欢迎咨询。',
  },
  {
    reason: 'outside-competence',
    matter: 'LX13008',
    title: '要求补偿股票亏损',
    text: '邻居介绍我买股票亏了十万，希望社区帮我把钱要回来。',
    whereToTurn: '证券公司客服，或证券期货纠纷调解机构',
    answer:
      '您好！证券投资盈亏属于市场行为，不在社区和街道职责范围。如怀疑受骗，请保留转账记录并到派出所报案。',
  },
  {
    reason: 'outside-competence',
    matter: 'LX13004',
    title: '要求更换任课老师',
    text: '孩子的班主任我不满意，请街道给学校说换一个老师。',
    whereToTurn: '学校，或区教育主管部门',
    answer:
      '您好！教师安排由学校依规决定，建议先与学校沟通；如有师德方面的具体情况，可以向教育主管部门反映。',
  },
  {
    reason: 'same-matter-known',
    matter: 'LX11004',
    title: '加装电梯进度重复询问',
    text: '加装电梯的事我上周问过了，再问一次，什么时候能动工？',
    whereToTurn: '原诉求的办理单位',
    answer:
      '您好！您反映的加装电梯事项正在办理中，目前处于征询意见阶段，没有新的情况。进展会在原诉求里及时告诉您，请不必重复提交。',
  },
  {
    reason: 'same-matter-known',
    matter: 'LX13005',
    title: '小区改造批次重复询问',
    text: '上次问小区改造批次，你们说没有定，现在定了吗？',
    whereToTurn: '住建办',
    answer: '您好！改造批次仍待上级批复，批复后会第一时间公布并电话告知。您之前的诉求仍在长期跟进。',
  },
  {
    reason: 'secret-or-privacy',
    matter: 'LX05005',
    title: '索要邻居电话和身份信息',
    text: '请把楼上住户的姓名、电话和身份证号告诉我，我要找他算账。',
    whereToTurn: '人民调解委员会',
    answer: '您好！他人信息受法律保护，我们不能提供。如与邻居有纠纷，可以申请人民调解，我们来约双方见面。',
  },
  {
    reason: 'against-law',
    matter: 'LX13001',
    title: '要求开具不实证明',
    text: '帮我开个证明，就写我一直住在这里，其实我在外地上班，办事要用。',
    whereToTurn: '按实际居住地办理',
    answer:
      '您好！证明须如实开具，与事实不符的内容不能出具。您可以在实际居住地办理居住登记，需要的材料我们可以发给您。',
  },
  {
    reason: 'emergency-number',
    matter: 'LX03008',
    title: '闻到燃气味',
    text: '楼道里一股煤气味，越来越浓，怎么办？',
    whereToTurn: '119 和燃气公司抢修电话',
    answer:
      '您好！接到后已第一时间电话转接 119 和燃气公司抢修，提醒您开窗、不开关电器、撤到室外。抢修单位已到场处置，此件作记录。',
  },
  {
    reason: 'emergency-number',
    matter: 'LX05005',
    title: '楼下打架',
    text: '楼下有人打架，流血了，快来！',
    whereToTurn: '110、120',
    answer:
      '您好！已立即转接 110 和 120，民警和急救人员到场处置。遇到紧急情况请直接拨打报警电话，更快更安全。',
  },
]
