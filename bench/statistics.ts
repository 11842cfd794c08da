/**
 * Kendall's tau between real times and what is to predict their order, both smaller is better: pairs in the right order less those
 * in the wrong one, over all that count. Pairs whose real times differ by 5 % or less are ties and don't; a predicted tie is half wrong.
 */
export function kendallTau(real: readonly number[], predicted: readonly number[]): number {
  let balance = 0;
  let pairs = 0;
  for (let i = 0; i < real.length; i++) {
    for (let j = i + 1; j < real.length; j++) {
      if (Math.abs(real[i]! - real[j]!) <= 0.05 * Math.max(real[i]!, real[j]!)) continue;
      pairs++;
      balance += Math.sign(real[i]! - real[j]!) * Math.sign(predicted[i]! - predicted[j]!);
    }
  }
  return pairs === 0 ? 1 : balance / pairs;
}

/** The value below which the given share of the values lies, interpolated. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
