import { unsetCommand } from '../explain/machine.ts';
import type { SettingName } from '../go/settings.ts';
import type { DoctorFacts } from './facts.ts';

/**
 * The command that takes a setting out of where it is set: the environment, else the settings file. Under a GOTOOLCHAIN that is none
 * go takes no other command than the one that sets it (cmd/go/internal/toolchain/select.go, `Select`).
 */
export function unsetting(
  name: SettingName,
  { settings, platform }: Pick<DoctorFacts, 'settings' | 'platform'>,
): string {
  if (settings.values[name].source === 'os') return unsetCommand({ platform }, name);
  return name === 'GOTOOLCHAIN' ? 'go env -w GOTOOLCHAIN=auto' : `go env -u ${name}`;
}
