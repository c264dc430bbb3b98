/** Roles in words, for the corner that says who is signed in. */
import type { Role } from '../../lib/contract.ts'
import type { Bilingual } from '../../lib/language.ts'

export const roleWords: Readonly<Record<Role, Bilingual>> = {
  resident: { zh: '居民', en: 'Resident' },
  'micro-grid-member': { zh: '微网格员', en: 'Micro-grid member' },
  'grid-worker': { zh: '网格员', en: 'Grid worker' },
  'grid-head': { zh: '网格长', en: 'Grid head' },
  clerk: { zh: '全科社工', en: 'Community clerk' },
  secretary: { zh: '社区书记', en: 'Community secretary' },
  dispatcher: { zh: '派单员', en: 'Dispatcher' },
  'duty-head': { zh: '值班长', en: 'Duty head' },
  verifier: { zh: '核查员', en: 'Verifier' },
  supervisor: { zh: '督办员', en: 'Supervisor' },
  handler: { zh: '承办人', en: 'Handler' },
  'organisation-lead': { zh: '单位负责人', en: 'Organisation lead' },
  viewer: { zh: '查阅', en: 'Viewer' },
  'system-admin': { zh: '系统管理员', en: 'System administrator' },
  'security-admin': { zh: '安全管理员', en: 'Security administrator' },
  'audit-admin': { zh: '审计管理员', en: 'Audit administrator' },
}
