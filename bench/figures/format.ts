import type { Figure, Unit } from './catalogue.ts';

const written: Readonly<Record<Unit, (value: number) => string>> = {
  number: value => (Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(3)),
  ratio: value => `${value.toFixed(2)} ×`,
  share: value => `${Number((100 * value).toFixed(1))} %`,
  ms: value => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`,
  s: value => `${value.toFixed(value < 10 ? 2 : 1)} s`,
  bytes: value => `${Number((value / 1e6).toFixed(1))} MB`,
};

/** A value as pages and benches show it. */
export const shown = (unit: Unit, value: number): string => written[unit](value);

/** `≤ 1.6 ×`; null where there is no aim. */
export function aimOf({ most, least, unit }: Figure): string | null {
  if (most !== undefined) return `≤ ${shown(unit, most)}`;
  return least === undefined ? null : `≥ ${shown(unit, least)}`;
}

/** Whether a value keeps the aim; null where there is none. */
export function held({ most, least }: Figure, value: number): boolean | null {
  if (most === undefined && least === undefined) return null;
  return value <= (most ?? Number.POSITIVE_INFINITY) && value >= (least ?? Number.NEGATIVE_INFINITY);
}
