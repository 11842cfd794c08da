import type { Wanted } from '../../changes/plan.ts';
import type { SettingName, Settings } from '../../go/settings.ts';

/** What go has where nothing is set, as far as a plan can take a setting away. */
const defaults: Partial<Record<SettingName, string>> = { GOSUMDB: 'sum.golang.org' };

/** The settings as a change would leave them: GONOPROXY and GONOSUMDB follow GOPRIVATE where they are not set themselves. */
export function settingsAfter({ values }: Pick<Settings, 'values'>, wanted: Wanted): Pick<Settings, 'values'> {
  const after = { ...values };
  for (const [key, to] of wanted) {
    const name = key as SettingName;
    after[name] = { value: to ?? defaults[name] ?? '', source: to === null ? 'default' : 'file', shadowed: null };
  }
  for (const name of ['GONOPROXY', 'GONOSUMDB'] as const) {
    if (after[name].source === 'default') after[name] = { ...after[name], value: after.GOPRIVATE.value };
  }
  return { values: after };
}
