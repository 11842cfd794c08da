import type { ChalkInstance } from 'chalk';
import type { Remark } from '../go/judge-settings.ts';
import { type Setting, type SettingName, type Settings, settingNames } from '../go/settings.ts';
import { quote } from '../go/text.ts';
import type { Translate } from '../messages/index.ts';
import { shortPath } from '../system/context.ts';
import { maskValue } from '../system/secrets.ts';
import { wordRemark } from './remarks.ts';
import { renderTable, tableWidth } from './table.ts';

export interface SettingsTableOptions {
  t: Translate;
  paint: ChalkInstance;
  /** Columns of the terminal, or infinite. */
  width: number;
  /** Written as `~` where a path begins with it. */
  home: string | null;
  /** The settings to show; all by default. */
  names?: readonly SettingName[];
}

/**
 * Setting, value, where it comes from, and what is to say about it. Where the remarks do not fit beside the values they follow
 * below the table, so that nothing is cut that matters.
 */
export function settingsTable(settings: Settings, remarks: readonly Remark[], options: SettingsTableOptions): string {
  const { t, paint, width, names = settingNames } = options;
  const columns = [
    { title: paint.bold(t('settings.column.setting')) },
    { title: paint.bold(t('settings.column.value')) },
    { title: paint.bold(t('settings.column.from')) },
    { title: '' },
  ];
  const rows = (beside: (own: readonly Remark[]) => string): string[][] =>
    names.map(name => [
      name,
      shownValue(name, settings.values[name], options),
      followsPrivate(name, settings.values[name].source) ? '' : shownSource(settings, settings.values[name], options),
      beside(remarks.filter(({ setting }) => setting === name)),
    ]);
  const full = rows(own =>
    own.map(remark => `${markOf(remark, paint)}${wordRemark(remark, t)}`).join(t('settings.and')),
  );
  if (tableWidth(columns, full) <= width) return renderTable(columns, full, width);
  const marks = rows(own => own.map(remark => markOf(remark, paint).trim())[0] ?? '');
  const below = remarks
    .filter(({ setting }) => names.includes(setting))
    .map(
      remark =>
        `${markOf(remark, paint)}${t('settings.remark', { setting: remark.setting, text: wordRemark(remark, t) })}`,
    );
  return [renderTable(columns, marks, width), ...(below.length > 0 ? ['', ...below] : [])].join('\n');
}

function markOf({ level }: Remark, paint: ChalkInstance): string {
  return { note: '', warn: paint.yellow('! '), fail: paint.red('✗ ') }[level];
}

function followsPrivate(name: SettingName, source: Setting['source']): boolean {
  return (name === 'GONOPROXY' || name === 'GONOSUMDB') && source === 'default';
}

function shownValue(name: SettingName, { value, source }: Setting, { t, paint }: SettingsTableOptions): string {
  if (followsPrivate(name, source)) return paint.dim(t('settings.as-goprivate'));
  return value === ''
    ? paint.dim(t(source === 'default' ? 'settings.unset' : 'settings.empty'))
    : visible(maskValue(value));
}

function shownSource(
  { envFile }: Settings,
  { value, source }: Setting,
  { t, paint, home }: SettingsTableOptions,
): string {
  if (source === 'os') return t('settings.from.os');
  if (source === 'file') return shortPath(envFile.path ?? '', home);
  return value === '' ? '' : paint.dim(t('settings.from.default'));
}

/** A value with its control characters and outer spaces made visible, as they decide whether it works. */
export function visible(value: string): string {
  return value
    .replace(/[\u0000-\u001f\u007f]/g, char => quote(char).slice(1, -1))
    .replace(/^ +| +$/g, spaces => '␣'.repeat(spaces.length));
}
