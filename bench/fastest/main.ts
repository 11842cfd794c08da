import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { ratios, simulateWeeks } from './weeks.ts';

const usage = `npm run bench fastest -- [--weeks 200] [--mirrors 6] [--seed 1] [--short]
Weeks of \`use --fastest\`, simulated: jitter, daily load, outages (world.ts, steps.ts, choosers.ts say how much), against oracles that
know the true pull times (oracles.ts). --short: ten weeks.`;

const options = readOptions(usage, { weeks: '200', mirrors: '6', seed: '1' });
const weeks = options.short ? 10 : Number(options.weeks);
const given = { weeks, mirrors: Number(options.mirrors), seed: Number(options.seed) };
const hourly = simulateWeeks('hourly', given);
const daily = simulateWeeks('daily', given);
for (const [schedule, sums] of Object.entries({ hourly, daily })) {
  console.log(`${schedule}         switches a week   pull time by the foreseeing oracle's`);
  for (const [name, run] of Object.entries(sums)) {
    const time = ratios(run, sums.foreseeing).pullMs.toFixed(3);
    console.log(`  ${name.padEnd(12)} ${(run.switches / weeks).toFixed(2).padStart(15)} ${time.padStart(8)}`);
  }
}
const [ahead, moment] = [ratios(hourly.use, hourly.foreseeing), ratios(hourly.moment, hourly.foreseeing)];
const [now, dailyAhead] = [ratios(daily.use, daily.seeing), ratios(daily.use, daily.foreseeing)];
await conclude('fastest', {
  arguments: given,
  figures: {
    switches: ahead.switches,
    time: ahead.pullMs,
    perWeek: hourly.use.switches / weeks,
    momentPerWeek: hourly.moment.switches / weeks,
    momentTime: moment.pullMs,
    dailySwitches: now.switches,
    dailyTime: now.pullMs,
    dailySwitchesAhead: dailyAhead.switches,
    dailyTimeAhead: dailyAhead.pullMs,
  },
  full: weeks >= 200,
});
