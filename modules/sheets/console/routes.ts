/** 表格导入 and 导出模板. A batch stands in the list's address by its id. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  {
    path: 'sheets/:id([0-9a-f]{8}-[0-9a-f-]{27})?',
    name: 'sheets',
    component: () => import('./sheets-page.vue'),
  },
]
