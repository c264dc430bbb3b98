import type { RefusalWords } from '../lib/contract.ts'
import type { platformRefusals } from './refusal.ts'

export const platformWords: RefusalWords<typeof platformRefusals> = {
  'platform/invalid-input': {
    zh: '填写的内容有误，请按提示修改后再提交。',
    en: 'Some of what was entered is not right. Please correct it as shown and send again.',
  },
  'platform/idempotency-key-missing': {
    zh: '请求缺少 Idempotency-Key，请带上一个新的标识再发送。',
    en: 'The request has no Idempotency-Key. Send it again with a new one.',
  },
  'platform/idempotency-key-reused': {
    zh: '同一个 Idempotency-Key 已用于另一项内容，请换一个新的标识。',
    en: 'This Idempotency-Key was used for something else. Send again with a new one.',
  },
  'platform/not-signed-in': { zh: '请先登录。', en: 'Please sign in first.' },
  'platform/not-for-your-role': {
    zh: '您的岗位不办理这项业务。如需办理，请联系本级管理员。',
    en: 'Your post does not do this. If you need it, ask your administrator.',
  },
  'platform/foreign-origin': {
    zh: '请求来自其他网站，已被拦下。请从本系统的页面操作。',
    en: 'The request came from another site and was stopped. Please use this system’s own pages.',
  },
  'platform/second-factor-first': {
    zh: '请先绑定动态口令，再继续使用。',
    en: 'Please enrol your one-time password first.',
  },
  'platform/new-password-first': {
    zh: '请先把一次性密码改成自己的密码，再继续使用。',
    en: 'Please change the one-time password to one of your own first.',
  },
  'platform/not-found': {
    zh: '没有找到，或者不在您的查看范围内。',
    en: 'Not found, or not within what you may see.',
  },
  'platform/file-missing': {
    zh: '这份照片或文件（编号 {file}）不在服务器的磁盘上，记录本身没有问题。请把编号告诉系统管理员，从备份里找回；手里还有原件的，请重新上传。',
    en: 'This photo or paper (number {file}) is not on the server’s disk; the record itself is fine. Tell the system administrator the number, so that it is fetched from a backup; whoever still has the original may upload it again.',
  },
  'platform/too-large': {
    zh: '内容太大了，请减少后再提交。',
    en: 'This is too large. Please make it smaller and send again.',
  },
  'platform/media-type': {
    zh: '不支持这种格式。照片请用 JPG、PNG 或 WebP。',
    en: 'This format is not supported. For photos please use JPG, PNG or WebP.',
  },
  'platform/too-many-requests': {
    zh: '操作太频繁，请稍等片刻再试。',
    en: 'Too many tries. Please wait a moment and try again.',
  },
  'platform/busy': {
    zh: '系统正忙，刚才的操作没有生效，请稍后再试。',
    en: 'The system is busy and nothing was changed. Please try again shortly.',
  },
}
