import type { Remark } from '../../go/judge-settings.ts';
import type { Setting, SettingName, Settings } from '../../go/settings.ts';
import { shortPath } from '../../system/context.ts';
import { maskValue } from '../../system/secrets.ts';
import type { Drawing } from '../line.ts';
import { wordRemark } from '../remarks.ts';
import { renderTable, tableWidth } from './columns.ts';

/**
 * Setting, value, where it comes from, and what is to say about it; `names` chooses and orders them. Where the remarks do not fit
 * beside the values they follow below the table, so that nothing is cut that matters.
 */
export function settingsTable(
  settings: Settings,
  remarks: readonly Remark[],
  drawing: Drawing,
  names = Object.keys(settings.values) as readonly SettingName[],
): string {
  const { t, paint, width } = drawing;
  const columns = [
    { title: paint.bold(t('settings.column.setting')) },
    { title: paint.bold(t('settings.column.value')) },
    { title: paint.bold(t('settings.column.from')) },
    { title: '' },
  ];
  const rows = (beside: (own: readonly Remark[]) => string): string[][] =>
    names.map(name => [
      name,
      shownValue(name, settings.values[name], drawing),
      followsPrivate(name, settings.values[name].source) ? '' : shownSource(settings, settings.values[name], drawing),
      beside(remarks.filter(({ setting }) => setting === name)),
    ]);
  const full = rows(own => own.map(remark => markOf(remark, drawing) + wordRemark(remark, t)).join(t('settings.and')));
  if (tableWidth(columns, full) <= width) return renderTable(columns, full, width);
  const marks = rows(own => own.map(remark => markOf(remark, drawing).trim())[0] ?? '');
  const below = remarks
    .filter(({ setting }) => names.includes(setting))
    .map(remark => {
      const text = wordRemark(remark, t);
      return `${markOf(remark, drawing)}${t('settings.remark', { setting: remark.setting, text })}`;
    });
  return [renderTable(columns, marks, width), ...(below.length > 0 ? ['', ...below] : [])].join('\n');
}

function markOf({ level }: Remark, { paint }: Drawing): string {
  return { note: '', warn: paint.yellow('! '), fail: paint.red('✗ ') }[level];
}

function followsPrivate(name: SettingName, source: Setting['source']): boolean {
  return (name === 'GONOPROXY' || name === 'GONOSUMDB') && source === 'default';
}

function shownValue(name: SettingName, { value, source }: Setting, { t, paint }: Drawing): string {
  if (followsPrivate(name, source)) return paint.dim(t('settings.as-goprivate'));
  if (value === '') return paint.dim(t(source === 'default' ? 'settings.unset' : 'settings.empty'));
  return visible(maskValue(value));
}

function shownSource({ envFile }: Settings, { value, source }: Setting, { t, paint, home }: Drawing): string {
  if (source === 'os') return t('settings.from.os');
  if (source === 'file') return shortPath(envFile.path ?? '', home);
  return value === '' ? '' : paint.dim(t('settings.from.default'));
}

/** A value with its control characters and outer spaces made visible, as they decide whether it works. */
function visible(value: string): string {
  return value
    .replace(/[\u0000-\u001f\u007f]/g, char => JSON.stringify(char).slice(1, -1))
    .replace(/^ +| +$/g, spaces => '␣'.repeat(spaces.length));
}
