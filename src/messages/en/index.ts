import changes from './changes.ts';
import common from './common.ts';
import doctor from './doctor.ts';
import explain from './explain.ts';
import go from './go.ts';
import help from './help.ts';
import html from './html.ts';
import mirrors from './mirrors.ts';
import probe from './probe.ts';
import relay from './relay.ts';

const sentences = {
  ...common,
  ...help,
  ...html,
  ...go,
  ...changes,
  ...mirrors,
  ...probe,
  ...doctor,
  ...explain,
  ...relay,
} as const;

export type Sentences = typeof sentences;
export default sentences;
