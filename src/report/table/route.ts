import type { VcsRule } from '../../go/govcs.ts';
import type { Route } from '../../go/route.ts';
import type { Translate } from '../../messages/index.ts';
import type { RouteWarning } from '../../mirrors/route-warnings.ts';
import { type Drawing, type Line, result } from '../line.ts';

/** What `route` shows. */
export interface ShownRoute {
  route: Route;
  version: string | null;
  vcs: VcsRule;
  warnings: readonly RouteWarning[];
  /** The name of a known mirror by its URL, or null. */
  nameOf: (url: string) => string | null;
}

/** A route for a person: why, each hop with what makes go leave it, who verifies, and what to mind. */
export function routeTable(shown: ShownRoute, drawing: Drawing): Line[] {
  const { route, version, warnings } = shown;
  const { t, paint } = drawing;
  const host = route.module.split('/')[0]!;
  const hops = route.steps.flatMap((step, index) => hopLines(step, index + 1, host, shown, drawing));
  const reason = route.private ? t('route.private', route.private) : t('route.public');
  const lines = [
    paint.bold(version ? `${route.module} ${version}` : route.module),
    `  ${reason}`,
    '',
    ...hops,
    '',
    `  ${t('route.sum.title')}  ${verification(route, t)}`,
    ...warnings.map(
      ({ code, args }) =>
        `  ${paint.yellow('!')} ${t.optional(`route.warn.${code}`, args) ?? t.optional(`remark.${code}`, args) ?? code}`,
    ),
  ];
  return [result(lines.join('\n'))];
}

function hopLines(
  { kind, url, fallsBackOn }: Route['steps'][number],
  place: number,
  host: string,
  { vcs, nameOf }: ShownRoute,
  { t, paint }: Drawing,
): string[] {
  const name = url === null ? null : nameOf(url);
  const title = `  ${place}  ${url ?? kind}${name ? paint.dim(`  ${name}`) : ''}`;
  const rule = `${vcs.pattern}:${vcs.allowed.join('|')}`;
  const line = (text: string): string[] => [title, `     ${paint.dim(text)}`];
  if (kind === 'off') return line(t('route.step.off'));
  if (kind === 'proxy') return line(t(`route.step.${fallsBackOn ?? 'end'}`));
  const tools = vcs.allowed.includes('all') ? t('route.any-tool') : vcs.allowed.join(', ');
  return line(
    vcs.allowed.includes('off')
      ? t('route.step.direct-none', { host, rule })
      : t('route.step.direct', { host, tools, rule }),
  );
}

function verification({ checksumDatabase }: Route, t: Translate): string {
  const { used, name, via, reason, matched } = checksumDatabase;
  if (!used) return t.optional(`route.sum.${reason}`, { ...matched }) ?? reason;
  if (via === null) return t('route.sum.direct', { name: name! });
  return via === 'proxy' ? t('route.sum.proxy', { name: name! }) : t('route.sum.url', { name: name!, url: via });
}
