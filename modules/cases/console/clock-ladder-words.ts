export const words = {
  title: { zh: '到期前后通知谁', en: 'Who hears of it around the deadline' },
  planned: { zh: '{time}', en: '{time}' },
  taken: { zh: '已于 {time} 通知', en: 'told {time}' },
  paused: { zh: '暂停计时', en: 'Clock stopped' },
  pausedFor: {
    zh: '暂停计时：{reason}。{since} 起，最晚到 {until}，到时自动恢复，期限顺延。',
    en: 'Clock stopped: {reason}. Since {since}, until {until} at the latest; then it goes on by itself and the deadline moves by as long.',
  },
} as const
