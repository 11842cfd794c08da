/**
 * Every reporter, by format, loaded when it is asked for. A reporter makes lines, an object or a page of a value; only `output.ts`
 * prints. A new format is a new key here.
 */
export const reporters = {
  table: {
    change: () => import('./table/change.ts'),
    current: () => import('./table/current.ts'),
    doctor: () => import('./table/doctor.ts'),
    explanation: () => import('./table/explanation.ts'),
    history: () => import('./table/history.ts'),
    ls: () => import('./table/ls.ts'),
    mirrors: () => import('./table/mirrors.ts'),
    pull: () => import('./table/pull.ts'),
    route: () => import('./table/route.ts'),
    url: () => import('./table/url.ts'),
  },
  json: {
    change: async () => (await import('./json/change.ts')).changeJson,
    current: async () => (await import('./json/current.ts')).currentJson,
    doctor: async () => (await import('./json/doctor.ts')).doctorJson,
    explanation: async () => (await import('./json/explanation.ts')).explanationJson,
    ls: async () => (await import('./json/ls.ts')).lsJson,
  },
  html: {
    doctor: async () => (await import('./html/render.ts')).renderHtml,
  },
} as const;
