import { readGoFacts } from '../go/facts.ts';
import { allMirrors } from '../mirrors/all.ts';
import { isInEffect } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { operatorOf, reasonOf } from '../report/mirror-words.ts';
import { renderTable } from '../report/table.ts';
import type { Command } from './command.ts';
import { mentionLeftovers } from './leftovers.ts';

export const ls: Command = async invocation => {
  const { context, out, t, name, options } = invocation;
  const facts = await readGoFacts(context);
  const mirrors = await allMirrors(context, facts, options.catalogue);
  const { GOPROXY } = facts.settings.values;
  const current = (mirror: Mirror): boolean => isInEffect(mirror, GOPROXY.value);
  await mentionLeftovers(invocation, facts.settings.envFile.path);
  const worded = (mirror: Mirror) => ({ operator: operatorOf(mirror, t), reason: reasonOf(mirror, t) });
  out.json(name, { mirrors: mirrors.map(mirror => ({ ...mirror, ...worded(mirror), current: current(mirror) })) });
  const columns = [
    { title: '' },
    { title: t('ls.name') },
    { title: t('ls.goproxy') },
    { title: t('ls.operator'), droppable: 2 },
    { title: t('ls.status') },
    { title: t('ls.reason'), droppable: 3 },
  ];
  const { dim, green, yellow, red } = out.paint;
  const pens = { active: green, degraded: yellow, retired: red, 'never-existed': red };
  const rows = mirrors.map(mirror => {
    const { operator, reason } = worded(mirror);
    return [
      current(mirror) ? '*' : '',
      mirror.name,
      mirror.goproxy ?? mirror.template ?? '-',
      operator,
      pens[mirror.status](t(`ls.status.${mirror.status}`)),
      dim(mirror.useInstead ? t('ls.instead', { reason, instead: mirror.useInstead }) : reason),
    ];
  });
  out.result(renderTable(columns, rows, out.width));
  return 0;
};
