import type { Mirror } from '../../mirrors/mirror.ts';
import { type Drawing, type Line, result } from '../line.ts';
import { operatorOf, reasonOf } from '../mirror-words.ts';
import { renderTable } from './columns.ts';

/** A mirror as `ls` lists it. */
export type Listed = Mirror & { current: boolean };

/** One line a mirror, a star before the one in effect. */
export function lsTable(mirrors: readonly Listed[], { t, paint, width }: Drawing): Line[] {
  const columns = [
    { title: '' },
    { title: t('ls.name') },
    { title: t('ls.goproxy') },
    { title: t('ls.operator'), droppable: 2 },
    { title: t('ls.status') },
    { title: t('ls.reason'), droppable: 3 },
  ];
  const { dim, green, yellow, red } = paint;
  const pens = { active: green, degraded: yellow, retired: red, 'never-existed': red };
  const rows = mirrors.map(mirror => {
    const reason = reasonOf(mirror, t);
    return [
      mirror.current ? '*' : '',
      mirror.name,
      mirror.goproxy ?? mirror.template ?? '-',
      operatorOf(mirror, t),
      pens[mirror.status](t(`ls.status.${mirror.status}`)),
      dim(mirror.useInstead ? t('ls.instead', { reason, instead: mirror.useInstead }) : reason),
    ];
  });
  return [result(renderTable(columns, rows, width))];
}
