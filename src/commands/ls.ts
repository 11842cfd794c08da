import type { Command } from '../command.ts';
import { readGoFacts } from '../go/facts.ts';
import { allMirrors } from '../mirrors/all.ts';
import { isInEffect } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { renderTable } from '../report/table.ts';
import { mentionLeftovers } from './leftovers.ts';

export const ls: Command = async invocation => {
  const { context, out, t, name, options } = invocation;
  const facts = await readGoFacts(context);
  const mirrors = await allMirrors(context, options.catalogue, t, facts);
  const { GOPROXY } = facts.settings.values;
  const current = (mirror: Mirror): boolean => isInEffect(mirror, GOPROXY.value);
  await mentionLeftovers(invocation, facts.settings.envFile.path);
  out.json(name, { mirrors: mirrors.map(mirror => ({ ...mirror, current: current(mirror) })) });
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
  const rows = mirrors.map(mirror => [
    current(mirror) ? '*' : '',
    mirror.name,
    mirror.goproxy ?? mirror.template ?? '-',
    mirror.operator,
    pens[mirror.status](t(`ls.status.${mirror.status}`)),
    dim(mirror.useInstead ? t('ls.instead', { reason: mirror.reason, instead: mirror.useInstead }) : mirror.reason),
  ]);
  out.result(renderTable(columns, rows, out.width));
  return 0;
};
